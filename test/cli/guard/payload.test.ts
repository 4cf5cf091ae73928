import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPayload } from '../../../src/cli/guard/payload.ts';

test('a payload is read whatever else is in it', () => {
  const text = '{"more": {"x": [1, -2.5e3, true, null]}, "data": ["a: \\u00e9\\ud83d\\ude00"], "rules": []}';
  assert.deepEqual(readPayload(text), { rules: [], data: ['a: é😀'] });
});

/** Texts with the message of the native tool. */
const MALFORMED: readonly (readonly [text: string, problem: string])[] = [
  ['', 'EOF while parsing a value at line 1 column 0'],
  ['{"rules":[]}', 'missing field `data` at line 1 column 12'],
  ['{"rules":[],"rules":[]}', 'duplicate field `rules` at line 1 column 19'],
  ['{"rules":[], "data":[]} x', 'trailing characters at line 1 column 25'],
  ['{"rules":["a",]}', 'trailing comma at line 1 column 15'],
  ['{"rules":["a" "b"]}', 'expected `,` or `]` at line 1 column 15'],
  ['\n\n{"rules":\n[1]}', 'invalid type: integer `1`, expected a string at line 4 column 2'],
  ['{"rules":[1e3]}', 'invalid type: floating point `1000.0`, expected a string at line 1 column 13'],
  ['{"x":01}', 'invalid number at line 1 column 7'],
  ['{"rules":["\\ud800"]}', 'unexpected end of hex escape at line 1 column 18'],
];

for (const [text, problem] of MALFORMED) {
  test(`${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => readPayload(text), { message: `Parser Error when parsing \`${problem}\`` });
  });
}
