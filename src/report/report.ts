import type { Diagnostic } from '../source/diagnostic.ts';

/** What one run found out: plain JSON, sorted, and what `--format json` prints. `version` grows when its shape changes. */
export interface Report {
  readonly version: 1;
  /** Whether every file was judged by its staged content. */
  readonly staged: boolean;
  /** The part of the named files that was judged; absent when it was all of them. */
  readonly shard?: Shard;
  /** Every template that was looked at, by path. Files that are no templates are not listed. */
  readonly templates: readonly TemplateReport[];
  /** Violations, by path and place. */
  readonly findings: readonly ReportFinding[];
  /** The rules that have findings, by file and name. */
  readonly rules: readonly ReportRule[];
  /** What could not be judged, and why. */
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: Counts;
  /** Milliseconds from the start of the run. */
  readonly elapsed: number;
}

/** One of `count` parts of the named files; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface TemplateReport {
  /** As the user knows it: relative to the working directory, with forward slashes. */
  readonly path: string;
  /** `ERROR`: at least one rule file could not judge it, or it could not be read. */
  readonly status: 'PASS' | 'FAIL' | 'SKIP' | 'ERROR';
}

export interface Counts {
  readonly templates: number;
  readonly failedTemplates: number;
  readonly violations: number;
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
  /** Logical name of the resource, when the value stands in one. */
  readonly resource: string | null;
  /** Name of the container, when the value stands in one. */
  readonly container: string | null;
}
