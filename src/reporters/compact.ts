import type { Counts, Remark, Report, ReportFinding, Shard, Totals } from '../report/report.ts';
import { remembering } from '../source/remembering.ts';
import type { Colours } from './colours.ts';
import { LEVEL_NAMES, remarkLevel } from './level.ts';
import { printable } from './printable.ts';
import { subjectOf, textOf } from './subject.ts';
import type { View } from './view.ts';

/** One line per violation. */
export function compact(report: Report, view: View): string {
  const lines = alignedLines(rowsOf(report, view), view);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** One line that sums up; nothing when all is well and nobody watches. */
export function compactSummary(totals: Totals, view: View): string {
  const summary = view.quiet ? null : summaryOf(totals, view);
  return summary === null ? '' : `${summary}\n`;
}

/** A line in columns; what is said at its end may be any length. */
interface Row {
  readonly place: string;
  /** What a finding is about, and its rule. */
  readonly columns: { readonly subject: string; readonly rule: string } | undefined;
  readonly word: string | undefined;
  readonly message: string;
}

function rowsOf({ findings, unknowns, remarks }: Report, { quiet, unknowns: listing }: View): Row[] {
  if (quiet) return findings.filter(({ level }) => level === 'error').map((each) => findingRow(each));
  return [
    ...findings.map((each) => findingRow(each, each.level === 'error' ? undefined : LEVEL_NAMES[each.level])),
    ...(listing ? unknowns.map((each) => findingRow(each, 'undecided')) : []),
    ...remarks.map(remarkRow),
  ];
}

/** A few rules have most of the findings, and say the same about each. */
const printableAgain = remembering(printable);

function findingRow(finding: ReportFinding, word?: string): Row {
  const { file, line, column } = finding;
  return {
    place: `${printable(file)}:${line}:${column}`,
    columns: { subject: printable(subjectOf(finding)), rule: printableAgain(finding.rule) },
    word,
    message: printableAgain(textOf(finding)),
  };
}

function remarkRow(remark: Remark): Row {
  const { file, line, column, message } = remark;
  return {
    place: [printable(file), line, column].filter((part) => part !== undefined).join(':'),
    columns: undefined,
    word: LEVEL_NAMES[remarkLevel(remark)],
    message: printable(message),
  };
}

function alignedLines(rows: readonly Row[], { colours, terminal }: View): string[] {
  const widest = (textOf: (row: Row) => string) =>
    terminal ? rows.reduce((width, row) => Math.max(width, textOf(row).length), 0) : 0;
  const widths = {
    place: widest((row) => row.place),
    subject: widest(({ columns }) => columns?.subject ?? ''),
    rule: widest(({ columns }) => columns?.rule ?? ''),
  };
  // A run may have thousands of lines, so nothing is made for one but its text.
  return rows.map(({ place, columns, word, message }) => {
    const start = colours.cyan(place.padEnd(widths.place));
    const middle =
      columns === undefined
        ? ''
        : `  ${colours.bold(columns.subject.padEnd(widths.subject))}  ${colours.dim(columns.rule.padEnd(widths.rule))}`;
    return `${start}${middle}  ${word === undefined ? '' : `${inItsColour(word, colours)} `}${message}`;
  });
}

function inItsColour(word: string, colours: Colours): string {
  return word === LEVEL_NAMES.info ? colours.dim(`${word}:`) : colours.yellow(`${word}:`);
}

function summaryOf(totals: Totals, view: View): string | null {
  const { counts, diagnostics, staged, shard, elapsed } = totals;
  const { colours } = view;
  const others = othersOf(counts);
  const templates = judgedTemplates(totals);
  const time = elapsed === undefined ? 'as before' : `${Math.round(elapsed)} ms`;
  const cost = `${others}${counted(counts.rules, 'rule')}${partOf(shard)} · ${time}`;
  if (counts.failedTemplates > 0 || diagnostics.length > 0) {
    const place = counts.failedTemplates === 0 ? '' : ` in ${counts.failedTemplates} of ${templates}`;
    const failed = counts.violations > 0 || diagnostics.length > 0;
    const outcome = failed && view.committing ? ' · commit rejected' : '';
    return `${objections(totals, colours)}${place} · ${cost}${outcome}`;
  }
  // Whoever pipes the output wants to know of what is not shown in it, too.
  if (!view.terminal && others === '') return null;
  if (counts.templates === 0)
    return staged ? null : colours.dim(`no template among the given files${partOf(shard)}`);
  return `${colours.green('✔')} ${colours.dim(`${templates} · ${cost}`)}`;
}

/** What was found, in the colour of the worst of it. */
function objections({ counts, diagnostics }: Totals, colours: Colours): string {
  const { violations, warnings, notes } = counts;
  const text = [
    [violations, 'violation'] as const,
    [diagnostics.length, 'problem'] as const,
    [warnings, 'warning'] as const,
    [notes, 'note'] as const,
  ]
    .filter(([count]) => count > 0)
    .map(([count, noun]) => counted(count, noun))
    .join(', ');
  if (violations > 0 || diagnostics.length > 0) return colours.red(`✖ ${text}`);
  return warnings > 0 ? colours.yellow(`⚠ ${text}`) : colours.green(`✔ ${text}`);
}

function judgedTemplates(totals: Totals): string {
  const { counts, staged } = totals;
  return `${counted(counts.templates, staged ? 'staged template' : 'template')}${nothingToJudge(totals)}`;
}

/** A template that no rule compared anything in has not passed. */
function nothingToJudge({ templates }: Totals): string {
  const count = templates.filter(({ status }) => status === 'SKIP').length;
  return count === 0 ? '' : ` (${count} with nothing to judge)`;
}

/** What is neither a violation nor a pass, each with a dot behind it. */
function othersOf({ unknown, suppressed, old }: Counts): string {
  return [[unknown, 'undecided'] as const, [suppressed, 'excused'] as const, [old, 'old'] as const]
    .map(([count, word]) => (count === 0 ? '' : `${count} ${word} · `))
    .join('');
}

function partOf(shard: Shard | undefined): string {
  return shard === undefined ? '' : ` · shard ${shard.index} of ${shard.count}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
