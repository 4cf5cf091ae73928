import type { MapValue, Value } from '../value/value.ts';
import type { Change, Plain } from './change.ts';
import type { TextEdit } from './edit.ts';
import { type Entry, insert } from './insert.ts';
import type { Layout } from './layout.ts';
import { quoteAt, scalarText } from './notation.ts';
import { remove } from './remove.ts';

/**
 * The edits of a text that make changes, and touch nothing else.
 *
 * @returns null when one of the places is written in a way that lines cannot safely be put into or taken out of
 */
export function editsOf(changes: readonly Change[], layout: Layout): TextEdit[] | null {
  const edits: Array<TextEdit[] | null> = [];
  const missing = new Map<MapValue, Entry[]>();
  for (const change of withoutRepeats(changes)) {
    if (change.kind === 'remove') {
      edits.push(remove(change.value, layout));
      continue;
    }
    const { map, key, to } = change;
    const present = map.value.get(key);
    if (present === undefined) missing.set(map, [...(missing.get(map) ?? []), [key, to]]);
    else edits.push(replace(present, to, map, layout));
  }
  // Where maps end at one place, what is put into the inner one comes first.
  const innerFirst = [...missing].sort(([a], [b]) => b.start - a.start);
  for (const [map, entries] of innerFirst) edits.push(insert(map, entries, layout));
  return edits.some((edit) => edit === null) ? null : edits.flatMap((edit) => edit ?? []);
}

/** Several violations may ask for the same. */
function withoutRepeats(changes: readonly Change[]): Change[] {
  return changes.filter((change, at) => changes.findIndex((other) => isSame(change, other)) === at);
}

function isSame(one: Change, other: Change): boolean {
  if (one.kind === 'remove') return other.kind === 'remove' && one.value === other.value;
  return other.kind === 'set' && one.map === other.map && one.key === other.key;
}

/** Only a scalar on one line gives way to another one; its quotes stay where the new one is text too. */
function replace(value: Value, to: Plain, map: MapValue, layout: Layout): TextEdit[] | null {
  if (typeof to === 'object') return null;
  const { text } = layout;
  const node = layout.node(value.start);
  if (node.decorated) return null;
  if (node.style === 'nothing') {
    if (text[node.start - 1] !== ':') return null;
    return [{ start: node.start, end: node.start, text: ` ${scalarText(to, '')}` }];
  }
  const old = text.slice(node.start, node.end);
  if (node.style !== 'scalar' || !/^[^|>\n][^\n]*$/.test(old)) return null;
  const isJson = layout.node(map.start).style === 'flow' && quoteAt(text, map.value.keyStarts[0]!) === '"';
  const quote = quoteAt(old, 0) || (isJson ? '"' : '');
  return [{ start: node.start, end: node.end, text: scalarText(to, quote) }];
}
