import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCore } from '../../src/template/core-reader.ts';
import { DataError, loadGuardData } from '../../src/template/guard-data.ts';
import { locatedPathOf } from '../../src/value/path.ts';
import { show, walk } from './data.ts';

function refusal(text: string): string {
  try {
    readCore(text, null);
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('readCore', () => {
  const values: Array<[text: string, expected: string]> = [
    ['', 'null'],
    ['# nothing\n', 'null'],
    ['a:', '{a: null}'],
    ['[True, FALSE, yes, on, y]', '[bool true, bool false, string "yes", string "on", string "y"]'],
    ['[~, Null, null]', '[null, null, null]'],
    ['[0x1F, -0o17, +0b11, 017, 1_0]', '[int 31, int -15, int 3, string "017", string "1_0"]'],
    ['[18446744073709551615, 9223372036854775808]', '[int -1, int -9223372036854775808]'],
    [
      '[.inf, -.INF, .nan, inf, nan, 1e400]',
      '[float Infinity, float -Infinity, float NaN, string "inf", string "nan", string "1e400"]',
    ],
    [
      '[!Ref [a], !Base64 {a: b}, !Select 5]',
      '[{Ref: [string "a"]}, {Fn::Base64: {a: string "b"}}, {Fn::Select: int 5}]',
    ],
    ['[!Foo 5, ! 5, !!str 5, !!float 5]', '[int 5, int 5, string "5", float 5]'],
    ['{a: &x [1], b: *x, <<: {c: 2}}', '{a: [int 1], b: [int 1], <<: {c: int 2}}'],
  ];
  for (const [text, expected] of values)
    it(`reads ${JSON.stringify(text)}`, () => assert.equal(show(readCore(text, null)), expected));

  const refusals: Array<[text: string, message: string]> = [
    [
      '{1: a}',
      'non string type detected for key in a map at , cfn-guard only supports keys that are string types',
    ],
    ['a: 1\na: 2', 'duplicate entry with key "a"'],
    ['a: {b: 1, b: 2}', 'a: duplicate entry with key "b" at line 1 column 4'],
    ['- x: 1\n  x: 2', '.[0]: duplicate entry with key "x" at line 1 column 3'],
    ['a: 1\n---\nb: 2', 'deserializing from YAML containing more than one document is not supported'],
    ['a: !!int x', 'a: invalid value: string "x", expected an integer at line 1 column 4'],
    ['a: b: c', 'mapping values are not allowed in this context at line 1 column 5'],
    [
      'a: [1, 2',
      "did not find expected ',' or ']' at line 2 column 1, while parsing a flow sequence at line 1 column 4",
    ],
    [
      '- a\nb',
      "could not find expected ':' at line 3 column 1, while scanning a simple key at line 2 column 1",
    ],
    ['a: *x', 'unknown anchor at line 1 column 4'],
  ];
  for (const [text, message] of refusals)
    it(`refuses ${JSON.stringify(text)} as native does`, () => assert.equal(refusal(text), message));

  it('bounds nesting and repetition', () => {
    assert.match(refusal(`${'['.repeat(129)}${']'.repeat(129)}`), /^recursion limit exceeded/);
    assert.match(refusal('a: &a [*a]'), /^re(cursion|petition) limit exceeded/);
  });

  it('continues the path of its origin and stands at its place', () => {
    const { root } = loadGuardData('', Buffer.from('k:\n  v: "{a: [1]}"\n'));
    const origin = [...walk(root)].find(({ kind }) => kind === 'string')!;
    assert.ok(origin.kind === 'string');
    assert.deepEqual([...walk(readCore(origin.value, origin))].map(locatedPathOf), [
      '/k/v[L:1,C:5]',
      '/k/v/a[L:1,C:5]',
      '/k/v/a/0[L:1,C:5]',
    ]);
  });
});
