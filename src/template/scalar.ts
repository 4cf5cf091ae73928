import { canonicalInt } from '../value/value.ts';

/** What the text of a plain scalar means to Guard 3.2 (fixtures/conformance/04-yaml-scalars.json). */
export type PlainKind = 'int' | 'float' | 'bool' | 'null' | 'string';

const FLOAT = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const FLOAT_WORD = /^[+-]?(?:inf|infinity|nan)$/i;

/**
 * The type of a plain scalar. Integers must fit 64 bits; what Rust reads as a float is a float, words like `inf` and
 * `nan` among them; `yes`, `on`, `y` and their opposites are booleans in lower case only; empty text is a string.
 */
export function plainKind(text: string): PlainKind {
  const { length } = text;
  if (length === 0) return 'string';
  const first = text.charCodeAt(0);
  if (first <= 0x39) return first >= 0x2b && first !== 0x2c && first !== 0x2f ? numberKind(text) : 'string';
  if (length > 8) return 'string';
  switch (first | 0x20) {
    case 0x69: // i
      return isFloatText(text) ? 'float' : 'string';
    case 0x6e: // n
      if (text === 'n' || text === 'no') return 'bool';
      if (length === 4) return text.toLowerCase() === 'null' ? 'null' : 'string';
      return isFloatText(text) ? 'float' : 'string';
    case 0x74: // t
      return text === 'true' ? 'bool' : 'string';
    case 0x66: // f
      return text === 'false' ? 'bool' : 'string';
    case 0x79: // y
      return text === 'y' || text === 'yes' ? 'bool' : 'string';
    case 0x6f: // o
      return text === 'on' || text === 'off' ? 'bool' : 'string';
    case 0x7e: // ~
      return length === 1 ? 'null' : 'string';
    default:
      return 'string';
  }
}

/** Kind of a text that begins with a digit, a sign or a dot. */
function numberKind(text: string): PlainKind {
  let at = text.charCodeAt(0) <= 0x2d ? 1 : 0;
  const digits = at;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return isFloatText(text) ? 'float' : 'string';
  }
  if (at === digits) return 'string';
  if (at - digits < 19 || parseInt64(text) !== undefined) return 'int';
  return 'float';
}

/** Whether Rust's `f64::from_str` takes a text. */
export function isFloatText(text: string): boolean {
  return FLOAT.test(text) || FLOAT_WORD.test(text);
}

/** Value of a text that {@link isFloatText} accepts. */
export function parseFloatText(text: string): number {
  if (!FLOAT_WORD.test(text)) return Number(text);
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Reads `[+-]?[0-9]+` within 64 bits; undefined for anything else. */
export function parseInt64(text: string): number | bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  // Adding zero turns -0 into the integer it is.
  if (text.length <= 15) return Number(text) + 0;
  const digits = text.startsWith('+') ? text.slice(1) : text;
  const value = digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits);
  return BigInt.asIntN(64, value) === value ? canonicalInt(value) : undefined;
}

/** Value of a text whose {@link plainKind} is `bool`. */
export function parseBoolText(text: string): boolean {
  return text === 'true' || text === 'yes' || text === 'on' || text === 'y';
}
