import type { Remark, ReportFinding, ReportRule, TemplateReport } from './report.ts';
import type { ContentSuppression } from './suppression.ts';

/** What judging one file came to, without its name: the same for the same content wherever it stands. */
export interface FileVerdict {
  /** Null: it is no template. */
  readonly status: TemplateReport['status'] | null;
  readonly findings: readonly NamelessFinding[];
  /** What rules could not decide; the message says why. */
  readonly unknowns: readonly NamelessFinding[];
  /** Excuses that the content holds, whether anything needs them or not. */
  readonly suppressions: readonly ContentSuppression[];
  /** Limits that the judgement came to. */
  readonly remarks: readonly Omit<Remark, 'file'>[];
  /** The rules that have findings. */
  readonly rules: readonly ReportRule[];
}

/** What counts for how much is settled when a verdict is used, so that changing it asks for no new one. */
export interface NamelessFinding extends Omit<ReportFinding, 'file' | 'level'> {
  /** The same in two versions of a template when people would call it the same violation; see `Identities`. */
  readonly identity: string;
}
