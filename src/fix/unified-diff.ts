import { diffLines, type Hunk, linesOf } from './line-diff.ts';

/** Lines around a difference. */
const CONTEXT = 3;

/**
 * The difference of two versions of a file, as `git diff` prints it and `git apply` reads it; empty when there is none.
 *
 * @param path as the user knows it, with forward slashes
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const groups = grouped(diffLines(old, fresh));
  if (groups.length === 0) return '';
  const body = groups.map((hunks) => section(hunks, old, fresh));
  return `--- ${quoted(`a/${path}`)}\n+++ ${quoted(`b/${path}`)}\n${body.join('')}`;
}

/** Differences whose surroundings touch are shown together. */
function grouped(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && hunk.at - (last.at + last.removed) <= 2 * CONTEXT) groups.at(-1)!.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

function section(hunks: readonly Hunk[], old: readonly string[], fresh: readonly string[]): string {
  const first = hunks[0]!;
  const last = hunks.at(-1)!;
  const before = Math.min(CONTEXT, first.at);
  const behind = Math.min(CONTEXT, old.length - last.at - last.removed);
  const oldCount = last.at + last.removed + behind - (first.at - before);
  const newCount = last.to + last.added + behind - (first.to - before);
  const lines: string[] = [];
  let at = first.at - before;
  for (const hunk of hunks) {
    lines.push(...marked(' ', old.slice(at, hunk.at)));
    lines.push(...marked('-', old.slice(hunk.at, hunk.at + hunk.removed)));
    lines.push(...marked('+', fresh.slice(hunk.to, hunk.to + hunk.added)));
    at = hunk.at + hunk.removed;
  }
  lines.push(...marked(' ', old.slice(at, at + behind)));
  const head = `@@ -${range(first.at - before, oldCount)} +${range(first.to - before, newCount)} @@\n`;
  return head + lines.join('');
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.map((line) => mark + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`));
}

/** Lines count from 1; a range of none names the line before it. */
function range(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

/** Git puts names with unusual characters into quotes, with C's escapes. */
function quoted(path: string): string {
  return /["\\\u0000-\u001f\u007f]/.test(path) ? JSON.stringify(path) : path;
}
