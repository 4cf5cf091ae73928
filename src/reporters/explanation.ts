import type { RuleDescription } from '../report/describe-rule.ts';
import type { Colours } from './colours.ts';
import { printable, printableLines } from './printable.ts';

/** What is known of a rule, for people: where it is from, why it is there, how to satisfy it, and its text. */
export function renderExplanation(
  rule: RuleDescription,
  { colours, active }: { readonly colours: Colours; readonly active: boolean },
): string {
  const { bold, cyan, dim } = colours;
  const { name, pack, file, line, help, messages, texts } = rule;
  const origin = pack === null ? '' : ` · pack ${pack}${active ? '' : ', which is not active here'}`;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', bold(title), ...lines.map((text) => (text === '' ? '' : `  ${text}`))];
  const why =
    help === null ? [dim('Its file does not say. A comment above the rule would.')] : printableLines(help);
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
    ...section('Why', why),
    ...section('How to fix', messages.flatMap(bullet)),
    ...section('Rule', code),
    ...section('More', links),
  ];
  return `${lines.join('\n')}\n`;
}

function bullet(message: string): string[] {
  return printableLines(message).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
}

/** Addresses on the web, without the punctuation of the sentence around them. */
function linksIn(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/[^\s<>()[\]"'`]*[^\s<>()[\]"'`.,;:!?]/g) ?? [])].map(printable);
}
