import { canonicalInt } from '../value/value.ts';
import { isFloatText } from './scalar.ts';

/** A scalar as the YAML 1.2 core schema types it. */
export type CoreScalar =
  | { readonly kind: 'null'; readonly value: null }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  /** An integer of more than 64 bits, which the reader refuses. */
  | { readonly kind: 'huge'; readonly text: string };

const NULLS = new Set(['', 'null', 'Null', 'NULL', '~']);
const RADIX_INTEGER = /^(?:\+?0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+)|-0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+))$/;
const DECIMAL_INTEGER = /^(?:\+?[0-9]+|-[0-9]+)$/;
/** More digits than one, led by a zero: text, not a number. */
const ZERO_LED = /^[+-]?0[0-9]+$/;

/** The type of a plain scalar in the reader that the native tool uses for unit tests and `json_parse`. */
export function coreScalar(text: string): CoreScalar {
  if (NULLS.has(text)) return { kind: 'null', value: null };
  const bool = coreBool(text);
  if (bool !== undefined) return { kind: 'bool', value: bool };
  const int = coreInt(text);
  if (int !== undefined) return int;
  const float = ZERO_LED.test(text) ? undefined : coreFloat(text);
  return float === undefined ? { kind: 'string', value: text } : { kind: 'float', value: float };
}

export function isCoreNull(text: string): boolean {
  return text !== '' && NULLS.has(text);
}

export function coreBool(text: string): boolean | undefined {
  if (text === 'true' || text === 'True' || text === 'TRUE') return true;
  if (text === 'false' || text === 'False' || text === 'FALSE') return false;
  return undefined;
}

/** An integer, wrapped to 64 bits signed when it fits 64 bits unsigned; undefined when the text is none. */
export function coreInt(text: string): CoreScalar | undefined {
  const value = bigIntOf(text);
  if (value === undefined) return undefined;
  if (value >= -(2n ** 63n) && value < 2n ** 64n)
    return { kind: 'int', value: canonicalInt(BigInt.asIntN(64, value)) };
  if (value < -(2n ** 127n) || value >= 2n ** 128n) return undefined;
  return { kind: 'huge', text: `${value}\` as ${value < 0n ? 'i128' : 'u128'}` };
}

function bigIntOf(text: string): bigint | undefined {
  const isDecimal = DECIMAL_INTEGER.test(text);
  if (isDecimal ? ZERO_LED.test(text) : !RADIX_INTEGER.test(text)) return undefined;
  const isNegative = text.startsWith('-');
  const magnitude = BigInt(isNegative || text.startsWith('+') ? text.slice(1) : text);
  return isNegative ? -magnitude : magnitude;
}

const INFINITY = /^\+?\.(?:inf|Inf|INF)$/;
const NEGATIVE_INFINITY = /^-\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

export function coreFloat(text: string): number | undefined {
  if (INFINITY.test(text)) return Number.POSITIVE_INFINITY;
  if (NEGATIVE_INFINITY.test(text)) return Number.NEGATIVE_INFINITY;
  if (NOT_A_NUMBER.test(text)) return Number.NaN;
  if (!isFloatText(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
