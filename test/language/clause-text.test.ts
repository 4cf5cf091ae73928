import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clauseLocation, clauseText, queryText } from '../../src/language/clause-text.ts';
import { parseRules } from '../../src/language/parser.ts';
import { Source } from '../../src/source/source.ts';

for (const [text, expected] of [
  ['Resources.*.Type == "AWS::S3::Bucket"', ' Resources.*.Type EQUALS  "AWS::S3::Bucket"'],
  ['%x.a !empty', ' %x[*].a not EMPTY  '],
  ['not top exists', 'not top EXISTS  '],
  ['a != 5', ' a not EQUALS  5'],
  ['a == /x\\/y/', ' a EQUALS  "/x/y/"'],
  [`a in [null, 007, 1.50, {k: 'v"', j: [true]}]`, ' a IN  ["NULL",7,1.5,{"k":"v"","j":[true]}]'],
  ['a != r(0.50,1e+3]', ' a not EQUALS  (0.5,1000]'],
  ['a == r[b,d)', ' a EQUALS  [b,d)'],
  ['a == r[-01,5)', ' a EQUALS  [-1,5)'],
  ["not a[ x | b exists ][*]['c.[d'].1 not is_struct", 'not a.x (filter-clauses)[*].c[d.1 not IS MAP  '],
  ['a > join(this.b, ",")', ' a GREATER THAN  join(_.b, ",")'],
  ['a[ keys == "b" ] <= %c.%d', ' a. (map-key-filter-clauses) LESS THAN EQUALS  %c[*].%d'],
  ['a >= 1.0', ' a GREATER THAN EQUALS  1'],
  ['a < 1.5e+20', ' a LESS THAN  150000000000000000000'],
  ['a in {}', ' a IN  {}'],
  ['a == []', ' a EQUALS  []'],
  ['a == false', ' a EQUALS  false'],
  ['a is_string', ' a IS STRING  '],
  ['a is_bool', ' a IS BOOL  '],
  ['a is_int', ' a IS INT  '],
  ['a is_list', ' a IS LIST  '],
  ['a is_null', ' a IS NULL  '],
  ['a not is_float', ' a not IS FLOAT  '],
] as const)
  test(`${text} is worded as the native tool words it`, () => {
    assert.equal(clauseText(clause(text)), expected);
  });

test('a query can be shown from one of its parts on', () => {
  const { query } = clause('%x.a[*].b exists');
  assert.equal(queryText(query, 2), 'a[*].b');
  assert.equal(queryText(query, 5), '');
});

test('places are counted from 1 in characters', () => {
  const source = new Source('dir/r.guard', '"😀" exists\n "é" exists');
  assert.equal(
    clauseLocation(source, 'r.guard', source.text.lastIndexOf('exists')),
    'Location[file:r.guard, line:2, column:6]',
  );
});

function clause(text: string) {
  const [item] = parseRules(new Source('r.guard', text)).rules[0]?.block.conjunction.flat() ?? [];
  assert.ok(item?.kind === 'access-clause');
  return item;
}
