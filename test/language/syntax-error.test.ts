import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nativeParseError } from '../../src/language/native-parse-error.ts';
import { parseRules } from '../../src/language/parser.ts';
import { RulesSyntaxError } from '../../src/language/syntax-error.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import { Source } from '../../src/source/source.ts';

for (const [text, message] of [
  ['rule r { top = 5 }', 'expected `{` or an operator (`==`, `in`, `exists`, …), found `= 5 }`'],
  ['rule r { }', 'expected a clause, found `}`'],
  ['rule r {\n  a exists\n', 'expected a clause or `}`, found the end of the file'],
  ['rule r { a == }', 'expected a value, found `}`'],
  ['rule r { a == /(/ }', 'expected a valid regular expression or a value, found `/(/ }`'],
  ['rule r when { a exists }', 'expected at least one condition, found `{ a exists }`'],
  ['rule r { a exists <<x }', 'the message is not closed by `>>`'],
  [
    'rule r { a == r[1,b] }',
    'both ends of a range must be of one kind: two integers, two floats or two characters',
  ],
  ['rule 9 { a exists }', 'expected the name of a rule, found `9 { a exists }`'],
  ['let x 5', 'expected `=`, found `5`'],
  ['let x = r[1', 'expected `,` or `]`, found the end of the file'],
  ['let x = /ab', 'expected the end of the regular expression or a value, found `/ab`'],
  ['rule p(1) { a exists }', 'expected the name of a parameter, found `1) { a exists }`'],
  ['let x = "abc', 'expected `"` at the end of the string, found the end of the file'],
  ['let x = "abc\\', 'the string is not closed'],
  ['let x = 1.5e', 'expected digits in the exponent, found `1.5e`'],
  ['rule r { a exists }\r\n\t ~', 'expected a clause, found `~`'],
  [`rule r { a exists } ${'~'.repeat(30)}`, `expected a clause, found \`${'~'.repeat(30)}\``],
  [`rule r { a exists } ${'~'.repeat(90)}`, `expected a clause, found \`${'~'.repeat(30)}…\``],
] as const)
  test(`${JSON.stringify(text)}: ${message}`, () => assert.equal(diagnostic(text).message, message));

test('where a reading got further than the native tool reports, the help says how far', () => {
  assert.deepEqual(diagnostic('rule r {\n  conf {\n    gone\n  }\n}'), {
    code: 'rules-syntax',
    file: 'r.guard',
    line: 2,
    column: 8,
    message: 'cannot read `{` as part of a rule file',
    help: 'Reading got as far as line 4, column 3: expected `{` or an operator (`==`, `in`, `exists`, …), found `}`',
  });
});

test('an unknown function is named', () => {
  assert.match(
    diagnostic('let x = foo(top)').help ?? '',
    /a built-in function, which `foo` with 1 argument is not/,
  );
});

for (const [text, column, missing] of [
  ['rule r { a. exists }', 12, 'a key or `*`, found `exists }`'],
  ['rule r { a == %', 16, 'the name of a variable, found the end of the file'],
  ['let', 4, 'white space, `{` or an operator (`==`, `in`, `exists`, …), found the end of the file'],
  ['let x = r[1,', 13, 'the end of the range, found the end of the file'],
  ['let x = r[1,2', 14, '`)`, found the end of the file'],
  ['let x = [1', 11, '`]`, found the end of the file'],
  ['let x = {a 1}', 12, '`:`, found `1}`'],
  ['let x = count(a', 16, '`)`, found the end of the file'],
  ['rule r { a == "x', 17, '`"` at the end of the string, found the end of the file'],
] as const)
  test(`${JSON.stringify(text)} lacks ${missing}, and nothing is named twice`, () => {
    assert.equal(
      diagnostic(text).help,
      `Reading got as far as line 1, column ${column}: expected ${missing}`,
    );
  });

test('a call of a known function with another number of arguments is told how many it has', () => {
  for (const [text, count] of [
    ['let x = join(a)', '1 argument'],
    ['let x = count(a, b)', '2 arguments'],
    ['let x = count()', '0 arguments'],
  ] as const)
    assert.match(
      diagnostic(text).help ?? '',
      new RegExp(`a built-in function, which .* with ${count} is not`),
    );
});

test('the native text ends in all the unread text, and has no name where the native command has none', () => {
  assert.equal(
    nativeParseError(parseError('rule r { top = 5 }\n'), ''),
    'Parser Error when parsing `Parsing Error Error parsing file  at line 1 at column 14, when handling , fragment = 5 }\n`',
  );
});

function parseError(text: string): RulesSyntaxError {
  try {
    parseRules(new Source('r.guard', text));
  } catch (error) {
    assert.ok(error instanceof RulesSyntaxError);
    return error;
  }
  throw new Error(`${text} was accepted`);
}

function diagnostic(text: string): Diagnostic {
  return parseError(text).diagnostic;
}
