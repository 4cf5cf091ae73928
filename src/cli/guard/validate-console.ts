import type { Program } from '../../engine/compile.ts';
import { consoleReport, type NativeView, ReportError } from '../../reporters/native/index.ts';
import type { Source } from '../../source/source.ts';
import { JsonConversionError } from '../../value/display.ts';
import type { DataFile } from './data-files.ts';
import { recordsOf, verdictsOf, withinStack } from './evaluation.ts';
import { Failure } from './failure.ts';
import { compileRules } from './rule-files.ts';
import type { Transcript } from './transcript.ts';
import type { Input } from './validate-input.ts';

/** One run of `validate`. */
export interface Job extends Input {
  readonly transcript: Transcript;
  readonly colours: boolean;
}

export const EXIT = { clean: 0, unreadableRules: 5, violations: 19 } as const;

/**
 * Judges all data files by one rule file after the other and reports at once.
 *
 * @returns the exit code: that of the last rule file that did not end well
 * @throws {Failure}
 */
export function reportConsole(job: Job, view: NativeView): number {
  let exitCode: number = EXIT.clean;
  for (const rules of job.rules) {
    const program = compileOrComplain(rules, job);
    if (program === 'unreadable') exitCode = EXIT.unreadableRules;
    else if (program !== null && reportProgram(program, job, view)) exitCode = EXIT.violations;
  }
  return exitCode;
}

/** @returns null for a file without rules */
export function compileOrComplain(
  rules: Source,
  { transcript, colours, limits }: Job,
): Program | null | 'unreadable' {
  try {
    return compileRules(rules, limits);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const name = colours ? `\u001b[4m${rules.name}\u001b[0m` : rules.name;
    transcript.error(`Parsing error handling rule file = ${name}, Error = ${error.message}\n---\n`);
    return 'unreadable';
  }
}

/** @returns whether any data file breaks a rule */
function reportProgram(program: Program, { data, transcript }: Job, view: NativeView): boolean {
  let isBroken = false;
  for (const file of data) {
    withinStack(file.name, () => {
      const { status } = verdictsOf(program, file.subject());
      if (status === 'FAIL') isBroken = true;
      if (status !== 'FAIL' && isSilent(view)) return;
      printable(transcript, () => transcript.out(reportPair(program, file, view)));
    });
  }
  return isBroken;
}

/** Whether a report says nothing about rule files that nothing breaks. */
function isSilent({ format, summary, verbose, printJson }: NativeView): boolean {
  return (
    format === 'single-line-summary' && !verbose && !printJson && !summary.has('PASS') && !summary.has('SKIP')
  );
}

function reportPair(program: Program, file: DataFile, view: NativeView): string {
  const subject = file.subject();
  const record = recordsOf(program, subject);
  const { name: dataName, text } = file;
  return consoleReport({ dataName, rules: program.source, record, root: subject.root, text }, view);
}

/** Runs a report. What its format cannot say ends the run, behind what was said before. @throws {Failure} */
export function printable(transcript: Transcript, report: () => void): void {
  try {
    report();
  } catch (error) {
    if (error instanceof ReportError) transcript.out(error.printed);
    else if (!(error instanceof JsonConversionError)) throw error;
    throw new Failure(error.message);
  }
}
