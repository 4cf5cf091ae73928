import type { RuleDescription } from '../report/describe-rule.ts';
import type { Colours } from './colours.ts';
import { printable } from './printable.ts';

/** Rules under the pack or file that they are from, one line each. */
export function renderRuleList(rules: readonly RuleDescription[], colours: Colours): string {
  const { bold, cyan, dim } = colours;
  const width = Math.max(0, ...rules.map(({ name }) => printable(name).length));
  const lines = rules.flatMap((rule, at) => {
    const heading = headingOf(rule);
    const before = rules[at - 1];
    const isFirst = before === undefined || headingOf(before) !== heading;
    const line = `  ${cyan(printable(rule.name).padEnd(width))}  ${printable(rule.summary ?? '')}`.trimEnd();
    return [...(isFirst && at > 0 ? [''] : []), ...(isFirst ? [bold(heading)] : []), line];
  });
  const count = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`;
  return [...lines, ...(rules.length === 0 ? [] : ['']), dim(count), ''].join('\n');
}

function headingOf({ pack, file }: RuleDescription): string {
  return pack === null ? printable(file) : `pack ${pack}`;
}

/** Rules as plain data, for other programs. */
export function ruleListJson(rules: readonly RuleDescription[]): string {
  return `${JSON.stringify({ version: 1, rules }, null, 2)}\n`;
}
