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
