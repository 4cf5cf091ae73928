import {
  hexValue,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  isDigit,
  isFlowIndicator,
} from './characters.ts';
import type { Cursor } from './cursor.ts';

/** ASCII characters that may end a plain scalar or need a second look; everything below 0x21 is among them. */
const PLAIN_STOP = new Uint8Array(128);
for (let code = 0; code <= 0x20; code++) PLAIN_STOP[code] = 1;
for (const character of ':,[]{}') PLAIN_STOP[character.charCodeAt(0)] = 1;

/** A plain scalar, and whether a line break stood behind it (then a key may follow). */
export interface PlainScalar {
  text: string;
  endsWithBreak: boolean;
}

/**
 * Reads a plain scalar at the cursor.
 *
 * @param indent column that continuation lines must reach in block context
 * @throws {YamlSyntaxError}
 */
export function scanPlainScalar(cursor: Cursor, inFlow: boolean, indent: number, into: PlainScalar): void {
  const { text } = cursor;
  const start = cursor.at;
  let folded = '';
  let from = start;
  let end = start;
  into.endsWithBreak = false;
  while (!cursor.atDocumentMarker() && cursor.peek() !== 0x23) {
    const word = cursor.at;
    skipPlainWord(cursor, inFlow, start);
    if (cursor.at > word) {
      end = cursor.at;
      into.endsWithBreak = false;
    }
    let code = cursor.peek();
    if (!isBlank(code) && !isBreak(code)) break;
    while (isBlank(code)) code = text.charCodeAt(++cursor.at);
    if (!isBreak(code)) continue;
    into.endsWithBreak = true;
    const breaks = foldBreaks(cursor, false, indent, start);
    if (!inFlow && cursor.column < indent) break;
    // What ends a scalar is looked for again at the top; only text makes the fold count.
    if (cursor.atDocumentMarker() || !startsPlainWord(cursor, inFlow)) continue;
    folded += text.slice(from, end) + breaks;
    from = cursor.at;
  }
  into.text = folded + text.slice(from, end);
}

function startsPlainWord(cursor: Cursor, inFlow: boolean): boolean {
  const code = cursor.peek();
  if (code === 0x23 || isBlankOrEnd(code)) return false;
  if (code === 0x3a && isBlankOrEnd(cursor.peek(1))) return false;
  return !(inFlow && isFlowIndicator(code));
}

/** Moves over characters of a plain scalar up to white space, `: `, or a flow indicator in flow context. */
function skipPlainWord(cursor: Cursor, inFlow: boolean, start: number): void {
  const { text } = cursor;
  let { at } = cursor;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code < 128 ? PLAIN_STOP[code] === 0 : !isBreak(code)) {
      at++;
      continue;
    }
    if (code === 0x3a) {
      const next = text.charCodeAt(at + 1);
      if (inFlow && (isFlowIndicator(next) || next === 0x3f)) {
        cursor.at = at;
        cursor.fail("found unexpected ':'", 'while scanning a plain scalar', start);
      }
      if (isBlankOrEnd(next)) break;
    } else if (isBlankOrEnd(code) || inFlow) break;
    at++;
  }
  cursor.at = at;
}

/**
 * Consumes white space that holds line breaks and returns what it folds to: one break is a space, further ones stay.
 *
 * @param escaped whether the first break was escaped and is gone already
 * @param indent a tab before this column is an error in plain scalars; -1 in quoted ones
 */
function foldBreaks(cursor: Cursor, escaped: boolean, indent: number, start: number): string {
  let first: string | undefined = escaped ? '' : undefined;
  let rest = '';
  for (;;) {
    const code = cursor.peek();
    if (isBlank(code)) {
      if (code === 0x09 && cursor.at - cursor.lineStart < indent)
        cursor.fail(
          'found a tab character that violates indentation',
          'while scanning a plain scalar',
          start,
        );
      cursor.at++;
    } else if (isBreak(code)) {
      if (first === undefined) first = cursor.readBreak();
      else rest += cursor.readBreak();
    } else break;
  }
  if (first !== '\n') return `${first ?? ''}${rest}`;
  return rest === '' ? ' ' : rest;
}

/**
 * Reads a single or double quoted scalar at the cursor and returns its text.
 *
 * @throws {YamlSyntaxError}
 */
export function scanQuotedScalar(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  const quote = cursor.peek();
  let done = '';
  let from = ++cursor.at;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === quote) {
      if (quote !== 0x27 || cursor.peek(1) !== 0x27) break;
      done += text.slice(from, cursor.at + 1);
      cursor.at += 2;
    } else if (code === 0x5c && quote === 0x22) {
      done += text.slice(from, cursor.at);
      done += isBreak(cursor.peek(1)) ? skipEscapedBreak(cursor, start) : readEscape(cursor, start);
    } else if (isBreak(code)) {
      let end = cursor.at;
      while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
      done += text.slice(from, end) + foldBreaks(cursor, false, -1, start);
      checkNoMarker(cursor, start);
    } else if (code === 0) {
      cursor.fail('found unexpected end of stream', 'while scanning a quoted scalar', start);
    } else {
      cursor.at++;
      continue;
    }
    from = cursor.at;
  }
  const value = done + text.slice(from, cursor.at);
  cursor.at++;
  return value;
}

function skipEscapedBreak(cursor: Cursor, start: number): string {
  cursor.at++;
  cursor.readBreak();
  const rest = foldBreaks(cursor, true, -1, start);
  checkNoMarker(cursor, start);
  return rest;
}

function checkNoMarker(cursor: Cursor, start: number): void {
  if (cursor.atDocumentMarker())
    cursor.fail('found unexpected document indicator', 'while scanning a quoted scalar', start);
}

/** Escapes of one letter, in the order of `ESCAPED`. */
const ESCAPE_LETTERS = '0abt\tnvfre "/\\N_LP';
const ESCAPED = '\0\x07\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029';

function readEscape(cursor: Cursor, start: number): string {
  const context = 'while parsing a quoted scalar';
  const letter = cursor.text.charAt(cursor.at + 1);
  const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (digits === 0) {
    const known = ESCAPE_LETTERS.indexOf(letter);
    if (known === -1 || cursor.at + 1 >= cursor.length)
      cursor.fail('found unknown escape character', context, start);
    cursor.at += 2;
    return ESCAPED.charAt(known);
  }
  cursor.at += 2;
  const value = readHexDigits(cursor, digits, start);
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
    const pair = cursor.allOfJson ? readSurrogatePair(cursor, value) : undefined;
    return pair ?? cursor.fail('found invalid Unicode character escape code', context, start);
  }
  cursor.at += digits;
  return String.fromCodePoint(value);
}

function readHexDigits(cursor: Cursor, digits: number, start: number): number {
  let value = 0;
  for (let ahead = 0; ahead < digits; ahead++) {
    const digit = hexValue(cursor.peek(ahead));
    if (digit === -1)
      cursor.fail('did not find expected hexdecimal number', 'while parsing a quoted scalar', start);
    value = value * 16 + digit;
  }
  return value;
}

const LOW_SURROGATE = /^\\u(d[c-f][0-9a-f]{2})/i;

/** Reads the rest of a character written as two `\u` escapes; undefined when it is no such pair. */
function readSurrogatePair(cursor: Cursor, high: number): string | undefined {
  const low = LOW_SURROGATE.exec(cursor.text.slice(cursor.at + 4, cursor.at + 10))?.[1];
  if (low === undefined || high > 0xdbff) return undefined;
  cursor.at += 10;
  return String.fromCharCode(high, Number.parseInt(low, 16));
}

type Chomping = 'clip' | 'strip' | 'keep';

interface BlockHeader {
  chomping: Chomping;
  /** Explicit indentation indicator, 0 without one. */
  increment: number;
}

/**
 * Reads a literal or folded block scalar at the cursor and returns its text.
 *
 * @param parentIndent indentation of the enclosing block collection, -1 at the top
 * @throws {YamlSyntaxError}
 */
export function scanBlockScalar(cursor: Cursor, parentIndent: number): string {
  const { text } = cursor;
  const start = cursor.at;
  const isLiteral = cursor.peek() === 0x7c;
  const { chomping, increment } = readBlockHeader(cursor, start);
  const lines = new BlockLines(cursor, start, increment === 0 ? 0 : Math.max(parentIndent, 0) + increment);
  let value = '';
  let leadingBreak = '';
  let wasBlank = false;
  let breaks = lines.readBreaks(parentIndent);
  while (cursor.at - cursor.lineStart === lines.indent && cursor.peek() !== 0) {
    const startsBlank = isBlank(cursor.peek());
    const folds = !isLiteral && leadingBreak === '\n' && !wasBlank && !startsBlank;
    value += folds ? (breaks === '' ? ' ' : breaks) : leadingBreak + breaks;
    wasBlank = startsBlank;
    const from = cursor.at;
    while (!isBreakOrEnd(text.charCodeAt(cursor.at))) cursor.at++;
    value += text.slice(from, cursor.at);
    leadingBreak = cursor.peek() === 0 ? '' : cursor.readBreak();
    breaks = lines.readBreaks(parentIndent);
  }
  if (chomping !== 'strip') value += leadingBreak;
  if (chomping === 'keep') value += breaks;
  return value;
}

function readBlockHeader(cursor: Cursor, start: number): BlockHeader {
  const context = 'while scanning a block scalar';
  const header: BlockHeader = { chomping: 'clip', increment: 0 };
  cursor.at++;
  readChomping(cursor, header);
  if (isDigit(cursor.peek())) {
    if (cursor.peek() === 0x30) cursor.fail('found an indentation indicator equal to 0', context, start);
    header.increment = cursor.peek() - 0x30;
    cursor.at++;
    if (header.chomping === 'clip') readChomping(cursor, header);
  }
  while (isBlank(cursor.peek())) cursor.at++;
  if (cursor.peek() === 0x23) cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek()))
    cursor.fail('did not find expected comment or line break', context, start);
  if (cursor.peek() !== 0) cursor.readBreak();
  return header;
}

function readChomping(cursor: Cursor, header: BlockHeader): void {
  const code = cursor.peek();
  if (code !== 0x2b && code !== 0x2d) return;
  header.chomping = code === 0x2b ? 'keep' : 'strip';
  cursor.at++;
}

/** The indentation of a block scalar: given, or found at its first line with text. */
class BlockLines {
  indent: number;
  readonly #cursor: Cursor;
  readonly #start: number;

  constructor(cursor: Cursor, start: number, indent: number) {
    this.#cursor = cursor;
    this.#start = start;
    this.indent = indent;
  }

  /** Consumes indentation and empty lines and returns their breaks. */
  readBreaks(parentIndent: number): string {
    const cursor = this.#cursor;
    const known = this.indent > 0;
    let widest = 0;
    let breaks = '';
    for (;;) {
      while ((!known || this.#column() < this.indent) && cursor.peek() === 0x20) cursor.at++;
      widest = Math.max(widest, this.#column());
      if ((!known || this.#column() < this.indent) && cursor.peek() === 0x09)
        cursor.fail(
          'found a tab character where an indentation space is expected',
          'while scanning a block scalar',
          this.#start,
        );
      if (!isBreak(cursor.peek())) break;
      breaks += cursor.readBreak();
    }
    if (!known) this.indent = Math.max(widest, parentIndent + 1, 1);
    return breaks;
  }

  #column(): number {
    return this.#cursor.at - this.#cursor.lineStart;
  }
}
