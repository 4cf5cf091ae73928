import { type CheckRequest, check } from '../../check/check.ts';
import { buildReport } from '../../report/build.ts';
import type { Report } from '../../report/report.ts';
import { diagnosticOf } from '../../source/diagnostic.ts';

/**
 * The report of a check. A check that could judge nothing at all has one too, so that programs that read a report always
 * get one that says so.
 */
export async function reportOf(request: CheckRequest): Promise<Report> {
  try {
    return await check(request);
  } catch (error) {
    const diagnostic = diagnosticOf(error);
    if (diagnostic === undefined) throw error;
    return buildReport({
      staged: false,
      shard: request.shard,
      templates: [],
      findings: [],
      unknowns: [],
      suppressed: [],
      remarks: [],
      old: 0,
      diagnostics: [diagnostic],
      ruleCount: 0,
      rules: [],
      elapsed: request.elapsed(),
    });
  }
}
