import { wasMeantAsTaskDefinition } from '../template/task-definition/recognise.ts';

/**
 * Whether a file that cannot be loaded was meant to be a template or a task definition, so that nobody may pass it unseen.
 * Other files that are no YAML, such as chart templates, are not ours to complain about.
 *
 * Escapes in it count as what they stand for, or a template could hide behind them.
 */
export function wasMeantAsTemplate(bytes: Buffer): boolean {
  const text = withoutEscapes(textOf(bytes));
  if (text.includes('AWSTemplateFormatVersion')) return true;
  if (text.includes('Resources') && /\w::\w/.test(text)) return true;
  return wasMeantAsTaskDefinition(text);
}

/** Only characters of ASCII, which is what we look for, and line breaks that stand for nothing. */
function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, digits?: string) =>
    digits === undefined ? '' : String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

const ESCAPE = /\\(?:(?:x|u00|U000000)([0-7][0-9a-f])|\r?\n[ \t]*)/gi;

/** Every byte a character, apart from UTF-16, which editors on Windows write and templates must not be in. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}
