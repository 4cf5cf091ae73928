import assert from 'node:assert/strict';
import { test } from 'node:test';
import { literalValue } from '../../src/engine/literal-value.ts';
import { Circumstances } from '../../src/intrinsics/circumstances.ts';
import { PossibleTemplate } from '../../src/intrinsics/possible-template.ts';
import type { Literal } from '../../src/language/ast.ts';
import { witnessesOf } from '../../src/report/witnesses.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import { displayForm } from '../../src/value/display.ts';
import type { Value } from '../../src/value/value.ts';

/** What a property may turn out to be when it is compared with a literal; undefined when it is known. */
function witnesses(property: string, literal: Literal): readonly Value['value'][] | undefined {
  const [template] = loadTemplates(
    't.yml',
    Buffer.from(`Resources: { A: { Properties: { P: ${property} } } }`),
  );
  const tree = new PossibleTemplate(template!.root);
  tree.begin(new Circumstances(), { keptShapes: new Set(), likeness: () => null });
  const value = ['Resources', 'A', 'Properties', 'P'].reduce<Value | undefined>(
    (at, key) => (at?.kind === 'map' ? at.value.get(key) : undefined),
    tree.root,
  );
  assert.ok(value !== undefined);
  // Only what somebody has looked at is settled.
  displayForm(value);
  return witnessesOf(value, literalValue(literal), (each) => tree.background(each))?.map(
    (each) => each.value,
  );
}

const text = (value: string): Literal => ({ kind: 'string', value });

test('what is known has no witnesses', () => {
  assert.equal(witnesses('app', text('root')), undefined);
  assert.equal(witnesses('!Join [":", [a, b]]', text('root')), undefined);
});

test('what nobody knows may be what it is compared with, and something else', () => {
  const found = witnesses('!ImportValue x', text('root'));
  assert.ok(found?.includes('root'));
  assert.ok(found?.some((value) => value !== 'root'));
});

test('what nobody knows may match a pattern, be a boolean, or be beside a number', () => {
  assert.ok(witnesses('!ImportValue x', { kind: 'regex', pattern: '^a+$' })?.includes('a'));
  assert.deepEqual(witnesses('!ImportValue x', { kind: 'bool', value: true })?.slice(-2), [true, false]);
  assert.deepEqual(witnesses('!ImportValue x', { kind: 'int', text: '5' })?.slice(-3), [4, 5, 6]);
});

test('a text with gaps keeps what is written, and may become what it is compared with if that fits', () => {
  const found = witnesses("!Sub 'ro${X.Id}'", text('root'));
  assert.ok(found?.includes('root'));
  assert.ok(found?.every((value) => String(value).startsWith('ro')));
  assert.ok(!witnesses("!Sub 'app-${X.Id}'", text('root'))?.includes('root'));
});

test('a gap of a pseudo parameter is filled in its form', () => {
  const found = witnesses("!Sub '${AWS::AccountId}'", text('root'));
  assert.ok(found?.every((value) => /^\d{12}$/.test(String(value))));
});

test('a list with something unknown in it may be the same list, or not', () => {
  const list: Literal = { kind: 'list', items: [text('a'), text('b')] };
  const found = witnesses('[a, !ImportValue x]', list)?.map((value) =>
    (value as readonly Value[]).map((each) => each.value),
  );
  assert.deepEqual(found?.at(-1), ['a', 'b']);
  assert.notDeepEqual(found?.[0], ['a', 'b']);
});
