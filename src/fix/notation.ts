import { plainKind } from '../template/scalar.ts';
import type { Plain } from './change.ts';

/** How the keys of a map are written: bare, or in quotes. */
export type Quote = '' | "'" | '"';

/** The quotes of the text at an offset. */
export function quoteAt(text: string, offset: number): Quote {
  const first = text[offset];
  return first === '"' || first === "'" ? first : '';
}

/** Lines of block notation for an entry of a map, without the indentation of the map. */
export function blockLines(key: string, value: Plain, quote: Quote): string[] {
  const written = quoted(key, quote);
  if (typeof value !== 'object') return [`${written}: ${scalarText(value, '')}`];
  const inner = Object.entries(value).flatMap(([name, entry]) => blockLines(name, entry, quote));
  return [`${written}:`, ...inner.map((line) => `  ${line}`)];
}

/**
 * An entry in flow notation, on one line.
 *
 * @param space what stands behind colons and commas
 */
export function flowEntry(key: string, value: Plain, quote: Quote, space: string): string {
  return `${quoted(key, quote)}:${quote === '"' ? space : ' '}${flowValue(value, quote, space)}`;
}

function flowValue(value: Plain, quote: Quote, space: string): string {
  if (typeof value !== 'object') return scalarText(value, quote);
  const entries = Object.entries(value).map(([key, entry]) => flowEntry(key, entry, quote, space));
  return `{${space}${entries.join(`,${space}`)}${space}}`;
}

/** A scalar, in the given quotes when it is text, and in quotes in any case when it would be something else without. */
export function scalarText(value: string | number | boolean, quote: Quote): string {
  if (typeof value !== 'string') return String(value);
  const isSafe = /^\w[\w./-]*$/.test(value) && plainKind(value) === 'string';
  return quote === '' && isSafe ? value : quoted(value, quote === '' ? "'" : quote);
}

function quoted(text: string, quote: Quote): string {
  switch (quote) {
    case '"':
      return JSON.stringify(text);
    case "'":
      return `'${text.replaceAll("'", "''")}'`;
    default:
      return text;
  }
}
