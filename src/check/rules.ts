import { parseRuleSet } from '../cache/programs.ts';
import type { Store } from '../cache/store.ts';
import { compile, type Program } from '../engine/compile.ts';
import { BUILD_ID } from '../package.ts';
import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import type { Limits } from '../source/limits.ts';
import { type ParsedRules, packRules } from './packs.ts';
import type { RuleTexts } from './rule-set.ts';

export interface LoadedRules {
  readonly programs: readonly Program[];
  /** Named rules in all of them. */
  readonly ruleCount: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and compiles rules. A file that cannot be used is a diagnostic; the others count. */
export async function compileRuleTexts(rules: RuleTexts, store: Store, limits: Limits): Promise<LoadedRules> {
  const diagnostics = [...rules.diagnostics];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const parsed = [...packRules(rules.packs), ...(await parseSources(rules, store, limits, report))];
  if (parsed.length === 0 && diagnostics.length === 0) report(NO_RULES);
  const programs = parsed.flatMap(({ file, source }) =>
    compiledUnless(report, () => compile(file, source, limits)),
  );
  const ruleCount = programs.reduce((count, { rules: compiled }) => count + compiled.length, 0);
  return { programs, ruleCount, diagnostics };
}

async function parseSources(
  { sources }: RuleTexts,
  store: Store,
  limits: Limits,
  report: (diagnostic: Diagnostic) => void,
): Promise<ParsedRules[]> {
  if (sources.length === 0) return [];
  return parseRuleSet(sources, limits, store, BUILD_ID, (error) => {
    if (!(error instanceof DiagnosticError)) throw error;
    report(error.diagnostic);
  });
}

function compiledUnless(report: (diagnostic: Diagnostic) => void, compiled: () => Program): Program[] {
  try {
    return [compiled()];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    report(error.diagnostic);
    return [];
  }
}

/** Judging by nothing would pass everything. */
const NO_RULES: Diagnostic = {
  code: 'configuration',
  message: 'no rules are chosen, so nothing can be judged',
  help: 'choose a pack, such as `baseline`, or name rule files',
};
