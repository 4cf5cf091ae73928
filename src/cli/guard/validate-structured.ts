import type { Program } from '../../engine/compile.ts';
import type { Verdicts } from '../../engine/evaluate.ts';
import { combineReports, type FileReport, fileReport } from '../../report/native-report.ts';
import { ruleName } from '../../report/record-context.ts';
import { junitDocument, junitOutcome, structuredReport } from '../../reporters/native/index.ts';
import type { Io } from '../io.ts';
import type { DataFile } from './data-files.ts';
import { recordsOf, verdictsOf, withinStack } from './evaluation.ts';
import type { Format } from './formats.ts';
import { compileOrComplain, EXIT, type Job, printable } from './validate-console.ts';

export type StructuredFormat = Exclude<Format, 'single-line-summary'>;

/**
 * Judges one data file after the other by all rule files, and reports in one document.
 *
 * @returns the exit code. A broken rule hides rule files that cannot be read, except in JUnit.
 * @throws {Failure}
 */
export function reportStructured(job: Job, format: StructuredFormat, io: Io): number {
  const compiled = [...job.rules].map((rules) => compileOrComplain(rules, job));
  const programs = compiled.filter((program) => program !== null && program !== 'unreadable');
  const unreadable = compiled.includes('unreadable');
  // All data are merged with the parameters before any is judged.
  for (const file of job.data) file.subject();
  const verdicts =
    format === 'junit' ? reportJunit(job, programs, io) : reportDocument(job, programs, format);
  if (unreadable && (format === 'junit' || !verdicts.isBroken)) return EXIT.unreadableRules;
  return verdicts.isBroken ? EXIT.violations : EXIT.clean;
}

interface Outcome {
  readonly isBroken: boolean;
}

function reportDocument(
  { data, transcript }: Job,
  programs: readonly Program[],
  format: Exclude<StructuredFormat, 'junit'>,
): Outcome {
  const reports = data.map((file) =>
    combineReports(
      file.name,
      programs.map((program) => judge(program, file)),
    ),
  );
  withinStack(data.map(({ name }) => name).join(', '), () =>
    printable(transcript, () => transcript.out(structuredReport(format, reports))),
  );
  return { isBroken: reports.some(({ status }) => status === 'FAIL') };
}

function reportJunit({ data, transcript }: Job, programs: readonly Program[], io: Io): Outcome {
  const start = io.now();
  let isBroken = false;
  const suites = data.map((file) => {
    const cases = programs.map((program) => {
      const caseStart = io.now();
      const report = judge(program, file);
      if (report.status === 'FAIL') isBroken = true;
      return { name: program.source.name, time: elapsed(caseStart, io), outcome: junitOutcome(report) };
    });
    return { name: file.name, time: cases.reduce((sum, { time }) => sum + time, 0), cases };
  });
  transcript.out(junitDocument({ name: 'cfn-guard validate report', time: elapsed(start, io), suites }));
  return { isBroken };
}

/** Milliseconds, whole. */
function elapsed(since: number, io: Io): number {
  return Math.floor(io.now() - since);
}

/** Records are only needed for what failed: of the other rules a report has just the names. */
function judge(program: Program, file: DataFile): FileReport {
  return withinStack(file.name, () => {
    const verdicts = verdictsOf(program, file.subject());
    if (verdicts.status !== 'FAIL') return plainReport(program, file.name, verdicts);
    return fileReport(recordsOf(program, file.subject()), program.source, file.name);
  });
}

function plainReport({ source }: Program, name: string, { status, rules }: Verdicts): FileReport {
  const named = (wanted: 'PASS' | 'SKIP') =>
    rules.filter((verdict) => verdict.status === wanted).map(({ rule }) => ruleName(rule, source));
  return { name, status, failures: [], passed: named('PASS'), skipped: named('SKIP') };
}
