import type { Value } from '../../value/value.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Result } from '../result.ts';

/** The values of one argument, in order. */
export type Argument = readonly Result[];

/** The value of a result; undefined for one that could not be resolved. */
export function resolvedValue(result: Result): Value | undefined {
  if (result.kind === 'unresolved') return undefined;
  return result.kind === 'literal' ? result.value : result;
}

/** Applies a conversion to each value. Results for which it gives undefined, and unresolved ones, are left out. */
export function mapValues(argument: Argument, convert: (value: Value) => Value | undefined): Value[] {
  const converted: Value[] = [];
  for (const result of argument) {
    const value = resolvedValue(result);
    const target = value === undefined ? undefined : convert(value);
    if (target !== undefined) converted.push(target);
  }
  return converted;
}

/**
 * The first value of an argument that is not mapped over. An argument without results makes the native tool crash.
 *
 * @param complaint what to say when there is no usable value
 * @throws {EvaluationError} when the argument has no result or its first one is unresolved
 */
export function firstValue(argument: Argument | undefined, complaint: string): Value {
  const first = argument?.[0];
  const value = first === undefined ? undefined : resolvedValue(first);
  if (value === undefined) throw new EvaluationError('parse', complaint);
  return value;
}
