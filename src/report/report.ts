import type { Diagnostic } from '../source/diagnostic.ts';
import type { Suppression } from './suppression.ts';

/** What one run found out: plain JSON, sorted, and what `--format json` prints. `version` grows when its shape changes. */
export interface Report {
  readonly version: 1;
  /** Whether every file was judged by its staged content. */
  readonly staged: boolean;
  /** The part of the named files that was judged; absent when it was all of them. */
  readonly shard?: Shard;
  /** Every template that was looked at, by path. Files that are no templates are not listed. */
  readonly templates: readonly TemplateReport[];
  /** Violations that count, by path and place. */
  readonly findings: readonly ReportFinding[];
  /** What rules could not decide; the message says why. Where that has to fail, it is among the violations instead. */
  readonly unknowns: readonly ReportFinding[];
  /** Violations that somebody has excused. */
  readonly suppressed: readonly SuppressedFinding[];
  /** What the reader should know about excuses and the limits of the judgement; never a reason to fail. */
  readonly remarks: readonly Remark[];
  /** The rules of all these findings, by file and name. */
  readonly rules: readonly ReportRule[];
  /** What could not be judged, and why. */
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: Counts;
  /** Milliseconds from the start of the run. */
  readonly elapsed: number;
}

/** A report without what was found where, and without `elapsed` when it is told again. */
export type Totals = Pick<Report, 'staged' | 'shard' | 'templates' | 'diagnostics' | 'counts'> &
  Partial<Pick<Report, 'elapsed'>>;

/** One of `count` parts of the named files; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface TemplateReport {
  /** As the user knows it: relative to the working directory, with forward slashes. */
  readonly path: string;
  /**
   * `FAIL`: a violation counts, of whatever level. `UNKNOWN`: none does, but something could not be decided. `ERROR`: at
   * least one rule file could not judge it, or it could not be read.
   */
  readonly status: 'PASS' | 'FAIL' | 'SKIP' | 'UNKNOWN' | 'ERROR';
}

export interface Counts {
  readonly templates: number;
  /** Templates with a violation, of whatever level. */
  readonly failedTemplates: number;
  /** Findings at level `error`, which make the run fail. */
  readonly violations: number;
  /** Findings at level `warn`. */
  readonly warnings: number;
  /** Findings at level `info`. */
  readonly notes: number;
  readonly unknown: number;
  readonly suppressed: number;
  /** Violations that were there before the change, when only new ones count. */
  readonly old: number;
  readonly rules: number;
}

export interface ReportRule {
  readonly name: string;
  /** Rule file the rule stands in. */
  readonly file: string;
  /** What the file's comments say about the rule, with line breaks; null when they say nothing. */
  readonly help: string | null;
}

export interface ReportFinding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  readonly rule: string;
  /** Rule file the rule stands in. */
  readonly ruleFile: string;
  readonly message: string;
  /** Slash-joined keys and indices of the value that was judged. */
  readonly path: string;
  /** Logical name of the resource, when the value stands in one; the family of a raw task definition. */
  readonly resource: string | null;
  /** What CDK calls the resource, such as `Stack/Service/TaskDef/Resource`; absent in templates that CDK has not made. */
  readonly construct?: string;
  /** Name of the container, when the value stands in one. */
  readonly container: string | null;
  readonly level: 'error' | 'warn' | 'info';
  /** In which of the forms that the template can take, such as `IsProd is false`; absent: in all of them. */
  readonly when?: string;
  /** Where the value comes from, such as `User comes from parameter RunAs, default "root" (line 7)`. */
  readonly from?: string;
}

export interface SuppressedFinding extends ReportFinding {
  readonly suppression: Suppression;
}

/** One sentence that is no violation. */
export interface Remark {
  readonly kind:
    | 'suppression-added'
    | 'suppression-expired'
    | 'suppression-ignored'
    | 'suppression-unused'
    | 'limit';
  readonly file: string;
  /** 1-based; absent where the whole file is meant. */
  readonly line?: number;
  /** 1-based, in characters. */
  readonly column?: number;
  /** No trailing full stop; names from the user's files in backticks. */
  readonly message: string;
}
