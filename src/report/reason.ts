import type { Reason, Result, Unresolved } from '../engine/result.ts';
import { queryText } from '../language/clause-text.ts';
import { assertNever } from '../source/invariant.ts';
import { debugForm, debugString, typeName } from '../value/display.ts';
import { locatedPathOf } from '../value/path.ts';
import type { Value } from '../value/value.ts';

/** The part of the query that was not walked. */
export function remainingQuery({ query, from }: Unresolved): string {
  return queryText(query, from);
}

/** Why a walk stopped, in the native tool's words. */
export function reasonText(unresolved: Unresolved): string {
  const { at, reason } = unresolved;
  const path = locatedPathOf(at);
  const type = typeName(at);
  switch (reason.kind) {
    case 'missing-key':
      return `Could not find key ${reason.key} inside struct at path ${path}`;
    case 'not-a-map':
      return `Attempting to retrieve from key ${reason.key} but type is not an struct type at path ${path}, Type = ${type}, Value = ${debugForm(at)}`;
    case 'digits-key-on-non-list':
      return `Attempting to retrieve from index ${reason.index} but type is not an array at path ${path}`;
    case 'index-on-non-list':
      return `Attempting to retrieve from index ${reason.index} but type is not an array at path ${path}, type ${type}`;
    case 'index-out-of-bounds':
      return `Array Index out of bounds for path = ${path} on index = ${reason.index} inside Array = ${elementsDebug(at)}, remaining query = ${queryText(unresolved.query)}`;
    case 'no-entries':
      return `No more entries for value at path = ${path} on type = ${type} `;
    case 'filter-on-scalar':
      return `Filter on value type that was not a struct or array ${type} ${path}`;
    case 'key-filter-on-non-map':
      return `Map Filter for keys was not a struct ${type} ${path}`;
    case 'missing-variable-key':
      return `Could not locate key = ${reason.key} inside struct at path = ${locatedPathOf(reason.pathOf)}`;
    case 'unresolved-variable-key':
      return `Keys returned for variable ${reason.variable} could not completely resolve. Path traversed until ${locatedPathOf(reason.inner.at)}${reasonText(reason.inner)}`;
    case 'variable-index-out-of-bounds':
      return outOfBounds(reason);
    default:
      return assertNever(reason);
  }
}

function outOfBounds({
  variable,
  index,
  values,
}: Extract<Reason, { kind: 'variable-index-out-of-bounds' }>): string {
  const debug = `[${values.map(resultDebug).join(', ')}]`;
  return `Index ${index} on the set of values returned for variable ${variable} on the join, is out of bounds. Length ${values.length}, Values = ${debug}`;
}

function elementsDebug(list: Value): string {
  return list.kind === 'list' ? `[${list.value.map(debugForm).join(', ')}]` : debugForm(list);
}

function resultDebug(result: Result): string {
  if (result.kind === 'literal') return `Literal(${debugForm(result.value)})`;
  if (result.kind !== 'unresolved') return `Resolved(${debugForm(result)})`;
  const fields = [
    `traversed_to: ${debugForm(result.at)}`,
    `remaining_query: ${debugString(remainingQuery(result))}`,
    `reason: Some(${debugString(reasonText(result))})`,
  ];
  return `UnResolved(UnResolved { ${fields.join(', ')} })`;
}
