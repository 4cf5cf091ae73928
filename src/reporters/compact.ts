import type { Report, ReportFinding, Shard } from '../report/report.ts';
import { printable } from './printable.ts';
import { subjectOf } from './subject.ts';
import type { View } from './view.ts';

/** One line per violation, then one line that sums up; nothing when all is well and nobody watches. */
export function compact(report: Report, view: View): string {
  const lines = findingLines(report.findings, view);
  const summary = summaryOf(report, view);
  if (summary !== null) lines.push(...(lines.length > 0 ? [''] : []), summary);
  return lines.map((line) => `${line}\n`).join('');
}

interface Row {
  readonly place: string;
  readonly subject: string;
  readonly rule: string;
  readonly message: string;
}

function findingLines(findings: readonly ReportFinding[], view: View): string[] {
  const rows = findings.map(rowOf);
  const width = (column: 'place' | 'subject' | 'rule') =>
    view.terminal ? rows.reduce((widest, row) => Math.max(widest, row[column].length), 0) : 0;
  const [place, subject, rule] = [width('place'), width('subject'), width('rule')];
  const { colours } = view;
  return rows.map((row) =>
    [
      colours.cyan(row.place.padEnd(place)),
      colours.bold(row.subject.padEnd(subject)),
      colours.dim(row.rule.padEnd(rule)),
      row.message,
    ].join('  '),
  );
}

function rowOf(finding: ReportFinding): Row {
  const { file, line, column } = finding;
  return {
    place: `${printable(file)}:${line}:${column}`,
    subject: printable(subjectOf(finding)),
    rule: printable(finding.rule),
    message: printable(finding.message),
  };
}

function summaryOf(report: Report, view: View): string | null {
  if (view.quiet) return null;
  const { violations, failedTemplates, templates, rules } = report.counts;
  const { colours } = view;
  const kind = report.staged ? 'staged template' : 'template';
  const cost = `${counted(rules, 'rule')}${partOf(report.shard)} · ${Math.round(report.elapsed)} ms`;
  const failed = violations > 0 || report.diagnostics.length > 0;
  const outcome = failed && view.committing ? ' · commit rejected' : '';
  if (violations > 0)
    return (
      colours.red(`✖ ${counted(violations, 'violation')}`) +
      ` in ${failedTemplates} of ${counted(templates, kind)} · ${cost}${outcome}`
    );
  if (failed)
    return `${colours.red(`✖ ${counted(report.diagnostics.length, 'problem')}`)} · ${cost}${outcome}`;
  if (!view.terminal) return null;
  if (templates === 0)
    return report.staged ? null : colours.dim(`no template among the given files${partOf(report.shard)}`);
  return `${colours.green('✔')} ${colours.dim(`${counted(templates, kind)} · ${cost}`)}`;
}

function partOf(shard: Shard | undefined): string {
  return shard === undefined ? '' : ` · shard ${shard.index} of ${shard.count}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
