import type { Diagnostic } from '../source/diagnostic.ts';
import type {
  Remark,
  Report,
  ReportFinding,
  ReportRule,
  Shard,
  SuppressedFinding,
  TemplateReport,
} from './report.ts';

/** What a run gathered, in any order. */
export interface Gathered {
  readonly staged: boolean;
  readonly shard?: Shard | undefined;
  readonly templates: readonly TemplateReport[];
  readonly findings: readonly ReportFinding[];
  readonly unknowns: readonly ReportFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly remarks: readonly Remark[];
  /** How many violations do not count because they are not new. */
  readonly old: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly ruleCount: number;
  /** At least the rules that have findings; a rule may be there several times. */
  readonly rules: readonly ReportRule[];
  readonly elapsed: number;
}

/** Settles order and counts once, so that reporters only render. */
export function buildReport(gathered: Gathered): Report {
  const templates = gathered.templates.toSorted((a, b) => compareText(a.path, b.path));
  const findings = withoutRepeats(gathered.findings.toSorted(compareFindings));
  const unknowns = withoutRepeats(gathered.unknowns.toSorted(compareFindings));
  const suppressed = withoutRepeats(gathered.suppressed.toSorted(compareFindings));
  const ofLevel = (level: ReportFinding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  return {
    version: 1,
    staged: gathered.staged,
    ...(gathered.shard === undefined ? {} : { shard: gathered.shard }),
    templates,
    findings,
    unknowns,
    suppressed,
    remarks: gathered.remarks.toSorted(compareDiagnostics),
    rules: brokenRules(findings, gathered.rules),
    diagnostics: gathered.diagnostics.toSorted(compareDiagnostics),
    counts: {
      templates: templates.length,
      failedTemplates: new Set(findings.map(({ file }) => file)).size,
      violations: ofLevel('error'),
      warnings: ofLevel('warn'),
      notes: ofLevel('info'),
      unknown: unknowns.length,
      suppressed: suppressed.length,
      old: gathered.old,
      rules: gathered.ruleCount,
    },
    elapsed: gathered.elapsed,
  };
}

/** One line of output per violation: what two rule files say in the same words about the same place is said once. */
function withoutRepeats<Finding extends ReportFinding>(sorted: readonly Finding[]): Finding[] {
  return sorted.filter((finding, at) => {
    const before = sorted[at - 1];
    return before === undefined || compareFindings(before, finding) !== 0;
  });
}

/** A finding that repeats another one may have been the only one of its rule. */
function brokenRules(findings: readonly ReportFinding[], described: readonly ReportRule[]): ReportRule[] {
  const keyOf = (file: string, name: string) => JSON.stringify([file, name]);
  const broken = new Set(findings.map(({ rule, ruleFile }) => keyOf(ruleFile, rule)));
  const rules = new Map(described.map((rule) => [keyOf(rule.file, rule.name), rule]));
  return [...rules]
    .filter(([key]) => broken.has(key))
    .map(([, rule]) => rule)
    .sort((a, b) => compareText(a.file, b.file) || compareText(a.name, b.name));
}

function compareFindings(a: ReportFinding, b: ReportFinding): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message) ||
    compareText(a.path, b.path)
  );
}

function compareDiagnostics(
  a: Pick<Diagnostic, 'file' | 'line' | 'column' | 'message'>,
  b: Pick<Diagnostic, 'file' | 'line' | 'column' | 'message'>,
): number {
  return (
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.message, b.message)
  );
}

/** Order by UTF-16 units: the same on every machine, which `localeCompare` is not. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
