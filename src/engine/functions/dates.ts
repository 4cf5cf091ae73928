import { locatedPathOf } from '../../value/path.ts';
import { derivedValue, detachedValue, type Value } from '../../value/value.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { type Argument, mapValues } from './arguments.ts';
import { epochSeconds, TimestampError } from './rfc3339.ts';

/** The current time in whole seconds. @param clock milliseconds since the Unix epoch */
export function now(clock: () => number): Value[] {
  return [detachedValue('int', Math.floor(clock() / 1000))];
}

/** Unix seconds of RFC 3339 date-times. */
export function parseEpoch(argument: Argument): Value[] {
  return mapValues(argument, (value) => {
    if (value.kind !== 'string') return undefined;
    try {
      return derivedValue('int', epochSeconds(value.value), value);
    } catch (error) {
      if (!(error instanceof TimestampError)) throw error;
      const place = locatedPathOf(value);
      throw new EvaluationError(
        'parse',
        `Failed to parse datetime: ${value.value} at ${place}: ${error.message}`,
      );
    }
  });
}
