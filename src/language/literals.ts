import type { Literal, RangeLiteral } from './ast.ts';
import { type Cursor, isDigit, wordEnd } from './cursor.ts';
import { compilePattern } from './pattern.ts';

const LARGEST_INTEGER = 2n ** 63n - 1n;
/** Any number with so many digits fits 64 bits. */
const SAFE_DIGITS = 18;

/**
 * `value = ows ( 'null' / 'NULL' / STRING / FLOAT / INTEGER / BOOL / REGEX / RANGE / LIST / MAP )`
 *
 * The first character decides which of them it can be. When it is none, the failure is that of the last one, a map.
 */
export function readValue(cursor: Cursor): Literal | undefined {
  cursor.skipBlanks();
  const start = cursor.at;
  const isMap = cursor.text.charAt(start) === '{';
  const literal = isMap ? readMap(cursor) : readNoMap(cursor);
  return literal !== undefined || isMap || cursor.fatal ? literal : cursor.fail('a value', start);
}

function readNoMap(cursor: Cursor): Literal | undefined {
  switch (cursor.text.charAt(cursor.at)) {
    case 'n':
    case 'N':
      return cursor.keyword('null', 'NULL') ? { kind: 'null' } : undefined;
    case 't':
    case 'T':
      return cursor.keyword('true', 'True') ? { kind: 'bool', value: true } : undefined;
    case 'f':
    case 'F':
      return cursor.keyword('false', 'False') ? { kind: 'bool', value: false } : undefined;
    case '"':
    case "'":
      return readStringLiteral(cursor);
    case '/':
      return readRegex(cursor);
    case 'r':
      return readRange(cursor);
    case '[':
      return readList(cursor);
    default:
      return readNumber(cursor);
  }
}

function readStringLiteral(cursor: Cursor): Literal | undefined {
  const value = readString(cursor);
  return value === undefined ? undefined : { kind: 'string', value };
}

/** `STRING`: the only escape is a backslash before the quote that delimits the string. */
export function readString(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") return cursor.fail();
  let value = '';
  for (let start = at + 1; ; ) {
    const found = text.indexOf(quote, start);
    const end = found === -1 ? text.length : found;
    if (end > start && text.charAt(end - 1) === '\\') {
      // Only a double-quoted string is the last alternative of STRING, so only its failure is remembered.
      if (found === -1) return quote === '"' ? cursor.failIn('string', at + 1) : cursor.fail();
      value += text.slice(start, end - 1) + quote;
      start = end + 1;
    } else if (found === -1) {
      cursor.fail(`\`${quote}\` at the end of the string`, end);
      return cursor.commit();
    } else {
      cursor.at = end + 1;
      return value + text.slice(start, end);
    }
  }
}

function readNumber(cursor: Cursor): Literal | undefined {
  const start = cursor.at;
  const float = readFloat(cursor);
  if (float !== undefined) return { kind: 'float', text: float };
  if (cursor.fatal) return undefined;
  cursor.at = start;
  const integer = readInteger(cursor);
  return integer === undefined ? undefined : { kind: 'int', text: integer };
}

/** `INTEGER = DIGITS / '-' DIGITS`, within 64 bits without the sign. */
export function readInteger(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const start = text.charAt(at) === '-' ? at + 1 : at;
  const end = digitsEnd(text, start);
  if (end === start) return cursor.fail();
  const digits = text.slice(start, end);
  if (digits.length > SAFE_DIGITS && BigInt(digits) > LARGEST_INTEGER) return cursor.fail();
  cursor.at = end;
  return text.slice(at, end);
}

/**
 * `FLOAT = DIGITS ('.' DIGITS)? ([eE] [+-] DIGITS)?` with at least one of the optional parts, read as the longest
 * decimal float, which needs no sign in the exponent. An exponent without digits behind a fraction is fatal.
 */
function readFloat(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const whole = digitsEnd(text, at);
  if (whole === at) return cursor.fail();
  const hasFraction = text.charAt(whole) === '.' && isDigit(text.charCodeAt(whole + 1));
  const fraction = hasFraction ? digitsEnd(text, whole + 1) : whole;
  if (!hasFraction && !hasSignedExponent(text, fraction)) return cursor.fail();
  const end = exponentEnd(text, fraction);
  if (end === undefined) {
    cursor.fail('digits in the exponent', at);
    return cursor.commit();
  }
  cursor.at = end;
  return text.slice(at, end);
}

function hasSignedExponent(text: string, at: number): boolean {
  return isExponentMark(text, at) && isSign(text, at + 1) && isDigit(text.charCodeAt(at + 2));
}

/** End of the exponent at `at`; `at` when there is none, undefined when it has no digits. */
function exponentEnd(text: string, at: number): number | undefined {
  if (!isExponentMark(text, at)) return at;
  const start = isSign(text, at + 1) ? at + 2 : at + 1;
  const end = digitsEnd(text, start);
  return end === start ? undefined : end;
}

function isExponentMark(text: string, at: number): boolean {
  return text.charAt(at) === 'e' || text.charAt(at) === 'E';
}

function isSign(text: string, at: number): boolean {
  return text.charAt(at) === '+' || text.charAt(at) === '-';
}

function digitsEnd(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** `REGEX = '/' … '/'`: `\/` stands for `/`, and something must stand on each side of it. */
function readRegex(cursor: Cursor): Literal | undefined {
  const { text, at } = cursor;
  let pattern = '';
  for (let start = at + 1; ; ) {
    const end = text.indexOf('/', start);
    if (end === -1 || end === start) return cursor.fail('the end of the regular expression');
    if (text.charAt(end - 1) !== '\\') {
      pattern += text.slice(start, end);
      if (compilePattern(pattern) === undefined) return cursor.fail('a valid regular expression', at);
      cursor.at = end + 1;
      return { kind: 'regex', pattern };
    }
    pattern += `${text.slice(start, end - 1)}/`;
    start = end + 1;
  }
}

type Bound = { readonly of: RangeLiteral['of']; readonly text: string };

/** `RANGE = 'r' ('(' / '[') rv ',' rv (')' / ']')` with both ends of one kind, or else fatal. */
function readRange(cursor: Cursor): Literal | undefined {
  cursor.at++;
  const open = cursor.text.charAt(cursor.at++);
  if (open !== '(' && open !== '[') return cursor.fail();
  const lower = readBound(cursor);
  if (lower === undefined || !cursor.expect(',')) return undefined;
  const upper = readBound(cursor);
  if (upper === undefined) return undefined;
  const close = cursor.text.charAt(cursor.at);
  if (close !== ')' && close !== ']') return cursor.fail('`)`');
  cursor.at++;
  if (lower.of !== upper.of) {
    cursor.failIn('range');
    return cursor.commit();
  }
  return {
    kind: 'range',
    of: lower.of,
    lower: lower.text,
    upper: upper.text,
    lowerInclusive: open === '[',
    upperInclusive: close === ']',
  };
}

/** `rv = sp0 (FLOAT / INTEGER / any one character) sp0` */
function readBound(cursor: Cursor): Bound | undefined {
  cursor.skipInline();
  const number = readNumber(cursor);
  if (number?.kind === 'int' || number?.kind === 'float') {
    cursor.skipInline();
    return { of: number.kind, text: number.text };
  }
  if (cursor.fatal) return undefined;
  const code = cursor.text.codePointAt(cursor.at);
  if (code === undefined) return cursor.fail('the end of the range');
  const text = String.fromCodePoint(code);
  cursor.at += text.length;
  cursor.skipInline();
  return { of: 'char', text };
}

/** `LIST = ows '[' ( value (ows ',' value)* )? ows ']'` */
function readList(cursor: Cursor): Literal | undefined {
  cursor.at++;
  const items = cursor.nested(readItems);
  if (items === undefined) return undefined;
  cursor.skipBlanks();
  return cursor.expect(']') ? { kind: 'list', items } : undefined;
}

function readItems(cursor: Cursor): readonly Literal[] | undefined {
  const items = cursor.optional((at) => at.separated(readValue, skipComma));
  return items === null ? [] : items;
}

type Entry = { readonly key: string; readonly value: Literal };

/** `MAP = '{' ( pair (ows ',' pair)* )? ows '}'` */
function readMap(cursor: Cursor): Literal | undefined {
  cursor.at++;
  const entries = cursor.nested(readEntries);
  if (entries === undefined) return undefined;
  cursor.skipBlanks();
  return cursor.expect('}') ? { kind: 'map', entries: withoutDuplicates(entries) } : undefined;
}

function readEntries(cursor: Cursor): readonly Entry[] | undefined {
  const entries = cursor.optional((at) => at.separated(readEntry, skipComma));
  return entries === null ? [] : entries;
}

/** `pair = ows KEY ows ':' value` */
function readEntry(cursor: Cursor): Entry | undefined {
  cursor.skipBlanks();
  const key = readKey(cursor);
  if (key === undefined) return undefined;
  cursor.skipBlanks();
  if (!cursor.expect(':')) return undefined;
  const value = readValue(cursor);
  return value === undefined ? undefined : { key, value };
}

/** `KEY = [<Unicode alphanumeric>_-]+ / STRING` */
function readKey(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const end = wordEnd(text, at, 0x2d /* - */);
  if (end === at) return readString(cursor);
  cursor.at = end;
  return text.slice(at, end);
}

function skipComma(cursor: Cursor): boolean {
  cursor.skipBlanks();
  return cursor.take(',');
}

/** A later duplicate replaces the value at the place of the first (03-literals.json). */
function withoutDuplicates(entries: readonly Entry[]): readonly Entry[] {
  const values = new Map(entries.map(({ key, value }) => [key, value]));
  return values.size === entries.length ? entries : [...values].map(([key, value]) => ({ key, value }));
}
