import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueAt } from '../../../src/reporters/native/data-path.ts';
import { mergeData } from '../../../src/template/merge.ts';
import { Entries, makeValue, type Value } from '../../../src/value/value.ts';
import { dataOf } from '../../support/judge.ts';

test('keys may contain the slashes that stand between keys', () => {
  const root = dataOf('{"a/b": {"c": 1}, "a": {"b": {"c": 2}}, "": {"": 3}}');
  assert.equal(valueAt(root, '/a/b/c')?.value, 2);
  assert.equal(valueAt(root, '//')?.value, 3);
  assert.equal(valueAt(root, '/a/c'), undefined);
});

test('of several values at one path the last in the document is meant', () => {
  assert.equal(valueAt(dataOf('{"a": {"b": 1}, "a/b": 2}'), '/a/b')?.value, 2);
  assert.equal(valueAt(dataOf('{"a/b": 2, "a": {"b": 1}}'), '/a/b')?.value, 1);
  assert.equal(valueAt(mergeData(dataOf('[1]'), dataOf('[2]')), '/0')?.value, 2);
});

test('a value is found without looking at those beside it', () => {
  let looks = 0;
  const root = makeValue('map', new Entries(), null, null, -1, null);
  for (let at = 0; at < 1000; at++) {
    const value = makeValue('string', 'x', root, `k${at}`, -1, null);
    const watched = new Proxy<Value>(value, {
      get: (target, name) => {
        looks++;
        return Reflect.get(target, name);
      },
    });
    root.value.set(`k${at}`, -1, watched);
  }
  valueAt(root, '/k0');
  looks = 0;
  for (let at = 0; at < 1000; at++) assert.ok(valueAt(root, `/k${at}`));
  assert.ok(looks < 10_000, `${looks} looks at values`);
});
