import type { EventRecord } from '../../engine/record.ts';
import type { Status } from '../../engine/status.ts';
import { ruleName } from '../../report/record-context.ts';
import type { Source } from '../../source/source.ts';
import { paint, paintStatus } from './colours.ts';
import type { NativeView } from './view.ts';

const HEADINGS: readonly (readonly [Status, string])[] = [
  ['SKIP', 'SKIP rules'],
  ['PASS', 'PASS rules'],
  ['FAIL', 'FAILED rules'],
];

/** Which rules were skipped, passed and failed, as far as the view asks for them. */
export function summaryTable(
  record: EventRecord,
  rules: Source,
  dataName: string,
  { summary, colours }: NativeView,
): string {
  const groups = groupsOf(record, rules);
  const all = record.children.flatMap(({ event }) =>
    event.kind === 'rule' ? [shortName(ruleName(event.rule, rules), rules)] : [],
  );
  const width = 4 + Math.max(0, ...all.map((name) => Buffer.byteLength(name)));
  const sections = HEADINGS.filter(([status]) => summary.has(status) && groups[status].size > 0);
  if (sections.length === 0) return '';
  const lines = [`${dataName} Status = ${paintStatus(record.status, colours)}`];
  for (const [status, heading] of sections) {
    lines.push(paint(heading, 'bold', colours));
    for (const name of groups[status]) {
      lines.push(`${rules.name}/${shortName(name, rules).padEnd(width)}${paintStatus(status, colours)}`);
    }
  }
  return `${lines.join('\n')}\n---\n`;
}

/** Rule names by status in the order of the file. A name that several rules share is skipped only if all were. */
function groupsOf(record: EventRecord, rules: Source): { readonly [status in Status]: Set<string> } {
  const groups = { PASS: new Set<string>(), FAIL: new Set<string>(), SKIP: new Set<string>() };
  for (const { event, status } of record.children) {
    if (event.kind === 'rule') groups[status].add(ruleName(event.rule, rules));
  }
  for (const name of groups.SKIP) {
    if (groups.PASS.has(name) || groups.FAIL.has(name)) groups.SKIP.delete(name);
  }
  return groups;
}

function shortName(name: string, rules: Source): string {
  const prefix = `${rules.name}/`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
