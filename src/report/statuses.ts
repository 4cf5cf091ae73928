import type { EventRecord } from '../engine/record.ts';
import type { Status } from '../engine/status.ts';

/*
 * How clauses, blocks and rules may come out when some of what is in them may come out in several ways.
 */

/** A set of statuses, as bits. */
export type Statuses = number;
export const PASS = 1;
export const FAIL = 2;
export const SKIP = 4;
export const ANY = PASS | FAIL | SKIP;
export const BIT: { readonly [status in Status]: Statuses } = { PASS, FAIL, SKIP };

/** Whether a rule passes or does not apply makes no difference to anybody. */
export function nameOf(statuses: Statuses): Status | 'UNKNOWN' {
  if (statuses === FAIL) return 'FAIL';
  if ((statuses & FAIL) !== 0) return 'UNKNOWN';
  return (statuses & PASS) !== 0 ? 'PASS' : 'SKIP';
}

/** Any FAIL fails, else any PASS passes, else SKIP. */
export function conjunction(items: readonly Statuses[]): Statuses {
  if (items.includes(FAIL)) return FAIL;
  return either(items);
}

/** Alternatives behind one that passed were not evaluated. */
export function disjunction(records: readonly EventRecord[], items: readonly Statuses[]): Statuses {
  if (items.includes(PASS)) return PASS;
  if (records.at(-1)?.status === 'PASS') return ANY;
  return either(items);
}

/** What parts come to of which none decides alone: what any of them may, and SKIP if all of them may. */
function either(items: readonly Statuses[]): Statuses {
  let statuses = 0;
  if (items.some((item) => (item & FAIL) !== 0)) statuses |= FAIL;
  if (items.some((item) => (item & PASS) !== 0)) statuses |= PASS;
  if (items.every((item) => (item & SKIP) !== 0)) statuses |= SKIP;
  return statuses;
}

/** A block on each value that is selected, or on some. */
export function block(matchAll: boolean, items: readonly Statuses[], isOpen: boolean): Statuses {
  if (!matchAll) return ANY;
  const all = conjunction(items);
  return all === FAIL || !isOpen ? all : ANY;
}

/** A body behind a condition, which comes first if there is one. */
export function guarded(records: readonly EventRecord[], items: readonly Statuses[]): Statuses {
  const [first, ...rest] = items;
  const isGuarded = records[0]?.event.kind.endsWith('-condition') === true;
  if (!isGuarded || first === undefined) return conjunction(items);
  if (first === PASS) return conjunction(rest);
  if ((first & PASS) === 0) return SKIP;
  return records[0]?.status === 'PASS' ? SKIP | conjunction(rest) : ANY;
}
