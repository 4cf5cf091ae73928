import type { Level } from '../config/settings.ts';
import type { Remark, ReportFinding, SuppressedFinding, TemplateReport } from '../report/report.ts';
import type { Suppression } from '../report/suppression.ts';
import type { FileVerdict, NamelessFinding } from '../report/verdict.ts';
import { Excuses } from './excuses.ts';

/** What a project wants to hear about one of its files. */
export interface Standards {
  levelOf(rule: string): Level;
  /** What the settings excuse in the file. */
  readonly excuses: readonly Excuse[];
  /** Whether violations that were there before the change do not count. */
  readonly onlyNew: boolean;
  /** Whether what cannot be decided is a violation. */
  readonly failOnUnknown: boolean;
  /** The day, as `2027-03-31`. */
  readonly today: string;
}

export interface Excuse extends Suppression {
  /** Logical id; null: all resources of the file. */
  readonly resource: string | null;
  /** Whether it is about this file only and its rule is known to be active, so that it is useless when nothing needs it. */
  readonly telling?: boolean;
}

/** A file with what judging it came to. */
export interface JudgedFile {
  readonly path: string;
  readonly verdict: FileVerdict;
  /** Verdicts on the versions that the change starts from; null when these are not known, and then everything is new. */
  readonly before: readonly FileVerdict[] | null;
}

/** What of a verdict goes into the report. */
export interface Assessment {
  /** Null: the file is no template. */
  readonly template: TemplateReport | null;
  readonly findings: readonly ReportFinding[];
  readonly unknowns: readonly ReportFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly remarks: readonly Remark[];
  /** How many violations do not count because they are not new. */
  readonly old: number;
}

/** Settles what counts, and for how much. */
export function assess({ path, verdict, before }: JudgedFile, standards: Standards): Assessment {
  const excuses = new Excuses(path, verdict, standards);
  const suppressed: SuppressedFinding[] = [];
  const counting = (found: readonly NamelessFinding[]) =>
    found.flatMap((finding) => {
      const level = standards.levelOf(finding.rule);
      if (level === 'off') return [];
      const named = reported(finding, path, level);
      const suppression = excuses.find(named);
      if (suppression === undefined) return [{ identity: finding.identity, named }];
      suppressed.push({ ...named, suppression });
      return [];
    });
  const violations = counting(verdict.findings);
  const undecided = counting(verdict.unknowns);
  const earlier = standards.onlyNew ? (before ?? []) : [];
  const old = new Set(earlier.flatMap((version) => standing(path, version, standards)).map(identityOf));
  const added = violations.filter(({ identity }) => !old.has(identity));
  // What was violated or undecided before, and cannot be decided now, is no worse than it was.
  const noWorse = new Set([...old, ...earlier.flatMap((version) => version.unknowns.map(identityOf))]);
  const findings = added.map(({ named }) => named);
  const unknowns: ReportFinding[] = [];
  for (const { identity, named } of undecided)
    if (standards.failOnUnknown && !noWorse.has(identity)) findings.push(asViolation(named));
    else unknowns.push(named);
  return {
    template: verdict.status === null ? null : { path, status: statusOf(verdict, findings, unknowns) },
    findings,
    unknowns,
    suppressed,
    remarks: [
      ...verdict.remarks.map((remark) => ({ ...remark, file: path })),
      ...excuses.remarks(before?.flatMap(({ suppressions }) => suppressions) ?? null),
    ],
    old: violations.length - added.length,
  };
}

/**
 * Written out, so that reports have the same order of keys whether the finding was recalled or not; and there may be
 * thousands, where copying all properties but one takes several times as long.
 */
function reported(finding: NamelessFinding, file: string, level: ReportFinding['level']): ReportFinding {
  const { line, column, rule, ruleFile, message, path, resource, container, construct, when, from } = finding;
  const always = { file, line, column, rule, ruleFile, message, path, resource, container, level };
  if (construct === undefined && when === undefined && from === undefined) return always;
  return {
    ...always,
    ...(construct === undefined ? {} : { construct }),
    ...(when === undefined ? {} : { when }),
    ...(from === undefined ? {} : { from }),
  };
}

/** The violations of an earlier version that nobody had excused: when an excuse ends or goes, what it was for counts. */
function standing(path: string, version: FileVerdict, standards: Standards): NamelessFinding[] {
  const excuses = new Excuses(path, version, { ...standards, today: NO_DAY });
  return version.findings.filter((finding) => excuses.find(finding) === undefined);
}

/** Earlier than all days, so that no excuse has ended. */
const NO_DAY = '';

function asViolation(unknown: ReportFinding): ReportFinding {
  return { ...unknown, level: 'error', message: `cannot be decided: ${unknown.message}` };
}

function identityOf({ identity }: NamelessFinding): string {
  return identity;
}

function statusOf(
  { status }: FileVerdict,
  findings: readonly ReportFinding[],
  unknowns: readonly ReportFinding[],
): TemplateReport['status'] {
  if (status === 'ERROR') return 'ERROR';
  if (findings.length > 0) return 'FAIL';
  if (unknowns.length > 0) return 'UNKNOWN';
  return status === 'SKIP' ? 'SKIP' : 'PASS';
}
