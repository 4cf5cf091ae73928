import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RulesFile } from '../../src/language/ast.ts';
import { parseRules } from '../../src/language/parser.ts';
import { printRules } from '../../src/language/printer.ts';
import { Source } from '../../src/source/source.ts';
import { controlTowerRules, vectors } from '../support/rule-texts.ts';

const SOUND = vectors()
  .filter(({ expect_error }) => expect_error !== 'parse-rules')
  .map(({ rules }) => rules);

test('every conformance rule file means the same when printed and read again', () => {
  for (const text of SOUND) assertSurvives(text);
});

test('every Control Tower rule file means the same when printed and read again', (t) => {
  const rules = controlTowerRules();
  if (rules.length === 0) t.skip('no Control Tower rules: set CFN_GUARD_RULES or run scripts/oracle.ts');
  for (const { text } of rules) assertSurvives(text);
});

for (const [what, text] of [
  ['keys that begin like keywords', `"this" exists "whenever" exists "or" exists a["rule"].this == 1`],
  [
    'keys that begin like an operator, behind a reference to a rule',
    'rule r when a\n"in" == 1 {\nb\n"include" == 1\nc\nnot "exists" exists\nd\n"IS_LISTED" { a exists }\n}',
  ],
  ['a first key `keys` in a filter', `a[ "keys" exists "KEYSX" == 1 ] exists`],
  ['a quoted variable', `"%a b".c exists x."%d e" exists`],
  ['escaped quotes', `a == "x\\"y" b == 'it\\'s "' c == "a\\\\" d"`],
  ['slashes and backslashes in patterns', `a == /\\/x\\\\/y\\/\\/z/`],
  ['captures of every sort', 'a[x][ y ][ z | b exists ][ k | keys not in ["q"] ] exists'],
  ['a bare right side that begins like a value', 'a == truncated b == nothing.x c == r[*]'],
  [
    'type blocks with and without braces',
    'AWS::S3::Bucket::MODULE a exists or Custom::X when b { c exists }',
  ],
  [
    'references, calls and their messages',
    'rule r when not a <<m>> p(1, %x, count(y)) {\nnot q(z) <<n>> b\n}',
  ],
  ['a negated block', 'a not empty { b !empty { c exists } }'],
  ['odd keys of maps', `let x = { a-b: 1, é: [r(0.5,1.5], r[a,z)], 'k"': null }`],
  ['nothing', '# only a comment'],
] as const)
  test(`${what} survive printing`, () => assertSurvives(text));

function assertSurvives(text: string): void {
  const file = parseRules(new Source('original', text));
  const printed = printRules(file);
  const again = tryParse(printed);
  assert.ok(again !== undefined, `cannot read what was printed for ${text}\n${printed}`);
  assert.deepEqual(withoutSpans(again), withoutSpans(file), `${text}\n${printed}`);
}

function tryParse(text: string): RulesFile | undefined {
  try {
    return parseRules(new Source('rules', text));
  } catch {
    return undefined;
  }
}

function withoutSpans(file: RulesFile): unknown {
  return JSON.parse(JSON.stringify(file, (key, value: unknown) => (key === 'span' ? undefined : value)));
}
