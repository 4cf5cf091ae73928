import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incomparableText } from '../../src/report/incomparable.ts';
import { detachedValue, type Value } from '../../src/value/value.ts';

const one = detachedValue('int', 1);
const text = detachedValue('string', 'x');

function list(...items: Value[]): Value {
  return detachedValue('list', items);
}

test('the text names the types that differ, inside lists too', () => {
  assert.equal(incomparableText('types', '==', one, text), 'PathAwareValues are not comparable int, String');
  assert.equal(
    incomparableText('types', '==', list(one, text), list(one, one)),
    'PathAwareValues are not comparable String, int',
  );
  assert.equal(
    incomparableText('types', '<', list(one), list(text)),
    'PathAwareValues are not comparable array, array',
  );
  assert.equal(
    incomparableText('types', '==', list(one), text),
    'PathAwareValues are not comparable array, String',
  );
});

test('failed membership shows both values in full', () => {
  assert.equal(
    incomparableText('membership', 'in', list(one), text),
    'Can not compare type Path=[L:0,C:0] Value=[1], Path=[L:0,C:0] Value="x"',
  );
  assert.equal(
    incomparableText('substring', 'in', one, text),
    'Type not comparable, Path=[L:0,C:0] Value=1, Path=[L:0,C:0] Value="x"',
  );
});
