import type { Query } from '../language/ast.ts';
import { queryText } from '../language/clause-text.ts';
import { debugPair, typeName } from '../value/display.ts';
import type { MapValue, Value } from '../value/value.ts';
import { EvaluationError } from './evaluation-error.ts';
import { type Result, resolvedValue, Unresolved } from './result.ts';

/** A key taken from a variable. `pathOf` is the value whose path the message about a missing key names. */
export interface InterpolatedKey {
  readonly text: string;
  readonly pathOf: Value;
}

/**
 * The keys that `.%name` selects in `map`: each string, and each string of a list, among the variable's values. An
 * index behind the variable picks one of its values first, and is walked all the same (12-captures-and-interpolation.json).
 *
 * @param results the variable's values
 * @param index place of the variable among the parts of `query`
 * @throws {EvaluationError} for values that are no keys, and for parts that may not follow a variable
 */
export function interpolatedKeys(
  name: string,
  results: readonly Result[],
  map: MapValue,
  query: Query,
  index: number,
): readonly (InterpolatedKey | Unresolved)[] {
  const keys: (InterpolatedKey | Unresolved)[] = [];
  const chosen = chooseResults(name, results, map, query, index);
  if (chosen instanceof Unresolved) return [chosen];
  for (const result of chosen) {
    if (result.kind === 'unresolved') {
      keys.push(
        new Unresolved(map, query, index, { kind: 'unresolved-variable-key', variable: name, inner: result }),
      );
    } else {
      addKeys(resolvedValue(result), map, query, keys);
    }
  }
  return keys;
}

function chooseResults(
  name: string,
  results: readonly Result[],
  map: MapValue,
  query: Query,
  index: number,
): readonly Result[] | Unresolved {
  const following = query.parts[index + 1];
  switch (following?.kind) {
    case undefined:
    case 'all-indices':
    case 'key':
    case 'variable':
      return results;
    case 'index': {
      const at = Math.abs(following.index);
      const result = results[at];
      if (result !== undefined) return [result];
      const reason = {
        kind: 'variable-index-out-of-bounds',
        variable: name,
        index: at,
        values: results,
      } as const;
      return new Unresolved(map, query, index, reason);
    }
    default: {
      // The native tool names the second part, wherever the variable stands.
      const second = queryText({ ...query, parts: query.parts.slice(1, 2) });
      throw new EvaluationError(
        'incompatible',
        `This type of query ${second} based variable interpolation is not supported ${typeName(map)}, ${queryText(query)}`,
      );
    }
  }
}

function addKeys(value: Value, map: MapValue, query: Query, keys: (InterpolatedKey | Unresolved)[]): void {
  if (value.kind === 'string') {
    keys.push({ text: value.value, pathOf: map });
  } else if (value.kind === 'list') {
    for (const each of value.value) {
      if (each.kind !== 'string') throw noKey(value, query);
      keys.push({ text: each.value, pathOf: each });
    }
  } else {
    throw noKey(value, query);
  }
}

function noKey(value: Value, query: Query): EvaluationError {
  return new EvaluationError(
    'incomparable',
    `Variable projections inside Query ${queryText(query)}, is returning a non-string value for key ${typeName(value)}, ${debugPair(value)}`,
  );
}
