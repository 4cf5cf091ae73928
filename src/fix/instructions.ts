import { applyEdits, type TextEdit } from './edit.ts';
import { diffLines, type Hunk, linesOf } from './line-diff.ts';

/** What people have to do by hand. */
export interface Instructions {
  /** 1-based line that it is about. */
  readonly line: number;
  /** Ends with a colon when lines follow. */
  readonly message: string;
  /** As they have to be written, indentation included. */
  readonly lines: readonly string[];
}

/** A longer line is not printed as a whole. */
const LONGEST = 160;

/** Tells how to make edits of one place by hand. */
export function instructions(text: string, edits: readonly TextEdit[]): Instructions {
  const start = text.lastIndexOf('\n', Math.min(...edits.map((edit) => edit.start)) - 1) + 1;
  const feed = text.indexOf('\n', Math.max(...edits.map((edit) => edit.end)));
  const window = text.slice(start, feed === -1 ? undefined : feed + 1);
  const above = countLineFeeds(text, start);
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const before = linesOf(window);
  const after = linesOf(applyEdits(window, moved));
  const hunks = diffLines(before, after).map((hunk) => lastLineCompleted(hunk, before, after));
  const first = hunks[0]!;
  const last = hunks.at(-1)!;
  const removed = last.at + last.removed - first.at;
  const lines = after.slice(first.to, last.to + last.added).map((line) => line.replace(/\r?\n$/, ''));
  const line = above + first.at;
  if (lines.some(({ length }) => length > LONGEST)) return inLongLine(text, edits);
  if (removed === 0) return { line, message: `add below line ${line}:`, lines };
  const place = removed === 1 ? `line ${line + 1}` : `lines ${line + 1} to ${line + removed}`;
  return lines.length === 0
    ? { line: line + 1, message: `remove ${place}`, lines }
    : { line: line + 1, message: `change ${place} to:`, lines };
}

function countLineFeeds(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** A line that only gets a line break, because it was the last one, stays as it is. */
function lastLineCompleted(hunk: Hunk, before: readonly string[], after: readonly string[]): Hunk {
  const { at, removed, to, added } = hunk;
  const isSame = removed === 1 && added > 1 && after[to]?.replace(/\r?\n$/, '') === before[at];
  return isSame ? { at: at + 1, removed: 0, to: to + 1, added: added - 1 } : hunk;
}

function inLongLine(text: string, edits: readonly TextEdit[]): Instructions {
  const { start, end, text: added } = edits[0]!;
  const line = countLineFeeds(text, start) + 1;
  const place = `line ${line}, behind character ${start - text.lastIndexOf('\n', start - 1) - 1}`;
  const removed = text.slice(start, end);
  if (removed === '') return { line, message: `in ${place}, add:`, lines: [added] };
  return added === ''
    ? { line, message: `in ${place}, remove:`, lines: [removed] }
    : { line, message: `in ${place}, change \`${removed}\` to:`, lines: [added] };
}
