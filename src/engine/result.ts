import type { Query } from '../language/ast.ts';
import type { Value } from '../value/value.ts';

/**
 * One result of a query. A plain {@link Value} was found in the data or computed; a {@link Literal} is the whole of a
 * variable or right side that the rule spells out; {@link Unresolved} tells where and why the walk stopped.
 */
export type Result = Value | Literal | Unresolved;

/** A literal as a query result. It always stands alone in its result list. Operators treat it specially. */
export class Literal {
  readonly kind = 'literal';
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** The value of a result that was found. */
export function resolvedValue(result: Value | Literal): Value {
  return result.kind === 'literal' ? result.value : result;
}

/** The result with a literal as an ordinary value, which is how all records but those of most unary tests have it. */
export function asOrdinary(result: Result): Value | Unresolved {
  return result.kind === 'literal' ? result.value : result;
}

/** A walk that could not go on. */
export class Unresolved {
  readonly kind = 'unresolved';
  /** The last value that was reached. */
  readonly at: Value;
  readonly query: Query;
  /** Index of the first part of `query` that was not walked. */
  readonly from: number;
  readonly reason: Reason;

  constructor(at: Value, query: Query, from: number, reason: Reason) {
    this.at = at;
    this.query = query;
    this.from = from;
    this.reason = reason;
  }
}

/** Why a walk stopped at {@link Unresolved.at}; `report/reason.ts` puts it into words. */
export type Reason =
  | { readonly kind: 'missing-key'; readonly key: string }
  | { readonly kind: 'not-a-map'; readonly key: string }
  /** A key of digits only acts as an index; the value was no list. */
  | { readonly kind: 'digits-key-on-non-list'; readonly index: number }
  | { readonly kind: 'index-on-non-list'; readonly index: number }
  | { readonly kind: 'index-out-of-bounds'; readonly index: number }
  | { readonly kind: 'no-entries' }
  | { readonly kind: 'filter-on-scalar' }
  | { readonly kind: 'key-filter-on-non-map' }
  | { readonly kind: 'missing-variable-key'; readonly key: string; readonly pathOf: Value }
  | { readonly kind: 'unresolved-variable-key'; readonly variable: string; readonly inner: Unresolved }
  | {
      readonly kind: 'variable-index-out-of-bounds';
      readonly variable: string;
      readonly index: number;
      readonly values: readonly Result[];
    };
