import type { Counts, Remark, Report, ReportFinding, Shard } from '../report/report.ts';
import { printable } from './printable.ts';
import { subjectOf, textOf } from './subject.ts';
import type { View } from './view.ts';

/** One line per violation, then one line that sums up; nothing when all is well and nobody watches. */
export function compact(report: Report, view: View): string {
  const unknowns = view.unknowns ? report.unknowns.map(withWord('not decided')) : [];
  const lines = [
    ...findingLines([...report.findings.map(withLevel), ...unknowns], view),
    ...(view.quiet ? [] : report.remarks.map((remark) => remarkLine(remark, view))),
  ];
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

function withLevel(finding: ReportFinding): ReportFinding {
  return finding.level === 'error' ? finding : withWord(LEVEL_WORDS[finding.level])(finding);
}

const LEVEL_WORDS = { warn: 'warning', info: 'note' } as const;

function withWord(word: string): (finding: ReportFinding) => ReportFinding {
  return (finding) => ({ ...finding, message: `${word}: ${finding.message}` });
}

function remarkLine({ file, line, column, message }: Remark, { colours }: View): string {
  const place = [printable(file), line, column].filter((part) => part !== undefined).join(':');
  return `${colours.cyan(place)}  ${colours.dim(printable(message))}`;
}

function rowOf(finding: ReportFinding): Row {
  const { file, line, column } = finding;
  return {
    place: `${printable(file)}:${line}:${column}`,
    subject: printable(subjectOf(finding)),
    rule: printable(finding.rule),
    message: printable(textOf(finding)),
  };
}

function summaryOf(report: Report, view: View): string | null {
  if (view.quiet) return null;
  const { violations, failedTemplates, templates, rules } = report.counts;
  const others = othersOf(report.counts);
  const { colours } = view;
  const kind = report.staged ? 'staged template' : 'template';
  const cost = `${others}${counted(rules, 'rule')}${partOf(report.shard)} · ${Math.round(report.elapsed)} ms`;
  const failed = violations > 0 || report.diagnostics.length > 0;
  const outcome = failed && view.committing ? ' · commit rejected' : '';
  if (violations > 0)
    return (
      colours.red(`✖ ${counted(violations, 'violation')}`) +
      ` in ${failedTemplates} of ${counted(templates, kind)} · ${cost}${outcome}`
    );
  if (failed)
    return `${colours.red(`✖ ${counted(report.diagnostics.length, 'problem')}`)} · ${cost}${outcome}`;
  // Whoever pipes the output wants to know of what is not shown in it, too.
  if (!view.terminal && others === '') return null;
  if (templates === 0)
    return report.staged ? null : colours.dim(`no template among the given files${partOf(report.shard)}`);
  return `${colours.green('✔')} ${colours.dim(`${counted(templates, kind)} · ${cost}`)}`;
}

/** What is neither a violation nor a pass, each with a dot behind it. */
function othersOf({ warnings, notes, unknown, suppressed, old }: Counts): string {
  return [
    [warnings, counted(warnings, 'warning')],
    [notes, counted(notes, 'note')],
    [unknown, `${unknown} not decided`],
    [suppressed, `${suppressed} excused`],
    [old, `${old} old`],
  ]
    .map(([count, text]) => (count === 0 ? '' : `${text} · `))
    .join('');
}

function partOf(shard: Shard | undefined): string {
  return shard === undefined ? '' : ` · shard ${shard.index} of ${shard.count}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
