import type { RuleDescription } from '../report/describe-rule.ts';
import type { ReportFinding } from '../report/report.ts';
import type { Colours } from './colours.ts';
import { printable } from './printable.ts';

/** Rules that are active somewhere. */
export interface RuleList {
  /** The settings file that chooses them, as the user knows it; null when there is none. */
  readonly settings: string | null;
  readonly rules: readonly ListedRule[];
}

export interface ListedRule extends RuleDescription {
  /** How much a violation weighs. */
  readonly level: ReportFinding['level'] | 'off';
}

/** Rules under the pack or file that they are from, one line each. */
export function renderRuleList({ settings, rules }: RuleList, colours: Colours): string {
  const { bold, cyan, dim } = colours;
  const width = Math.max(0, ...rules.map(({ name }) => printable(name).length));
  const lines = rules.flatMap((rule, at) => {
    const heading = headingOf(rule);
    const before = rules[at - 1];
    const isFirst = before === undefined || headingOf(before) !== heading;
    const name = cyan(printable(rule.name).padEnd(width));
    const line = `  ${name}  ${rule.level.padEnd(5)}  ${printable(rule.summary ?? '')}`.trimEnd();
    return [...(isFirst && at > 0 ? [''] : []), ...(isFirst ? [bold(heading)] : []), line];
  });
  const count = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`;
  const from = settings === null ? 'no settings file' : `settings: ${printable(settings)}`;
  return [...lines, ...(rules.length === 0 ? [] : ['']), dim(`${count} · ${from}`), ''].join('\n');
}

function headingOf({ pack, file }: RuleDescription): string {
  return pack === null ? printable(file) : `pack ${pack}`;
}

/** Rules as plain data, for other programs. */
export function ruleListJson(list: RuleList): string {
  return `${JSON.stringify({ version: 1, ...list }, null, 2)}\n`;
}
