import type { CheckRequest } from '../../check/job.ts';
import { buildReport, NOTHING_GATHERED } from '../../report/build.ts';
import type { Report } from '../../report/report.ts';
import { diagnosticOf } from '../../source/diagnostic.ts';

/**
 * The report when nothing at all could be judged. There is one then too, so that programs that read a report always get one
 * that says so.
 *
 * @throws the error itself when it is a bug
 */
export function troubleReport(error: unknown, { shard, elapsed }: CheckRequest): Report {
  const diagnostic = diagnosticOf(error);
  if (diagnostic === undefined) throw error;
  return buildReport({ ...NOTHING_GATHERED, shard, diagnostics: [diagnostic], elapsed: elapsed() });
}
