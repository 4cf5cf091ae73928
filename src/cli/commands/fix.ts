import { type FixedFile, fix } from '../../check/fix.ts';
import type { CheckRequest } from '../../check/job.ts';
import type { Note } from '../../fix/note.ts';
import { unifiedDiff } from '../../fix/unified-diff.ts';
import type { Report } from '../../report/report.ts';
import type { Colours } from '../../reporters/colours.ts';
import { printable, printableLines } from '../../reporters/printable.ts';
import { coloursFor } from '../colour.ts';
import type { Io, Output } from '../io.ts';

export interface FixView {
  /** Print the difference and write nothing. */
  readonly dryRun: boolean;
  /** Tell only what went wrong. */
  readonly quiet: boolean;
  /** Where to tell what was done: not where a program reads a report. */
  readonly output: Output;
}

/**
 * `check --fix`: repairs, and tells what was done and what is left to do.
 *
 * @returns the report on what there is now
 * @throws {DiagnosticError} when nothing at all can be judged, or git fails
 */
export async function runFix(request: CheckRequest, view: FixView, io: Io): Promise<Report> {
  const { dryRun, output } = view;
  const { files, report } = await fix({ ...request, onProgress: undefined }, dryRun);
  if (dryRun) io.stdout.write(files.map((file) => diffOf(file, io.stdout.isTTY)).join(''));
  const colours = await coloursFor(output, io.env);
  const lines = files.flatMap((file) => linesAbout(file, view, colours));
  if (lines.length > 0) output.write(`${lines.join('\n')}\n\n`);
  return report;
}

/** Exact, to be applied, unless a person reads it on a terminal, which no text of a template may steer. */
function diffOf({ input, before, after }: FixedFile, terminal: boolean): string {
  const diff = unifiedDiff(input.path, before.toString(), after.toString());
  return terminal ? printableLines(diff).join('\n') : diff;
}

function linesAbout(
  { input, fixed, left, saved }: FixedFile,
  { dryRun, quiet }: FixView,
  colours: Colours,
): string[] {
  const place = (line?: number) => colours.cyan([printable(input.path), line].filter(Boolean).join(':'));
  const about = (word: string, note: Note) => [
    [word, place(note.line), subjectOf(note), colours.dim(note.rule), printable(note.message)].join('  '),
    ...note.lines.flatMap(printableLines),
  ];
  const remarks =
    saved === null || saved.remark === null
      ? []
      : [`${colours.yellow('note ')}  ${place()}  ${printable(saved.remark)}`];
  // Without the repairs, what is left to do stands in other lines.
  if (saved?.done === false) return remarks;
  if (quiet) return remarks;
  return [
    ...(dryRun ? [] : fixed).flatMap((note) => about(colours.green('fixed'), note)),
    ...remarks,
    ...left.flatMap((note) => about(colours.yellow('to do'), note)),
  ];
}

function subjectOf({ resource, container }: Note): string {
  return printable([resource, container].filter((name) => name !== null).join(' › '));
}
