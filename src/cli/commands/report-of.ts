import { type CheckRequest, check } from '../../check/check.ts';
import { buildReport } from '../../report/build.ts';
import type { Report } from '../../report/report.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';

/**
 * The report of a check. A check that could judge nothing at all has one too, so that programs that read a report always
 * get one that says so.
 */
export async function reportOf(request: CheckRequest): Promise<Report> {
  try {
    return await check(request);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return buildReport({
      staged: false,
      shard: request.shard,
      templates: [],
      findings: [],
      diagnostics: [error.diagnostic],
      ruleCount: 0,
      ruleSources: [],
      elapsed: request.elapsed(),
    });
  }
}
