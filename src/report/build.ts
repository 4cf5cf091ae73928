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
import { ruleKey } from './rule-key.ts';

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
  /** Looks up at least the rules that have findings; a rule may be there several times. */
  readonly rules: () => readonly ReportRule[];
  readonly elapsed: number;
}

/** What a run gathered that came to nothing at all. */
export const NOTHING_GATHERED: Gathered = {
  staged: false,
  templates: [],
  findings: [],
  unknowns: [],
  suppressed: [],
  remarks: [],
  old: 0,
  diagnostics: [],
  ruleCount: 0,
  rules: () => [],
  elapsed: 0,
};

/** Settles order and counts once, so that reporters only render. */
export function buildReport(gathered: Gathered): Report {
  const templates = gathered.templates.toSorted((a, b) => compareText(a.path, b.path));
  const findings = once(gathered.findings, compareFindings);
  const unknowns = once(gathered.unknowns, compareFindings);
  const suppressed = once(gathered.suppressed, compareFindings);
  const ofLevel = (level: ReportFinding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  let rules: readonly ReportRule[] | undefined;
  return {
    version: 1,
    staged: gathered.staged,
    ...(gathered.shard === undefined ? {} : { shard: gathered.shard }),
    templates,
    findings,
    unknowns,
    suppressed,
    remarks: once(gathered.remarks, compareDiagnostics),
    // Most formats do without.
    get rules() {
      rules ??= namedRules([...findings, ...unknowns, ...suppressed], gathered.rules());
      return rules;
    },
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

/**
 * In order and without repeats: what two rule files say in the same words about the same place is said once, and so is
 * what is found out about a settings file for each template.
 */
function once<T>(items: readonly T[], compare: (a: T, b: T) => number): T[] {
  const sorted = items.toSorted(compare);
  return sorted.filter((item, at) => at === 0 || compare(sorted[at - 1]!, item) !== 0);
}

/** A finding that repeats another one may have been the only one of its rule. */
function namedRules(findings: readonly ReportFinding[], described: readonly ReportRule[]): ReportRule[] {
  const named = new Set(findings.map(({ rule, ruleFile }) => ruleKey(ruleFile, rule)));
  const rules = new Map(described.map((rule) => [ruleKey(rule.file, rule.name), rule]));
  return [...rules]
    .filter(([key]) => named.has(key))
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
    compareText(a.path, b.path) ||
    compareText(a.when ?? '', b.when ?? '')
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
  return a === b ? 0 : a < b ? -1 : 1;
}
