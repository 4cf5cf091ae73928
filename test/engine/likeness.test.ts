import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { likenessOf } from '../../src/engine/likeness.ts';
import { makeValue, type Value } from '../../src/value/value.ts';

type Scalar = string | number | boolean;

function scalarValue(scalar: Scalar): Value {
  if (typeof scalar === 'string') return makeValue('string', scalar, null, null, -1, null);
  if (typeof scalar === 'boolean') return makeValue('bool', scalar, null, null, -1, null);
  return Number.isInteger(scalar)
    ? makeValue('int', scalar, null, null, -1, null)
    : makeValue('float', scalar, null, null, -1, null);
}

/** Values in groups that the rules cannot tell apart; undefined where they may tell any two apart. */
function groups(rules: string, ...scalars: readonly Scalar[]): readonly (readonly Scalar[])[] | undefined {
  const likeness = likenessOf(compileRules('r.guard', rules).file);
  if (likeness === null) return undefined;
  const known = scalars.map((scalar) => likeness(scalarValue(scalar)));
  return [...new Set(known)].map((one) => scalars.filter((_, at) => known[at] === one));
}

test('what is in one list is alike, and so is what is not', () => {
  const rules = `let types = [/^m5\\./, 't3.micro']
rule r { Resources.*.Properties { InstanceType in %types } }`;
  assert.deepEqual(groups(rules, 't3.micro', 'c1.medium', 'm5.large', 'c3.large', 'm5.xlarge'), [
    ['t3.micro', 'm5.large', 'm5.xlarge'],
    ['c1.medium', 'c3.large'],
  ]);
});

test('each element of a list is told apart where a list may have to be the same', () => {
  assert.deepEqual(groups(`rule r { Tags == ['a', 'b'] }`, 'a', 'b', 'c', 'd'), [['a'], ['b'], ['c', 'd']]);
  assert.deepEqual(groups(`rule r { Tags in [['a'], 'b', { key: 'c' }] }`, 'a', 'b', 'c', 'd', 'e'), [
    ['a'],
    ['b'],
    ['c'],
    ['d', 'e'],
  ]);
  assert.deepEqual(groups(`rule r { Tags == { key: [{ inner: 'a' }] } }`, 'a', 'b', 'c'), [
    ['a'],
    ['b', 'c'],
  ]);
});

test('every operator tells apart what it decides between', () => {
  assert.deepEqual(groups(`rule r { A < 'm' }`, 'a', 'b', 'x', 'm'), [
    ['a', 'b'],
    ['x', 'm'],
  ]);
  assert.deepEqual(groups(`rule r { A <= 'm' A >= 'm' }`, 'a', 'm', 'x'), [['a'], ['m'], ['x']]);
  assert.deepEqual(groups(`rule r { A > 10 }`, 5, 11, 12, 10), [
    [5, 10],
    [11, 12],
  ]);
  assert.deepEqual(groups(`rule r { A in 'abc' }`, 'ab', 'x', 'bc', 'ca'), [
    ['ab', 'bc'],
    ['x', 'ca'],
  ]);
  assert.deepEqual(groups(`rule r { A != /^a/ }`, 'ab', 'x', 'a'), [['ab', 'a'], ['x']]);
  assert.deepEqual(groups(`rule r { A in r[1, 5) }`, 1, 4, 5, 9), [
    [1, 4],
    [5, 9],
  ]);
});

test('kinds of values are told apart, and an empty text from others', () => {
  assert.deepEqual(groups(`rule r { A is_string B !empty }`, 'a', '', true, false, 1, 1.5, 'b', 2), [
    ['a', 'b'],
    [''],
    [true, false],
    [1, 2],
    [1.5],
  ]);
});

test('all that a parameter of a rule, or a name that is used twice, may stand for is told apart', () => {
  const rules = `let good = 'a'
rule one when A exists { let good = ['b'] B == %good other(%good) other('c') }
rule other(which) { C == %which D.%which exists }`;
  assert.deepEqual(groups(rules, 'a', 'b', 'c', 'd', 'e'), [['a'], ['b'], ['c'], ['d', 'e']]);
});

test('where a value may go elsewhere, any two are told apart', () => {
  for (const rules of [
    'rule r { A == B }',
    `rule r { A == to_upper('a') }`,
    'let a = count(A)\nrule r { %a == 1 }',
    'let a = A\nrule r { B == %a }',
    'let a = A\nrule r { Resources.%a exists }',
    'let a = A\nrule r { Resources[ keys == %a ] !empty }',
    `let a = 'x'\nrule r { Resources[ a | Type == 'T' ] !empty B == %a }`,
    'let a = %b\nlet b = %a\nrule r { B == %a }',
    'rule r { B == %unknown }',
    'rule r { other(A) }\nrule other(a) { B == %a }',
    `rule r { other('x') other(A.B) }\nrule other(a) { B in %a }`,
    `let a = ['x']\nrule r { B == %a[0] }`,
  ])
    assert.equal(groups(rules, 'a'), undefined, rules);
});

test('keys that are captured, and paths behind variables, tell no values apart', () => {
  const rules = `let tasks = Resources[ id | Type == 'T' ]
rule r when %tasks !empty { %tasks[0].A[ this == 'a' ] empty %id !empty }`;
  assert.deepEqual(groups(rules, 'a', 'b', 'c'), [['a'], ['b', 'c']]);
});

test('a pattern that takes too long does so when a rule gets to it', () => {
  const slow = 'a'.repeat(40);
  assert.deepEqual(groups('rule r { A == /^(a|a)*(?=b)$/ }', 'b', slow, 'c'), [['b', 'c'], [slow]]);
});
