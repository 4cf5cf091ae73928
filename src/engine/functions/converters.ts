import { displayFloat } from '../../value/float-text.ts';
import { locatedPathOf } from '../../value/path.ts';
import { canonicalInt, derivedValue, type Value } from '../../value/value.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { type Argument, mapValues } from './arguments.ts';

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
const FLOAT = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

/** Integers of strings of digits, floats (cut toward zero, kept within 64 bits) and digit characters. */
export function toInt(argument: Argument): Value[] {
  return mapValues(argument, (value) => {
    switch (value.kind) {
      case 'string':
        return derivedValue(
          'int',
          intOfString(value.value) ?? fail('a string', value.value, 'an integer', value),
          value,
        );
      case 'int':
        return value;
      case 'float':
        return derivedValue('int', intOfFloat(value.value), value);
      case 'char':
        return derivedValue(
          'int',
          digitOf(value.value) ?? fail('a character', value.value, 'an integer', value),
          value,
        );
      default:
        return undefined;
    }
  });
}

function intOfString(text: string): number | bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const number = BigInt(text.replace('+', ''));
  return number < MIN_INT || number > MAX_INT ? undefined : canonicalInt(number);
}

function intOfFloat(value: number): number | bigint {
  if (Number.isNaN(value)) return 0;
  if (value >= Number(MAX_INT)) return MAX_INT;
  if (value <= Number(MIN_INT)) return MIN_INT;
  return canonicalInt(BigInt(Math.trunc(value)));
}

/** Floats of strings in Rust's notation, which includes `inf` and `nan`, of integers and of digit characters. */
export function toFloat(argument: Argument): Value[] {
  return mapValues(argument, (value) => {
    switch (value.kind) {
      case 'string':
        return derivedValue(
          'float',
          floatOfString(value.value) ?? fail('a string', value.value, 'a float', value),
          value,
        );
      case 'int':
        return derivedValue('float', Number(value.value), value);
      case 'float':
        return value;
      case 'char':
        return derivedValue(
          'float',
          digitOf(value.value) ?? fail('a character', value.value, 'a float', value),
          value,
        );
      default:
        return undefined;
    }
  });
}

function floatOfString(text: string): number | undefined {
  if (!FLOAT.test(text)) return undefined;
  const lower = text.toLowerCase();
  if (lower.includes('nan')) return Number.NaN;
  if (lower.includes('inf'))
    return lower.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}

/** Booleans, and `true` and `false` in any letter case. */
export function toBoolean(argument: Argument): Value[] {
  return mapValues(argument, (value) => {
    if (value.kind === 'bool') return value;
    if (value.kind !== 'string') return undefined;
    const text = value.value.toLowerCase();
    if (text !== 'true' && text !== 'false') return fail('a string', value.value, 'a boolean', value);
    return derivedValue('bool', text === 'true', value);
  });
}

/** The text of scalars other than null; whole floats lose their `.0`. */
export function toText(argument: Argument): Value[] {
  return mapValues(argument, (value) => {
    switch (value.kind) {
      case 'string':
        return value;
      case 'float':
        return derivedValue('string', displayFloat(value.value), value);
      case 'int':
      case 'bool':
      case 'char':
        return derivedValue('string', String(value.value), value);
      default:
        return undefined;
    }
  });
}

/** Characters of one-byte strings and of integers below ten. A character becomes a string. */
export function toChar(argument: Argument): Value[] {
  return mapValues(argument, (value) => {
    switch (value.kind) {
      case 'string':
        if (Buffer.byteLength(value.value) > 1) return fail('an string', value.value, 'a char', value);
        return value.value === '' ? undefined : derivedValue('char', value.value, value);
      case 'int':
        if (value.value < 0 || value.value > 9) return fail('an int', String(value.value), 'a char', value);
        return derivedValue('char', String(value.value), value);
      case 'char':
        return derivedValue('string', value.value, value);
      default:
        return undefined;
    }
  });
}

function digitOf(character: string): number | undefined {
  return /^\d$/.test(character) ? Number(character) : undefined;
}

function fail(from: string, text: string, to: string, value: Value): never {
  throw new EvaluationError(
    'parse',
    `failed to convert ${from}: ${text} into ${to} at ${locatedPathOf(value)}`,
  );
}
