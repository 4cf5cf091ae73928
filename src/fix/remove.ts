import type { MapValue, Value } from '../value/value.ts';
import type { TextEdit } from './edit.ts';
import { isBlankOrComment, type Layout, ownKeyStarts, type WrittenNode } from './layout.ts';

/**
 * Takes an entry out of its map, or an element out of its list.
 *
 * @returns null when it is written in a way that it cannot safely be taken out of
 */
export function remove(value: Value, layout: Layout): TextEdit[] | null {
  const { parent } = value;
  if (parent === null) return null;
  const container = layout.node(parent.start);
  const pieces = parent.kind === 'map' ? entriesOf(parent, container, layout) : elementsOf(parent, layout);
  const at = pieces.findIndex((piece) => piece.value === value);
  if (at === -1) return null;
  if (container.style === 'flow') return removeFromFlow(pieces, at, layout);
  return container.style === 'block' ? removeLines(pieces, at, layout) : null;
}

/** One entry or element: from its key, or the value itself, to the end of its value. */
interface Piece {
  readonly value: Value;
  readonly start: number;
  readonly end: number;
}

function entriesOf(map: MapValue, container: WrittenNode, layout: Layout): Piece[] {
  const { keys, keyStarts } = map.value;
  if (keys.length !== map.value.size || keyStarts.length !== ownKeyStarts(map, container).length) return [];
  return keys.map((key, at) => {
    const value = map.value.get(key)!;
    const start = keyStarts[at]!;
    return { value, start, end: layout.entryValue(start, value.start).end };
  });
}

/** None where an alias is among them, since only what it repeats has a place. */
function elementsOf(list: Value, layout: Layout): Piece[] {
  if (list.kind !== 'list' || list.value.some(({ start }) => start < list.start)) return [];
  return list.value.map((value) => ({ value, start: value.start, end: layout.node(value.start).end }));
}

/** With the comma behind it, or before it when it is the last one. */
function removeFromFlow(pieces: readonly Piece[], at: number, { text }: Layout): TextEdit[] | null {
  const piece = pieces[at]!;
  const next = pieces[at + 1];
  const before = pieces[at - 1];
  const range =
    next !== undefined
      ? { start: piece.start, end: next.start }
      : { start: before?.end ?? piece.start, end: piece.end };
  const between =
    next === undefined ? text.slice(range.start, piece.start) : text.slice(piece.end, range.end);
  return between.includes('#') ? null : [{ ...range, text: '' }];
}

/** Whole lines; of an element that begins behind the dash of its list, what stands before its next key. */
function removeLines(pieces: readonly Piece[], at: number, layout: Layout): TextEdit[] | null {
  const { text } = layout;
  const { start, end } = pieces[at]!;
  const lineStart = layout.lineStart(start);
  const lineEnd = layout.lineEnd(end);
  if (!isBlankOrComment(text.slice(end, lineEnd))) return null;
  const before = text.slice(lineStart, start);
  const isElement = typeof pieces[at]!.value.key === 'number';
  if (isElement ? !/^\s*-\s+$/.test(before) : before.trim() !== '') {
    const next = pieces[at + 1];
    if (isElement || next === undefined || text.slice(end, next.start).trim() !== '') return null;
    return [{ start, end: next.start, text: '' }];
  }
  const feed = text.indexOf('\n', lineEnd);
  if (feed !== -1) return [{ start: lineStart, end: feed + 1, text: '' }];
  // The last line of a text that does not end with a line break: the line before it then ends the text.
  const previousEnd = lineStart === 0 ? 0 : layout.lineEnd(lineStart - 1);
  return [{ start: Math.min(previousEnd, lineStart), end: text.length, text: '' }];
}
