import type { RuleDescription } from '../report/describe-rule.ts';
import type { PageSection, RulePage } from '../report/rule-page.ts';
import type { Colours } from './colours.ts';
import { printable, printableLines } from './printable.ts';

/**
 * What is known of a rule, for people: where it is from, why it is there, how to satisfy it, and its text.
 *
 * @param page about it; null when there is none
 */
export function renderExplanation(
  rule: RuleDescription,
  page: RulePage | null,
  { colours, active }: { readonly colours: Colours; readonly active: boolean },
): string {
  const { bold, cyan, dim } = colours;
  const { name, pack, file, line, help, messages, texts } = rule;
  const origin = pack === null ? '' : ` · pack ${pack}${active ? '' : ', which is not active here'}`;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', bold(title), ...lines.map((text) => (text === '' ? '' : `  ${text}`))];
  const about =
    help === null ? [dim('Its file does not say. A comment above the rule would.')] : printableLines(help);
  const reasons =
    page === null
      ? [...section('Why', about), ...section('How to fix', messages.flatMap(bullet))]
      : [
          ...section('What', withoutLinks(about)),
          ...page.flatMap((each) => section(each.title, linesOf(each))),
          ...section('Messages', messages.flatMap(bullet)),
        ];
  const links = linksIn([help ?? '', ...messages].join('\n'));
  const width = String(Math.max(...texts.map((each) => each.line + each.text.split('\n').length - 1))).length;
  const code = texts.flatMap((each, at) => [
    ...(at === 0 ? [] : ['']),
    ...printableLines(each.text).map((text, below) =>
      `${dim(String(each.line + below).padStart(width))}  ${text}`.trimEnd(),
    ),
  ]);
  const lines = [
    `${bold(printable(name))}${origin} · ${cyan(`${printable(file)}:${line}`)}`,
    ...reasons,
    ...section('Rule', code),
    ...section('More', links),
  ];
  return `${lines.join('\n')}\n`;
}

/** Links that stand on lines of their own come at the end of all. */
function withoutLinks(lines: readonly string[]): string[] {
  return lines
    .filter((line) => !/^https:\S+$/.test(line))
    .join('\n')
    .trimEnd()
    .split('\n');
}

/** The lines of a section, with its examples indented instead of fenced. */
function linesOf({ text }: PageSection): string[] {
  let indent = '';
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('```')) return [line === '' ? '' : `${indent}${line}`];
    indent = indent === '' ? '  ' : '';
    return [];
  });
}

function bullet(message: string): string[] {
  return printableLines(message).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
}

/** Addresses on the web, without the punctuation of the sentence around them. */
function linksIn(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/[^\s<>()[\]"'`]*[^\s<>()[\]"'`.,;:!?]/g) ?? [])].map(printable);
}
