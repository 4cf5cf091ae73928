import { hexValue, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isWord } from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { TagText, Version } from './tokens.ts';

/** Reads the name of an anchor (`&name`) or alias (`*name`) at the cursor. */
export function scanAnchor(cursor: Cursor): string {
  const start = cursor.at;
  const context = cursor.peek() === 0x26 ? 'while scanning an anchor' : 'while scanning an alias';
  cursor.at++;
  const name = readWord(cursor);
  const next = cursor.peek();
  if (name === '' || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(String.fromCharCode(next))))
    cursor.fail('did not find expected alphabetic or numeric character', context, start);
  return name;
}

/** Reads a tag at the cursor: `!<verbatim>`, `!suffix`, `!handle!suffix`, `!!suffix` or a lone `!`. */
export function scanTag(cursor: Cursor, inFlow: boolean): TagText {
  const start = cursor.at;
  const tag = cursor.peek(1) === 0x3c ? readVerbatimTag(cursor, start) : readShorthandTag(cursor, start);
  const next = cursor.peek();
  if (!isBlankOrEnd(next) && !(inFlow && next === 0x2c))
    cursor.fail('did not find expected whitespace or line break', 'while scanning a tag', start);
  return tag;
}

function readVerbatimTag(cursor: Cursor, start: number): TagText {
  cursor.at += 2;
  const suffix = readTagUri(cursor, start, '', true, 'while parsing a tag');
  if (cursor.peek() !== 0x3e) cursor.fail("did not find the expected '>'", 'while scanning a tag', start);
  cursor.at++;
  return { handle: '', suffix };
}

function readShorthandTag(cursor: Cursor, start: number): TagText {
  const handle = readHandle(cursor);
  if (handle.length > 1 && handle.endsWith('!'))
    return { handle, suffix: readTagUri(cursor, start, '', false, 'while parsing a tag') };
  const uri = readTagUri(cursor, start, handle, false, 'while parsing a tag');
  return uri === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix: uri };
}

function readHandle(cursor: Cursor): string {
  const from = cursor.at;
  cursor.at++;
  readWord(cursor);
  if (cursor.peek() === 0x21) cursor.at++;
  return cursor.text.slice(from, cursor.at);
}

function readWord(cursor: Cursor): string {
  const from = cursor.at;
  while (isWord(cursor.peek())) cursor.at++;
  return cursor.text.slice(from, cursor.at);
}

const URI_PUNCTUATION = ";/?:@&=+$.!~*'()";

/**
 * Reads the rest of a tag. `%xx` escapes are decoded; text that then is no UTF-8 counts as empty, as in the native tool.
 *
 * @param head what was read as a handle but belongs to the tag, with its `!`
 * @param isUri whether `,`, `[` and `]` may stand in it
 */
function readTagUri(cursor: Cursor, start: number, head: string, isUri: boolean, context: string): string {
  let uri = head.slice(1);
  const from = cursor.at;
  for (;;) {
    const code = cursor.peek();
    if (code === 0x25) uri += readUriEscape(cursor, start, context);
    else if (isWord(code) || isUriPunctuation(code, isUri)) {
      uri += String.fromCharCode(code);
      cursor.at++;
    } else break;
  }
  if (head === '' && cursor.at === from) cursor.fail('did not find expected tag URI', context, start);
  return uri;
}

function isUriPunctuation(code: number, isUri: boolean): boolean {
  if (code === 0) return false;
  return (
    URI_PUNCTUATION.includes(String.fromCharCode(code)) ||
    (isUri && (code === 0x2c || code === 0x5b || code === 0x5d))
  );
}

/** Reads the escaped octets of one character. */
function readUriEscape(cursor: Cursor, start: number, context: string): string {
  const octets: number[] = [];
  let width = 0;
  do {
    const high = hexValue(cursor.peek(1));
    const low = high === -1 ? -1 : hexValue(cursor.peek(2));
    if (cursor.peek() !== 0x25 || low === -1) cursor.fail('did not find URI escaped octet', context, start);
    const octet = high * 16 + low;
    if (width === 0) {
      width = utf8Width(octet);
      if (width === 0) cursor.fail('found an incorrect leading UTF-8 octet', context, start);
    } else if ((octet & 0xc0) !== 0x80) {
      cursor.fail('found an incorrect trailing UTF-8 octet', context, start);
    }
    octets.push(octet);
    cursor.at += 3;
  } while (octets.length < width);
  return new TextDecoder().decode(Uint8Array.from(octets));
}

function utf8Width(octet: number): number {
  if (octet < 0x80) return 1;
  if ((octet & 0xe0) === 0xc0) return 2;
  if ((octet & 0xf0) === 0xe0) return 3;
  return (octet & 0xf8) === 0xf0 ? 4 : 0;
}

/** A `%YAML` or `%TAG` directive. */
export type Directive = { kind: 'version'; version: Version } | { kind: 'tag'; tag: TagText };

/** Reads a directive line at the cursor, up to and with its line break. */
export function scanDirective(cursor: Cursor): Directive {
  const start = cursor.at;
  const context = 'while scanning a directive';
  cursor.at++;
  const name = readWord(cursor);
  if (name === '') cursor.fail('could not find expected directive name', context, start);
  if (!isBlankOrEnd(cursor.peek()))
    cursor.fail('found unexpected non-alphabetical character', context, start);
  const directive = readDirectiveValue(cursor, start, name);
  while (isBlank(cursor.peek())) cursor.at++;
  if (cursor.peek() === 0x23) cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek()))
    cursor.fail('did not find expected comment or line break', context, start);
  if (cursor.peek() !== 0) cursor.readBreak();
  return directive;
}

function readDirectiveValue(cursor: Cursor, start: number, name: string): Directive {
  if (name !== 'YAML' && name !== 'TAG')
    cursor.fail('found unknown directive name', 'while scanning a directive', start);
  while (isBlank(cursor.peek())) cursor.at++;
  return name === 'YAML'
    ? { kind: 'version', version: readVersion(cursor, start) }
    : { kind: 'tag', tag: readTagDirective(cursor, start) };
}

function readVersion(cursor: Cursor, start: number): Version {
  const major = readVersionNumber(cursor, start);
  if (cursor.peek() !== 0x2e)
    cursor.fail("did not find expected digit or '.' character", 'while scanning a %YAML directive', start);
  cursor.at++;
  return { major, minor: readVersionNumber(cursor, start) };
}

function readVersionNumber(cursor: Cursor, start: number): number {
  const context = 'while scanning a %YAML directive';
  const from = cursor.at;
  while (isDigit(cursor.peek())) {
    if (cursor.at - from === 9) cursor.fail('found extremely long version number', context, start);
    cursor.at++;
  }
  if (cursor.at === from) cursor.fail('did not find expected version number', context, start);
  return Number(cursor.text.slice(from, cursor.at));
}

function readTagDirective(cursor: Cursor, start: number): TagText {
  const context = 'while scanning a %TAG directive';
  if (cursor.peek() !== 0x21)
    cursor.fail("did not find expected '!'", 'while scanning a tag directive', start);
  const handle = readHandle(cursor);
  if (handle !== '!' && !handle.endsWith('!'))
    cursor.fail("did not find expected '!'", 'while parsing a tag directive', start);
  if (!isBlank(cursor.peek())) cursor.fail('did not find expected whitespace', context, start);
  while (isBlank(cursor.peek())) cursor.at++;
  const suffix = readTagUri(cursor, start, '', true, 'while parsing a %TAG directive');
  if (!isBlankOrEnd(cursor.peek()))
    cursor.fail('did not find expected whitespace or line break', context, start);
  return { handle, suffix };
}
