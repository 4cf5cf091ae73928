import type { MapValue } from '../value/value.ts';
import type { Plain } from './change.ts';
import type { TextEdit } from './edit.ts';
import { isBlankOrComment, type Layout, ownKeyStarts, type WrittenNode } from './layout.ts';
import { blockLines, flowEntry, quoteAt } from './notation.ts';

/** A key with its value. */
export type Entry = readonly [key: string, value: Plain];

/**
 * Puts entries behind the last one of a map.
 *
 * @returns null when the map is written in a way that nothing can safely be put into
 */
export function insert(map: MapValue, entries: readonly Entry[], layout: Layout): TextEdit[] | null {
  const node = layout.node(map.start);
  const keyStarts = ownKeyStarts(map, node);
  const place = { map, node, keyStarts, layout };
  if (node.style === 'block' && keyStarts.length > 0) return insertLines(place, entries);
  if (node.style !== 'flow') return null;
  return keyStarts.length > 0 ? insertInFlow(place, entries) : fill(place, entries);
}

interface Place {
  readonly map: MapValue;
  readonly node: WrittenNode;
  /** At least one, ascending, except for {@link fill}. */
  readonly keyStarts: readonly number[];
  readonly layout: Layout;
}

function insertLines({ node, keyStarts, layout }: Place, entries: readonly Entry[]): TextEdit[] | null {
  const first = keyStarts[0]!;
  const indentation = ' '.repeat(first - layout.lineStart(first));
  const at = layout.lineEnd(node.end);
  if (!isBlankOrComment(layout.text.slice(node.end, at))) return null;
  const quote = quoteAt(layout.text, first);
  const lines = entries.flatMap(([key, value]) => blockLines(key, value, quote));
  const text = lines.map((line) => layout.lineBreak(node.end) + indentation + line).join('');
  return [{ start: at, end: at, text }];
}

/** Puts the first entries into `{}`. */
function fill({ node, layout }: Place, entries: readonly Entry[]): TextEdit[] | null {
  const { text } = layout;
  if (text.slice(node.start + 1, node.end - 1).trim() !== '') return null;
  const isJson = /^\s*[{[]/.test(text);
  const inner = entries.map(([key, value]) => flowEntry(key, value, isJson ? '"' : '', ' ')).join(', ');
  return [{ start: node.start + 1, end: node.end - 1, text: inner }];
}

/** On lines of their own when the last entry has one, which is how JSON is usually indented; otherwise behind it. */
function insertInFlow(place: Place, entries: readonly Entry[]): TextEdit[] {
  const { map, node, keyStarts, layout } = place;
  const { text } = layout;
  const lastKey = keyStarts.at(-1)!;
  const last = map.value.get(map.value.keys[map.value.keyStarts.indexOf(lastKey)]!)!;
  const { end } = layout.entryValue(lastKey, last.start);
  // A comma behind the last entry is allowed in YAML; what is put behind it then ends with one as well.
  const comma = /^\s*,/.exec(text.slice(end, node.end - 1))?.[0].length ?? 0;
  const space = spaceBehindColon(text, lastKey);
  const quote = quoteAt(text, lastKey);
  const written = entries.map(([key, value]) => flowEntry(key, value, quote, space));
  const indentation = text.slice(layout.lineStart(lastKey), lastKey);
  const lineEnd = layout.lineEnd(end + comma);
  const hasOwnLine =
    indentation.trim() === '' &&
    layout.lineStart(lastKey) > node.start &&
    lineEnd < node.end &&
    isBlankOrComment(text.slice(end + comma, lineEnd));
  const before = hasOwnLine ? layout.lineBreak(end) + indentation : space;
  const added = before + written.join(`,${before}`);
  if (comma > 0) {
    const at = hasOwnLine ? lineEnd : end + comma;
    return [{ start: at, end: at, text: `${added},` }];
  }
  if (!hasOwnLine) return [{ start: end, end, text: `,${added}` }];
  return [
    { start: end, end, text: ',' },
    { start: lineEnd, end: lineEnd, text: added },
  ];
}

function spaceBehindColon(text: string, keyStart: number): string {
  const quote = quoteAt(text, keyStart);
  const keyEnd = quote === '' ? keyStart : text.indexOf(quote, keyStart + 1) + 1;
  return text[text.indexOf(':', keyEnd) + 1] === ' ' ? ' ' : '';
}
