import type { Source } from '../source/source.ts';

/**
 * What a rule file tells people about a rule: the comment directly above it, else the one at the top of the file.
 * The text has its line breaks, but neither the marks of the comment nor lines that only decorate it; null: nothing is
 * said. A title in a frame of empty or decorating lines heads a part of the file, and says nothing about a rule.
 *
 * This goes by the text alone, because parsed rules that come from a cache know of no comments. A rule whose name does
 * not stand behind `rule` at the start of a line, such as the default rule, has the comment of its file.
 */
export function ruleComment({ text }: Source, name: string): string | null {
  const lines = text.split(/\r?\n/);
  const head = new RegExp(`^\\s*rule\\s+${name}(?![\\p{L}\\p{N}_])`, 'u');
  const at = lines.findIndex((line) => head.test(line));
  const own = at === -1 ? [] : commentAbove(lines, at);
  return (isHeading(own) ? null : prose(own)) ?? prose(commentOfFile(lines));
}

const COMMENT = /^\s*#/;
/** A line with marks at both of its ends, as in a box. */
const FRAMED = /^\s*#+\s+(\S.*?)\s+#+\s*$/;

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

function isHeading(comment: readonly string[]): boolean {
  const texts = comment.map((line) => prose([line]));
  return texts[0] === null && texts.at(-1) === null && texts.filter((text) => text !== null).length === 1;
}

function prose(comment: readonly string[]): string | null {
  const text = comment
    .map((line) => FRAMED.exec(line)?.[1] ?? line.replace(/^\s*#+ ?/, '').trimEnd())
    .map((line) => (/^[\s#=*~_-]*$/.test(line) ? '' : line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  return text === '' ? null : text;
}
