import type { Store } from '../cache/store.ts';
import { compile, type Program } from '../engine/compile.ts';
import { BUILD_ID } from '../package.ts';
import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import { type Pack, type ParsedRules, packRules } from './packs.ts';
import { ruleSources } from './rule-files.ts';

/** Which rules a run judges by. */
export interface RuleSelection {
  readonly packs: readonly Pack[];
  /** Files and folders of the user, relative to `base` or absolute. */
  readonly rules: readonly string[];
  readonly base: string;
}

export interface LoadedRules {
  readonly programs: readonly Program[];
  /** Named rules in all of them. */
  readonly ruleCount: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds, reads, parses and compiles the selected rules. A file that cannot be used is a diagnostic; the others count. */
export async function loadRules(selection: RuleSelection, cwd: string, store: Store): Promise<LoadedRules> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const parsed = [...selection.packs.flatMap(packRules), ...(await ownRules(selection, cwd, store, report))];
  if (parsed.length === 0 && diagnostics.length === 0) report(NO_RULES);
  const programs = parsed.map(({ file, source }) => compile(file, source));
  const ruleCount = programs.reduce((count, { rules }) => count + rules.length, 0);
  return { programs, ruleCount, diagnostics };
}

async function ownRules(
  { rules, base }: RuleSelection,
  cwd: string,
  store: Store,
  report: (diagnostic: Diagnostic) => void,
): Promise<ParsedRules[]> {
  if (rules.length === 0) return [];
  // Loaded only here, because its keys need cryptography, which takes some milliseconds.
  const { parseRuleSet } = await import('../cache/programs.ts');
  return parseRuleSet(ruleSources(rules, { base, cwd }, report), store, BUILD_ID, (error) => {
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
