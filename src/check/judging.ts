import type { Store } from '../cache/store.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { InputFile } from './contents.ts';
import { type Judged, judge, type OnProgress } from './judge.ts';
import type { RuleSet } from './rule-set.ts';
import { compileRuleSet } from './rules.ts';

export interface Judging {
  /** In the order of the files. */
  readonly judged: readonly Judged[];
  /** Named rules in all rule files. */
  readonly ruleCount: number;
  /** Rule files that cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/*
 * The way to the parsers and the engine, which a run that knows all its verdicts never loads: the package has them in a
 * bundle of their own.
 */

/**
 * Compiles rules and judges files by them.
 *
 * @param contents being read while the rules are compiled
 * @param store for parsed rules
 */
export async function judgeContents(
  rules: RuleSet,
  contents: Promise<readonly InputFile[]>,
  store: Store,
  onProgress?: OnProgress,
): Promise<Judging> {
  const [{ programs, ruleCount, diagnostics }, files] = await Promise.all([
    compileRuleSet(rules, store),
    contents,
  ]);
  return { judged: judge(files, programs, onProgress), ruleCount, diagnostics };
}
