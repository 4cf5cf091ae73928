import type { GitPlace } from '../git/exec.ts';
import type { Worktree } from '../git/worktree.ts';
import { DiagnosticError } from '../source/diagnostic.ts';
import type { Limits } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { readContents } from './contents.ts';
import { ruleSource } from './rule-files.ts';
import type { RuleSet, RuleTexts } from './rule-set.ts';

/**
 * Reads the rule files of a set. One that cannot be used is a diagnostic; the others count.
 *
 * @param worktree what those of them are staged in that are
 * @throws {GitError}
 */
export async function readRuleTexts(
  place: GitPlace,
  worktree: Worktree | null,
  { packs, files, diagnostics }: RuleSet,
  limits: Limits,
): Promise<RuleTexts> {
  const contents = await readContents(place, worktree, files);
  const unusable = [...diagnostics, ...contents.diagnostics];
  const sources: Source[] = [];
  for (const { input, bytes } of contents.files) {
    try {
      sources.push(ruleSource(input.path, bytes, limits));
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      unusable.push(error.diagnostic);
    }
  }
  return { packs, sources, diagnostics: unusable };
}
