import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Source } from '../../src/source/source.ts';
import {
  debugForm,
  displayForm,
  fullForm,
  JsonConversionError,
  jsonForm,
  typeName,
} from '../../src/value/display.ts';
import { detachedValue, Entries, type MapValue, makeValue, type Value } from '../../src/value/value.ts';

const float = (value: number): Value => detachedValue('float', value);
const source = new Source('t.yaml', 'a: [1, "x"]\n');

/** `{a: [1, "x"]}` with its places. */
function sample(): MapValue {
  const root = makeValue('map', new Entries(), null, null, 0, source);
  const items: Value[] = [];
  const list = makeValue('list', items, root, 'a', 3, source);
  items.push(makeValue('int', 1, list, 0, 4, source), makeValue('string', 'x', list, 1, 7, source));
  root.value.set('a', 0, list);
  return root;
}

test('the display form has no blanks, escapes or exponents', () => {
  assert.equal(displayForm(sample()), '{"a":[1,"x"]}');
  assert.equal(displayForm(detachedValue('string', 'a"b\n')), '"a"b\n"');
  assert.equal(displayForm(detachedValue('null', null)), '"NULL"');
  assert.deepEqual(
    [1, 1.5, 1e20, 1e-7, -0, Number.POSITIVE_INFINITY, Number.NaN].map((value) => displayForm(float(value))),
    ['1', '1.5', '100000000000000000000', '0.0000001', '-0', 'inf', 'NaN'],
  );
});

test('the full form begins with path and place', () => {
  assert.equal(fullForm(sample().value.values[0]!), 'Path=/a[L:0,C:3] Value=[1,"x"]');
});

test('the debug form nests paths', () => {
  const place = (column: number) => `Location { line: 0, col: ${column} })`;
  assert.equal(
    debugForm(sample()),
    `Map((Path("", ${place(0)}, MapValue { keys: [String((Path("", ${place(0)}, "a"))], values: {"a": ` +
      `List((Path("/a", ${place(3)}, [Int((Path("/a/0", ${place(4)}, 1)), String((Path("/a/1", ${place(7)}, "x"))]))} }))`,
  );
});

test('the debug form escapes as Rust does', () => {
  const text = debugForm(detachedValue('string', `"'\\\n\u0007é\u00a0`));
  assert.equal(text, String.raw`String((Path("", Location { line: 0, col: 0 }), "\"'\\\n\u{7}é\u{a0}"))`);
});

test('floats change to exponents at their own limits', () => {
  const debug = (value: number) => debugForm(float(value)).replace(/^.*\), (.*)\)\)$/, '$1');
  assert.deepEqual([1, 1e15, 1e16, 1e-4, 9e-5, 1.2345678901234568e17].map(debug), [
    '1.0',
    '1000000000000000.0',
    '1e16',
    '0.0001',
    '9e-5',
    '1.2345678901234568e17',
  ]);
  assert.deepEqual(
    [1, 1e16, 1e-5, 9e-6].map((value) => jsonForm(float(value))),
    ['1.0', '1e16', '0.00001', '9e-6'],
  );
});

test('JSON is exact and can be pretty', () => {
  assert.equal(jsonForm(sample()), '{"a":[1,"x"]}');
  assert.equal(jsonForm(sample(), 'pretty'), '{\n  "a": [\n    1,\n    "x"\n  ]\n}');
  assert.equal(jsonForm(detachedValue('list', []), 'pretty'), '[]');
  assert.equal(jsonForm(detachedValue('int', 9223372036854775807n)), '9223372036854775807');
  assert.throws(() => jsonForm(float(Number.POSITIVE_INFINITY)), JsonConversionError);
});

test('types have the names of the native tool', () => {
  const range = { of: 'char', lower: 'a', upper: 'z', lowerInclusive: true, upperInclusive: false } as const;
  assert.equal(typeName(detachedValue('range', range)), 'range(char, char)');
  assert.equal(displayForm(detachedValue('range', range)), '[a,z)');
  assert.equal(typeName(sample()), 'map');
});
