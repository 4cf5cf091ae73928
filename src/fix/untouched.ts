import { diffLines, linesOf } from './line-diff.ts';
import type { MayEdit } from './workpiece.ts';

/**
 * Tells which edits of a text leave what somebody has written there since an older version: those that only add, or whose
 * lines are as they were. Line breaks do not count, since git may have made others of them.
 */
export function leavesAlone(older: string, text: string): MayEdit {
  const lines = (of: string) => linesOf(of).map((line) => line.replace(/\r?\n$/, ''));
  const written = new Set<string>();
  const current = lines(text);
  for (const { to, added } of diffLines(lines(older), current))
    for (const line of current.slice(to, to + added)) written.add(line);
  return (now, edits) =>
    edits.every(
      ({ start, end }) => start === end || !linesAround(now, start, end).some((line) => written.has(line)),
    );
}

/** The lines that a range touches. */
function linesAround(text: string, start: number, end: number): string[] {
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const feed = text.indexOf('\n', end);
  return text.slice(first, feed === -1 ? undefined : feed).split(/\r?\n/);
}
