import { parseRuleSet } from '../cache/programs.ts';
import type { Store } from '../cache/store.ts';
import { compile, type Program } from '../engine/compile.ts';
import { BUILD_ID } from '../package.ts';
import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import { type ParsedRules, packRules } from './packs.ts';
import type { RuleTexts } from './rule-set.ts';

export interface LoadedRules {
  readonly programs: readonly Program[];
  /** Named rules in all of them. */
  readonly ruleCount: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and compiles rules. A file that cannot be used is a diagnostic; the others count. */
export async function compileRuleTexts(rules: RuleTexts, store: Store): Promise<LoadedRules> {
  const diagnostics = [...rules.diagnostics];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const parsed = [...packRules(rules.packs), ...(await parseSources(rules, store, report))];
  if (parsed.length === 0 && diagnostics.length === 0) report(NO_RULES);
  const programs = parsed.map(({ file, source }) => compile(file, source));
  const ruleCount = programs.reduce((count, { rules: compiled }) => count + compiled.length, 0);
  return { programs, ruleCount, diagnostics };
}

async function parseSources(
  { sources }: RuleTexts,
  store: Store,
  report: (diagnostic: Diagnostic) => void,
): Promise<ParsedRules[]> {
  if (sources.length === 0) return [];
  return parseRuleSet(sources, store, BUILD_ID, (error) => {
    if (!(error instanceof DiagnosticError)) throw error;
    report(error.diagnostic);
  });
}

/** Judging by nothing would pass everything. */
const NO_RULES: Diagnostic = {
  code: 'configuration',
  message: 'no rules are chosen, so nothing can be judged',
  help: 'choose a pack, such as `baseline`, or name rule files',
};
