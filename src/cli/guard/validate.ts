import type { Status } from '../../engine/status.ts';
import type { NativeView } from '../../reporters/native/index.ts';
import { coloursReports } from './colour.ts';
import { VALIDATE, type ValidateArguments } from './commands.ts';
import { Failure } from './failure.ts';
import { guardCommand } from './run.ts';
import { Transcript } from './transcript.ts';
import { reportConsole } from './validate-console.ts';
import { readInput } from './validate-input.ts';
import { reportStructured, type StructuredFormat } from './validate-structured.ts';

/** `validate`: judges data files with rule files and reports as the native tool does. */
export const runValidate = guardCommand(VALIDATE, async (options, io) => {
  const summary = summaryOf(options['show-summary']);
  refuseUnfitFormats(options, summary);
  const transcript = new Transcript(io);
  try {
    const job = { ...(await readInput(options, io, transcript)), transcript, colours: coloursReports(io) };
    if (options.structured) return reportStructured(job, options['output-format'] as StructuredFormat, io);
    const format = options['output-format'] as NativeView['format'];
    const { verbose, 'print-json': printJson } = options;
    return reportConsole(job, { colours: job.colours, summary, format, verbose, printJson });
  } finally {
    transcript.flush();
  }
});

type SummaryWord = ValidateArguments['show-summary'][number];

const SUMMARY: { readonly [word in Exclude<SummaryWord, 'none'>]: readonly Status[] } = {
  all: ['PASS', 'FAIL', 'SKIP'],
  pass: ['PASS'],
  fail: ['FAIL'],
  skip: ['SKIP'],
};

/** Statuses that the summary table shows. `none` only takes back what stands before it. */
function summaryOf(words: readonly SummaryWord[]): ReadonlySet<Status> {
  const summary = new Set<Status>();
  for (const word of words) {
    if (word === 'none') summary.clear();
    else for (const status of SUMMARY[word]) summary.add(status);
  }
  return summary;
}

function refuseUnfitFormats(
  { structured, 'output-format': format }: ValidateArguments,
  summary: ReadonlySet<Status>,
): void {
  if (structured && summary.size > 0)
    throw new Failure(
      'Cannot provide a summary-type other than `none` when the `structured` flag is present',
    );
  if (structured && format === 'single-line-summary')
    throw new Failure('single-line-summary is not able to be used when the `structured` flag is present');
  if (!structured && (format === 'junit' || format === 'sarif'))
    throw new Failure(`the structured flag must be set when output is set to ${format}`);
}
