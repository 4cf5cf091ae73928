import type { QueryPart } from '../language/ast.ts';
import { equal } from '../value/compare.ts';
import type { MapValue, Value } from '../value/value.ts';
import { keyValue } from './key-value.ts';
import type { Recorder } from './recorder.ts';
import type { Result, Unresolved } from './result.ts';

type KeyFilter = Extract<QueryPart, { kind: 'key-filter' }>;

/**
 * The values of `map` whose keys pass `[ keys OP right ]`, in order. Each key's test is recorded, with neither text nor
 * message of its own, so that reports show even keys that were merely left out (10-map-key-filters.json).
 */
export function selectKeys(
  filter: KeyFilter,
  map: MapValue,
  right: readonly Result[],
  recorder: Recorder | null,
): readonly Value[] {
  const asMembership = filter.operator === 'in' || right.length > 1;
  const passes = asMembership ? passesMembership : passesEquality;
  const selected: Value[] = [];
  const { keys, keyStarts } = map.value.possible;
  for (const [at, name] of keys.entries()) {
    const key = keyValue(map, name, keyStarts[at]);
    if (!passes(key, right, filter.negated, recorder)) continue;
    const value = map.value.get(name);
    if (value !== undefined) selected.push(value);
  }
  return selected;
}

/** With `==` there is at most one right value. */
function passesEquality(
  key: Value,
  right: readonly Result[],
  negated: boolean,
  recorder: Recorder | null,
): boolean {
  const [result] = right;
  if (result === undefined) return false;
  const to = comparand(key, result, equal);
  const holds = to.kind !== 'unresolved' && tests(equal(key, to), negated);
  if (holds) recorder?.check({ kind: 'success', clause: null, from: key, to: null });
  else
    recorder?.check({
      kind: 'comparison',
      clause: null,
      operator: '==',
      negated,
      from: key,
      to,
      incomparable: null,
    });
  return holds;
}

/** One right value that passes is enough, negated or not (10-map-key-filters.json, "keys not in"). */
function passesMembership(
  key: Value,
  right: readonly Result[],
  negated: boolean,
  recorder: Recorder | null,
): boolean {
  if (right.length === 0) return false;
  const comparands = right.map((result) => comparand(key, result, isMember));
  const holds = comparands.some((to) => to.kind !== 'unresolved' && tests(isMember(key, to), negated));
  if (holds) recorder?.check({ kind: 'success', clause: null, from: key, to: null });
  else
    recorder?.check({
      kind: 'membership',
      clause: null,
      operator: 'in',
      negated,
      from: key,
      to: comparands,
    });
  return holds;
}

type Compare = (key: Value, to: Value) => ReturnType<typeof equal>;

/**
 * What a key is compared with. A list literal of one element stands for that element, unless the key compares with the list
 * itself (10-map-key-filters.json, "keys in a list of one list").
 */
function comparand(key: Value, result: Result, compare: Compare): Unresolved | Value {
  if (result.kind !== 'literal') return result;
  const { value } = result;
  const [only, ...others] = value.kind === 'list' ? value.value : [];
  const standsForOne = only !== undefined && others.length === 0 && typeof compare(key, value) !== 'boolean';
  return standsForOne ? only : value;
}

/** One member that cannot be compared with the key spoils a list, wherever it stands. */
function isMember(key: Value, to: Value): ReturnType<typeof equal> {
  if (key.kind === 'string' && to.kind === 'string') return to.value.includes(key.value);
  if (to.kind !== 'list') return equal(key, to);
  const members = to.value.map((member) => equal(key, member));
  return members.find((member) => typeof member !== 'boolean') ?? members.includes(true);
}

/** A pair that cannot be compared never passes. */
function tests(outcome: ReturnType<typeof equal>, negated: boolean): boolean {
  return typeof outcome === 'boolean' && outcome !== negated;
}
