import type { MapValue, Value } from '../value/value.ts';

/** What a property may be set to. */
export type Plain = string | number | boolean | { readonly [key: string]: Plain };

/** One thing that is to be different in a template. */
export type Change =
  | { readonly kind: 'set'; readonly map: MapValue; readonly key: string; readonly to: Plain }
  /** Takes an entry out of its map, or an element out of its list. */
  | { readonly kind: 'remove'; readonly value: Value };

/** A change in the words of a template, on one line. */
export function describeChange(change: Change): string {
  if (change.kind === 'set') return `${change.key}: ${describePlain(change.to)}`;
  const { value } = change;
  const isElement = typeof value.key === 'number';
  const what = isElement ? `${String(value.value)} from ${value.parent?.key}` : String(value.key);
  return `without ${what}`;
}

function describePlain(plain: Plain): string {
  if (typeof plain !== 'object') return String(plain);
  return Object.entries(plain)
    .map(([key, value]) => `${key}: ${describePlain(value)}`)
    .join(', ');
}
