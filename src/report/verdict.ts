import type { ReportFinding, ReportRule, TemplateReport } from './report.ts';

/** What judging one file came to, without its name: the same for the same content wherever it stands. */
export interface FileVerdict {
  /** Null: it is no template. */
  readonly status: TemplateReport['status'] | null;
  readonly findings: readonly NamelessFinding[];
  /** The rules that have findings. */
  readonly rules: readonly ReportRule[];
}

export type NamelessFinding = Omit<ReportFinding, 'file'>;
