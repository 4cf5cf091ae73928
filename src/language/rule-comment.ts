import type { Source } from '../source/source.ts';

/**
 * What a rule file tells people about a rule: the comment directly above it, else the one at the top of the file.
 * The text has its line breaks, but neither the marks of the comment nor lines that only decorate it; null: nothing is
 * said. A title in a frame of empty or decorating lines heads a part of the file, and says nothing about a rule.
 *
 * This goes by the text alone, because parsed rules that come from a cache know of no comments. A rule whose name does
 * not stand behind `rule` at the start of a line, such as the default rule, has the comment of its file.
 */
export function ruleComment(source: Source, name: string): string | null {
  const { lines, heads, ofFile } = outlineOf(source);
  const at = heads.get(name);
  const own = at === undefined ? [] : commentAbove(lines, at);
  return (isHeading(own) ? null : prose(own)) ?? ofFile;
}

interface Outline {
  readonly lines: readonly string[];
  /** Index of the line on which a rule begins, by its name; the first of several. */
  readonly heads: ReadonlyMap<string, number>;
  /** The comment of the file. */
  readonly ofFile: string | null;
}

/** A file is looked through once, not for each of its rules. */
const outlines = new WeakMap<Source, Outline>();

function outlineOf(source: Source): Outline {
  let outline = outlines.get(source);
  if (outline === undefined) {
    outline = outlineOfText(source.text);
    outlines.set(source, outline);
  }
  return outline;
}

function outlineOfText(text: string): Outline {
  const lines = text.split(/\r?\n/);
  const heads = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    const name = /^\s*rule\s+([\p{Alphabetic}\p{N}_]+)/u.exec(line)?.[1];
    if (name !== undefined && !heads.has(name)) heads.set(name, at);
  }
  return { lines, heads, ofFile: prose(commentOfFile(lines)) };
}

const COMMENT = /^\s*#/;
/** A line with marks at both of its ends, as in a box. */
const FRAMED = /^\s*#+\s+(\S.*?)\s+#+\s*$/;

function commentAbove(lines: readonly string[], at: number): string[] {
  let start = at;
  while (start > 0 && COMMENT.test(lines[start - 1] ?? '')) start--;
  return lines.slice(start, at);
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
