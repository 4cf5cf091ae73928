import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePattern } from '../../src/language/pattern.ts';
import { equal, order, same } from '../../src/value/compare.ts';
import { detachedValue, Entries, makeValue, type Value } from '../../src/value/value.ts';

const string = (text: string): Value => detachedValue('string', text);
const int = (value: number | bigint): Value => detachedValue('int', value);
const float = (value: number): Value => detachedValue('float', value);
const regex = (text: string): Value => detachedValue('regex', compilePattern(text)!);

function list(...items: Value[]): Value {
  return detachedValue('list', items);
}

function map(entries: Record<string, Value>): Value {
  const value = new Entries();
  for (const [key, { kind, value: payload }] of Object.entries(entries)) {
    value.set(key, -1, makeValue(kind, payload as never, null, key, -1, null) as Value);
  }
  return detachedValue('map', value);
}

function range(lower: number | string, upper: number | string, of: 'int' | 'float' | 'char'): Value {
  return detachedValue('range', { of, lower, upper, lowerInclusive: true, upperInclusive: false });
}

test('values of unlike types cannot be compared', () => {
  assert.equal(equal(int(1), string('1')), 'types');
  assert.equal(equal(int(1), float(1)), 'types');
  assert.equal(order(detachedValue('bool', true), detachedValue('bool', false)), 'types');
  assert.equal(equal(float(Number.NaN), float(1)), 'float');
  assert.equal(same(int(1), string('1')), false);
});

test('a regular expression equals the strings it matches, on either side', () => {
  assert.equal(equal(string('abc'), regex('b')), true);
  assert.equal(equal(regex('^b'), string('abc')), false);
  assert.equal(equal(regex('b'), regex('b')), true);
});

test('a range equals what is inside, on the right only', () => {
  assert.equal(equal(int(1), range(1, 5, 'int')), true);
  assert.equal(equal(int(5), range(1, 5, 'int')), false);
  assert.equal(equal(float(1), range(1, 5, 'int')), 'types');
  assert.equal(equal(range(1, 5, 'int'), int(1)), 'types');
  assert.equal(equal(detachedValue('char', 'b'), range('a', 'c', 'char')), true);
});

test('the first difference of two lists decides', () => {
  assert.equal(equal(list(int(1), int(2)), list(int(3), string('x'))), false);
  assert.equal(equal(list(int(1), int(2)), list(int(1), string('x'))), 'types');
  assert.equal(equal(list(int(1)), list()), false);
  assert.equal(same(list(int(1), int(2)), list(int(1), string('x'))), false);
});

test('the order of entries does not matter', () => {
  assert.equal(equal(map({ a: int(1), b: int(2) }), map({ b: int(2), a: int(1) })), true);
  assert.equal(equal(map({ a: int(1) }), map({ b: int(1) })), false);
  assert.equal(same(map({ a: int(1) }), map({ a: string('1') })), false);
});

test('strings are ordered by code point, not by UTF-16 unit', () => {
  assert.ok((order(string('\uffff'), string('\u{10000}')) as number) < 0);
  assert.ok((order(string('ab'), string('a')) as number) > 0);
  assert.equal(order(string('a'), string('a')), 0);
});

test('large and small integers are compared exactly', () => {
  assert.ok((order(int(9007199254740993n), int(9007199254740991)) as number) > 0);
  assert.equal(equal(int(9007199254740993n), int(9007199254740993n)), true);
});
