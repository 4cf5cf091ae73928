import type { Value } from '../value/value.ts';
import type { Change } from './change.ts';
import { lineageOf, propertyAt } from './subject.ts';

/**
 * Why text must not be edited to make a change, in the middle of a sentence; null: it may be.
 *
 * @param shared see {@link sharedStarts}
 */
export function obstacleTo(change: Change, shared: ReadonlySet<number>): string | null {
  const place = change.kind === 'set' ? change.map : change.value;
  const present = change.kind === 'set' ? change.map.value.get(change.key) : change.value;
  return (
    functionAround(place) ??
    (present === undefined ? null : functionWithin(present)) ??
    sharedText(present ?? place, shared) ??
    generator(place)
  );
}

/**
 * The value of an intrinsic function is not what is written there. Only `Fn::If` has branches of which one is taken as
 * it is.
 */
function functionAround(place: Value): string | null {
  for (const at of lineageOf(place)) {
    const name = String(at.key);
    if (isFunction(name) && name !== 'Fn::If') return `it stands below \`${name}\``;
    if (at.kind === 'map' && at.value.get('Fn::Transform') !== undefined)
      return 'a transform, `Fn::Transform`, changes what stands there';
  }
  return null;
}

function functionWithin(value: Value): string | null {
  if (value.kind === 'list') return firstOf(value.value);
  if (value.kind !== 'map') return null;
  const name = value.value.keys.find(isFunction);
  return name === undefined ? firstOf(value.value.values) : `its value comes from \`${name}\``;
}

function firstOf(values: readonly Value[]): string | null {
  for (const value of values) {
    const found = functionWithin(value);
    if (found !== null) return found;
  }
  return null;
}

function isFunction(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::');
}

function sharedText(place: Value, shared: ReadonlySet<number>): string | null {
  const isShared = lineageOf(place).some(({ start }) => shared.has(start));
  return isShared ? 'an anchor makes these lines count in other places too' : null;
}

/** Offsets at which several values of a document begin: aliases and merge keys make one text the value of several places. */
export function sharedStarts(root: Value): ReadonlySet<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  const visit = (value: Value) => {
    // A short tag such as `!If` begins a map and the list in it with the same character.
    if (value.parent?.start !== value.start) (seen.has(value.start) ? shared : seen).add(value.start);
    if (value.kind === 'list') for (const element of value.value) visit(element);
    if (value.kind === 'map') for (const entry of value.value.values) visit(entry);
  };
  visit(root);
  return shared;
}

/** The CDK says in each resource which construct it was made from, and writes the file anew each time. */
function generator(place: Value): string | null {
  const resource = lineageOf(place).find((at) => at.parent?.key === 'Resources');
  const path = propertyAt(resource, 'Metadata', 'aws:cdk:path');
  return path?.kind === 'string' ? `the CDK generates it from the construct \`${path.value}\`` : null;
}
