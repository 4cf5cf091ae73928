import { NO_STORE } from '../cache/store.ts';
import type { Level } from '../config/settings.ts';
import type { Rule } from '../language/ast.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { limitsOf } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { PACKS, type Pack, withExtendedPacks } from './pack-names.ts';
import { type ParsedRules, rulesInFolder } from './packs.ts';
import { policyAt } from './policies.ts';
import { findWorktreeIfAny } from './repository.ts';
import { findRuleSet } from './rule-set.ts';
import { readRuleTexts } from './rule-texts.ts';
import { compileRuleTexts } from './rules.ts';
import type { RuleChoice } from './selection.ts';
import { levelsOf } from './standards.ts';
import { unknownRuleMistakes } from './unknown-rule-mistakes.ts';
import { unknownRulesAmong } from './unknown-rules.ts';

/** A rule as people speak of it: those of one name in one file, since Guard takes several for one. */
export interface KnownRule {
  /** `default` for what stands outside any rule. */
  readonly name: string;
  /** The pack that adds it; null when it is from a file of the user. */
  readonly pack: Pack | null;
  readonly source: Source;
  /** In the order of the file; at least one. */
  readonly definitions: readonly Rule[];
}

export interface ActiveRules {
  /** By pack or file, in the order in which they are judged. */
  readonly rules: readonly KnownRule[];
  /** The settings file that counts, as the user knows it; null: there is none, and everything has its default. */
  readonly settings: string | null;
  levelOf(rule: string): Level;
  /** Settings and rule files that cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The rules that a commit of files in a folder is judged by.
 *
 * @param folder absolute
 */
export async function activeRules(
  choice: RuleChoice,
  env: Readonly<Record<string, string | undefined>>,
  folder: string = choice.cwd,
): Promise<ActiveRules> {
  const place = { cwd: choice.cwd, env };
  const worktree = await findWorktreeIfAny(place);
  const where = { place, worktree, store: NO_STORE, fromIndex: true };
  const { origin, selection } = await policyAt(folder, choice, where);
  const { file, settings, mistakes } = origin;
  if (settings === null || selection === null)
    return { rules: [], settings: file, levelOf: () => 'error', diagnostics: mistakes };
  const packed = withExtendedPacks(selection.packs).flatMap(rulesOfPack);
  const found = await findRuleSet(selection, choice.cwd);
  const limits = limitsOf(env);
  const texts = await readRuleTexts(place, worktree, found, limits);
  const own = await compileRuleTexts({ ...texts, packs: [] }, NO_STORE, limits);
  // Nothing but packs is no trouble, other than nothing at all.
  const diagnostics = packed.length > 0 && selection.rules.length === 0 ? [] : own.diagnostics;
  const unknown = unknownRulesAmong(diagnostics.length === 0 ? selection.mentioned : [], own.programs);
  return {
    rules: [...packed, ...own.programs.flatMap((program) => knownRules(program, null))],
    settings: file,
    levelOf: levelsOf(settings, selection.packs),
    diagnostics: [...diagnostics, ...(await unknownRuleMistakes(unknown, origin))],
  };
}

/** Rules that come with the package, whether they are active or not. */
export function shippedRules(): KnownRule[] {
  return PACKS.flatMap(rulesOfPack);
}

function rulesOfPack(pack: Pack): KnownRule[] {
  return rulesInFolder(pack).flatMap((parsed) => knownRules(parsed, pack));
}

function knownRules({ file, source }: ParsedRules, pack: Pack | null): KnownRule[] {
  return [...new Set(file.rules.map(({ name }) => name))].map((name) => ({
    name,
    pack,
    source,
    definitions: file.rules.filter((rule) => rule.name === name),
  }));
}
