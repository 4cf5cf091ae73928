import type { UnaryOperator } from '../language/ast.ts';
import { typeName } from '../value/display.ts';
import { locatedPathOf } from '../value/path.ts';
import type { Kind } from '../value/value.ts';
import { EvaluationError } from './evaluation-error.ts';
import { type Result, resolvedValue, Unresolved } from './result.ts';

/** The test of a unary operator on one query result, before any negation. */
export type UnaryTest = (result: Result) => boolean;

/** The test of each unary operator. `empty` on a variable or filter is {@link isNothing} instead. */
export const UNARY_TESTS: { readonly [operator in UnaryOperator]: UnaryTest } = {
  // Does not look at the value, of which nothing may be known but that it is there.
  exists: (result) => !(result instanceof Unresolved),
  empty: isEmpty,
  is_string: isKind('string'),
  is_list: isKind('list'),
  is_struct: isKind('map'),
  is_bool: isKind('bool'),
  is_int: isKind('int'),
  is_float: isKind('float'),
  is_null: isKind('null'),
};

/** `%variable empty` and `query[ filter ] empty` do not look into values: only null and a missing value are nothing. */
export function isNothing(result: Result): boolean {
  return result.kind === 'unresolved' || resolvedValue(result).kind === 'null';
}

function isKind(kind: Kind): UnaryTest {
  return (result) => result.kind !== 'unresolved' && resolvedValue(result).kind === kind;
}

/** @throws {EvaluationError} for values that have no notion of emptiness (13-unary.json, "int empty is an error"). */
function isEmpty(result: Result): boolean {
  if (result.kind === 'unresolved') return true;
  const value = resolvedValue(result);
  switch (value.kind) {
    case 'list':
      return value.value.length === 0;
    case 'map':
      return value.value.size === 0;
    case 'string':
      return value.value === '';
    case 'bool':
      return false;
    default:
      throw new EvaluationError(
        'incompatible',
        `Attempting EMPTY operation on type ${typeName(value)} that does not support it at ${locatedPathOf(value)}`,
      );
  }
}
