import { queryText } from '../../language/clause-text.ts';
import { type Limits, raising } from '../../source/limits.ts';
import { fullForm } from '../../value/display.ts';
import { derivedValue, detachedValue, type Payload, type Value } from '../../value/value.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Unresolved } from '../result.ts';
import { type Argument, firstValue, resolvedValue } from './arguments.ts';

/** How many results are resolved, at the place of the first one. A list is one value. */
export function count(argument: Argument): Value[] {
  const resolved = argument.filter((result) => result.kind !== 'unresolved').length;
  return [atFirst(argument, 'int', resolved)];
}

/** All strings joined into one, at the place of the first. */
export function join(argument: Argument, separatorArgument: Argument, { text: longest }: Limits): Value[] {
  const complaint = 'join function requires the second argument to be either a char or string';
  const separator = firstValue(separatorArgument, complaint);
  if (separator.kind !== 'string' && separator.kind !== 'char') throw new EvaluationError('parse', complaint);
  const parts = argument.map((result) => {
    if (result.kind === 'unresolved') throw unresolvedPart(result);
    const value = resolvedValue(result)!;
    if (value.kind !== 'string') {
      throw new EvaluationError('incompatible', `Joining non string values ${fullForm(value)}`);
    }
    return value.value;
  });
  const between = Math.max(parts.length - 1, 0) * separator.value.length;
  // Texts that are joined with what was joined before double each time.
  if (parts.reduce((length, part) => length + part.length, between) > longest)
    throw new EvaluationError(
      'data',
      `join makes a text of more than ${longest} characters; ${raising('text')}`,
    );
  return [atFirst(argument, 'string', parts.join(separator.value))];
}

function unresolvedPart({ at, query, from }: Unresolved): EvaluationError {
  const rest = queryText({ ...query, parts: query.parts.slice(from) });
  return new EvaluationError(
    'incompatible',
    `Joining unresolved values is not allowed ${fullForm(at)}, unsatisfied part ${rest}`,
  );
}

function atFirst<K extends 'int' | 'string'>(argument: Argument, kind: K, payload: Payload<K>): Value {
  const first = argument[0];
  if (first === undefined) return detachedValue(kind, payload);
  return derivedValue(kind, payload, first.kind === 'unresolved' ? first.at : resolvedValue(first)!);
}
