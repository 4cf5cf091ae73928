import type { Source } from '../source/source.ts';

/**
 * What a rule file tells people about a rule: the comment directly above it, else the one at the top of the file.
 * The text has its line breaks, but neither the marks of the comment nor lines that only decorate it; null: nothing is
 * said.
 *
 * This goes by the text alone, because parsed rules that come from a cache know of no comments. A rule whose name does
 * not stand behind `rule` at the start of a line, such as the default rule, has the comment of its file.
 */
export function ruleComment({ text }: Source, name: string): string | null {
  const lines = text.split(/\r?\n/);
  const head = new RegExp(`^\\s*rule\\s+${name}(?![\\p{L}\\p{N}_])`, 'u');
  const at = lines.findIndex((line) => head.test(line));
  return (at === -1 ? null : prose(commentAbove(lines, at))) ?? prose(commentOfFile(lines));
}

const COMMENT = /^\s*#/;

function commentAbove(lines: readonly string[], at: number): string[] {
  const before = lines.slice(0, at).findLastIndex((line) => !COMMENT.test(line));
  return lines.slice(before + 1, at);
}

/** The first lines, unless a rule follows them closely: then they are about that rule only. */
function commentOfFile(lines: readonly string[]): string[] {
  const start = Math.max(
    lines.findIndex((line) => line.trim() !== ''),
    0,
  );
  const rest = lines.slice(start);
  const length = rest.findIndex((line) => !COMMENT.test(line));
  if (length === -1) return rest;
  return /^\s*rule\s/.test(rest[length] ?? '') ? [] : rest.slice(0, length);
}

function prose(comment: readonly string[]): string | null {
  const text = comment
    .map((line) => line.replace(/^\s*#+ ?/, '').trimEnd())
    .map((line) => (/^[\s#=*~_-]*$/.test(line) ? '' : line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  return text === '' ? null : text;
}
