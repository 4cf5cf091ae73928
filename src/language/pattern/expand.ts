import { raising } from '../../source/limits.ts';
import type { Slots } from './automaton.ts';
import { createEngine } from './engine.ts';
import { PatternLimitError } from './limit.ts';
import { parsePattern } from './parse.ts';

/**
 * The replacement, expanded for every match of a pattern and concatenated.
 *
 * `$1` and `$name` stand for groups, `${1}x` and `${name}x` too, `$$` for a dollar sign. Without braces the longest name
 * counts; unknown groups and such that took no part are empty.
 *
 * @param longest characters that the result may have, since replacing it again and again would soon fill the memory
 * @throws {PatternSyntaxError} when the native engine rejects the pattern
 * @throws {PatternLimitError} when a match is given up
 */
export function expandMatches(
  pattern: string,
  subject: string,
  replacement: string,
  longest: number,
): string {
  const tree = parsePattern(pattern);
  const engine = createEngine(tree, pattern);
  let text = '';
  let from = 0;
  let lastEnd: number | undefined;
  while (from <= subject.length) {
    const slots = engine.find(subject, from);
    if (slots === undefined) break;
    const [start = 0, end = 0] = slots;
    const empty = start === end;
    from = empty ? end + characterLength(subject, end) : end;
    // An empty match right behind another match does not count.
    if (empty && end === lastEnd) continue;
    lastEnd = end;
    text += expand(replacement, (name) => groupText(name, subject, slots, tree.groupNames));
    if (text.length > longest)
      throw new PatternLimitError(
        pattern,
        `makes a text of more than ${longest} characters; ${raising('text')}`,
      );
  }
  return text;
}

function characterLength(subject: string, at: number): number {
  return (subject.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function expand(replacement: string, groupText: (name: string) => string): string {
  const reference = /\$(?:(\$)|\{([\p{Alphabetic}\p{N}_]+)\}|([\p{Alphabetic}\p{N}_]+))/gu;
  return replacement.replace(reference, (_, dollar?: string, braced?: string, bare?: string) => {
    return dollar ?? groupText(braced ?? bare ?? '');
  });
}

function groupText(name: string, subject: string, slots: Slots, names: ReadonlyMap<string, number>): string {
  const group = names.get(name) ?? (/^\d{1,9}$/.test(name) ? Number(name) : undefined);
  if (group === undefined) return '';
  const start = slots[2 * group];
  const end = slots[2 * group + 1];
  return start === undefined || end === undefined || start === -1 ? '' : subject.slice(start, end);
}
