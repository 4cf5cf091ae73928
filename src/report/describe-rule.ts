import type { Rule } from '../language/ast.ts';
import { ruleComment } from '../language/rule-comment.ts';
import type { Source } from '../source/source.ts';
import { ruleSummary } from './rule-summary.ts';

/** What a rule file tells about one of its rules. Plain JSON. */
export interface RuleDescription {
  readonly name: string;
  /** The pack it comes with; null when it is from a file of the user. */
  readonly pack: string | null;
  /** Rule file the rule stands in. */
  readonly file: string;
  /** 1-based; where the rule begins. */
  readonly line: number;
  /** One line; null when the file says nothing about the rule. */
  readonly summary: string | null;
  /** What the file's comments say about it, with line breaks; null when they say nothing. */
  readonly help: string | null;
  /** What its checks say when they fail, without repeats, with line breaks. */
  readonly messages: readonly string[];
  /** The rule as it is written, once for each rule of this name. */
  readonly texts: readonly RuleText[];
}

export interface RuleText {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** @param definitions the rules of one name in `source`; at least one */
export function describeRule({
  name,
  pack,
  source,
  definitions,
}: Pick<RuleDescription, 'name' | 'pack'> & {
  readonly source: Source;
  readonly definitions: readonly Rule[];
}): RuleDescription {
  const help = ruleComment(source, name);
  const messages = [...new Set(definitions.flatMap(messagesIn).map(trimLines))];
  const texts = definitions.map(({ span }) => ({
    line: source.position(span.start).line,
    text: source.text.slice(span.start, span.end).trimEnd(),
  }));
  return {
    name,
    pack,
    file: source.name,
    line: texts[0]?.line ?? 1,
    summary: help === null ? (messages[0]?.split('\n', 1)[0] ?? null) : ruleSummary(help),
    help,
    messages,
    texts,
  };
}

/** Every message in a part of a syntax tree, in the order of the text. */
function messagesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) =>
    name === 'message' && typeof child === 'string' ? [child] : messagesIn(child),
  );
}

function trimLines(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
