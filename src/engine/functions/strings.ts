import { expandMatches } from '../../language/pattern/expand.ts';
import { PatternSyntaxError } from '../../language/pattern/syntax-error.ts';
import type { Limits } from '../../source/limits.ts';
import { ExcessError } from '../../template/allowance.ts';
import { CoreSyntaxError } from '../../template/core-errors.ts';
import { readCore } from '../../template/core-reader.ts';
import { DataError } from '../../template/guard-data.ts';
import { derivedValue, type Value } from '../../value/value.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { type Argument, firstValue, mapValues } from './arguments.ts';

function mapStrings(
  argument: Argument,
  convert: (text: string, origin: Value) => string | undefined,
): Value[] {
  return mapValues(argument, (value) => {
    const text = value.kind === 'string' ? convert(value.value, value) : undefined;
    return text === undefined ? undefined : derivedValue('string', text, value);
  });
}

export function toLower(argument: Argument): Value[] {
  return mapStrings(argument, (text) => text.toLowerCase());
}

export function toUpper(argument: Argument): Value[] {
  return mapStrings(argument, (text) => text.toUpperCase());
}

/** The UTF-8 bytes `[from, to)` of each string; strings that are too short are left out. */
export function substring(argument: Argument, fromArgument: Argument, toArgument: Argument): Value[] {
  const from = byteOffset(fromArgument, 'second');
  const to = byteOffset(toArgument, 'third');
  return mapStrings(argument, (text, origin) => {
    const bytes = Buffer.from(text);
    if (from >= to || to > bytes.length) return undefined;
    if (!startsCharacter(bytes, from) || !startsCharacter(bytes, to)) {
      // The native tool crashes here.
      throw new EvaluationError(
        'parse',
        `substring ${from} to ${to} cuts a character of ${JSON.stringify(origin.value)}`,
      );
    }
    return bytes.toString('utf8', from, to);
  });
}

/** Numbers are cut to 16 bits without sign: integers lose their upper bits, floats stop at the ends. */
function byteOffset(argument: Argument, position: 'second' | 'third'): number {
  const complaint = `substring function requires the ${position} argument to be a number`;
  const value = firstValue(argument, complaint);
  if (value.kind === 'int') return Number(BigInt.asUintN(16, BigInt(value.value)));
  if (value.kind !== 'float') throw new EvaluationError('parse', complaint);
  return Number.isNaN(value.value) ? 0 : Math.min(Math.max(Math.trunc(value.value), 0), 0xffff);
}

function startsCharacter(bytes: Buffer, offset: number): boolean {
  return offset === bytes.length || (bytes[offset]! & 0xc0) !== 0x80;
}

/**
 * The replacement expanded for every match and concatenated; what stands between the matches is lost, as in the
 * native tool (fixtures/conformance/23-functions.json, regex_replace).
 */
export function regexReplace(
  argument: Argument,
  patternArgument: Argument,
  replacementArgument: Argument,
  { text: longest }: Limits,
): Value[] {
  const pattern = stringArgument(patternArgument, 'second');
  const replacement = stringArgument(replacementArgument, 'third');
  return mapStrings(argument, (text) => {
    try {
      return expandMatches(pattern, text, replacement, longest);
    } catch (error) {
      if (error instanceof PatternSyntaxError) throw new EvaluationError('regex', error.message);
      throw error;
    }
  });
}

function stringArgument(argument: Argument, position: 'second' | 'third'): string {
  const complaint = `regex_replace function requires the ${position} argument to be a string`;
  const value = firstValue(argument, complaint);
  if (value.kind !== 'string') throw new EvaluationError('parse', complaint);
  return value.value;
}

/** Each string read as YAML 1.2; all nodes keep the string's position, and its path as prefix. */
export function jsonParse(argument: Argument, limits: Limits): Value[] {
  return mapValues(argument, (value) => {
    if (value.kind !== 'string') return undefined;
    try {
      return readCore(value.value, value, limits);
    } catch (error) {
      if (error instanceof CoreSyntaxError) throw new EvaluationError('yaml', error.message);
      if (error instanceof DataError) throw new EvaluationError('data', error.message);
      if (error instanceof ExcessError)
        throw new EvaluationError('data', `json_parse: ${error.message}; ${error.help}`);
      throw error;
    }
  });
}

/** Percent-decoded; a `+` and malformed escapes stay. Strings that are then no UTF-8 are left out. */
export function urlDecode(argument: Argument): Value[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return mapStrings(argument, (text) => {
    try {
      return decoder.decode(percentDecode(Buffer.from(text)));
    } catch {
      // Not UTF-8, which the decoder reports as a TypeError.
      return undefined;
    }
  });
}

const PERCENT = 0x25;

function percentDecode(bytes: Buffer): Buffer {
  const decoded = Buffer.alloc(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const digits = bytes[at] === PERCENT ? bytes.toString('latin1', at + 1, at + 3) : '';
    const escaped = /^[0-9A-Fa-f]{2}$/.test(digits);
    decoded[length++] = escaped ? Number.parseInt(digits, 16) : bytes[at]!;
    if (escaped) at += 2;
  }
  return decoded.subarray(0, length);
}
