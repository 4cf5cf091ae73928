import { type CheckRequest, check } from '../../check/check.ts';
import { buildReport } from '../../report/build.ts';
import type { Report } from '../../report/report.ts';
import { diagnosticOf } from '../../source/diagnostic.ts';

/**
 * The report of a check, or of another job that ends with one. When nothing at all could be judged there is one too, so
 * that programs that read a report always get one that says so.
 */
export async function reportOf(
  request: CheckRequest,
  job: (request: CheckRequest) => Promise<Report> = check,
): Promise<Report> {
  try {
    return await job(request);
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
      rules: () => [],
      elapsed: request.elapsed(),
    });
  }
}
