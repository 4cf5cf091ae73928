import type { QueryPart } from '../language/ast.ts';
import { equal } from '../value/compare.ts';
import type { MapValue, Value } from '../value/value.ts';
import { keyValue } from './key-value.ts';
import type { Recorder } from './recorder.ts';
import { asOrdinary, type Result, resolvedValue } from './result.ts';

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
  for (const [keyIndex, name] of map.value.keys.entries()) {
    const key = keyValue(map, keyIndex);
    if (!passes(key, right, filter.negated, recorder)) continue;
    const value = map.value.get(name);
    if (value !== undefined) selected.push(value);
  }
  return selected;
}

/** With `==` there is at most one right value; a list literal of one element stands for that element. */
function passesEquality(
  key: Value,
  right: readonly Result[],
  negated: boolean,
  recorder: Recorder | null,
): boolean {
  const [result] = right;
  if (result === undefined) return false;
  const to = comparand(result);
  const holds = to !== undefined && tests(equal(key, to), negated);
  if (holds) recorder?.check({ kind: 'success', clause: null, from: key, to: null });
  else {
    const shown = to ?? result;
    recorder?.check({
      kind: 'comparison',
      clause: null,
      operator: '==',
      negated,
      from: key,
      to: shown,
      incomparable: null,
    });
  }
  return holds;
}

function comparand(result: Result): Value | undefined {
  if (result.kind === 'unresolved') return undefined;
  if (result.kind !== 'literal') return result;
  const { value } = result;
  return value.kind === 'list' && value.value.length === 1 ? value.value[0] : value;
}

/** One right value that passes is enough, negated or not (10-map-key-filters.json, "keys not in"). */
function passesMembership(
  key: Value,
  right: readonly Result[],
  negated: boolean,
  recorder: Recorder | null,
): boolean {
  if (right.length === 0) return false;
  const holds = right.some((result) => result.kind !== 'unresolved' && isMember(key, result, negated));
  if (holds) recorder?.check({ kind: 'success', clause: null, from: key, to: null });
  else
    recorder?.check({
      kind: 'membership',
      clause: null,
      operator: 'in',
      negated,
      from: key,
      to: right.map(asOrdinary),
    });
  return holds;
}

function isMember(key: Value, result: Exclude<Result, { kind: 'unresolved' }>, negated: boolean): boolean {
  const to = resolvedValue(result);
  if (key.kind === 'string' && to.kind === 'string') return to.value.includes(key.value) !== negated;
  if (to.kind !== 'list') return tests(equal(key, to), negated);
  const members = to.value.map((member) => equal(key, member));
  return members.every((member) => typeof member === 'boolean') && members.includes(true) !== negated;
}

/** A pair that cannot be compared never passes. */
function tests(outcome: ReturnType<typeof equal>, negated: boolean): boolean {
  return typeof outcome === 'boolean' && outcome !== negated;
}
