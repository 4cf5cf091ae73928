import { NO_STORE } from '../cache/store.ts';
import type { Rule } from '../language/ast.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Source } from '../source/source.ts';
import { PACKS, type Pack, withExtendedPacks } from './pack-names.ts';
import { type ParsedRules, rulesInFolder } from './packs.ts';
import { findWorktreeIfAny } from './repository.ts';
import { loadRules } from './rules.ts';
import { type RuleChoice, selectRules } from './selection.ts';

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
  /** Rule files that cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The rules that a check with the same choice judges by.
 *
 * @throws {DiagnosticError} for settings that cannot be used
 */
export async function activeRules(
  choice: RuleChoice,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ActiveRules> {
  const { cwd } = choice;
  const worktree = await findWorktreeIfAny({ cwd, env });
  const selection = await selectRules(choice, worktree?.top ?? cwd);
  const packed = withExtendedPacks(selection.packs).flatMap(rulesOfPack);
  // Nothing but packs is no trouble, other than nothing at all.
  if (packed.length > 0 && selection.rules.length === 0) return { rules: packed, diagnostics: [] };
  const own = await loadRules({ ...selection, packs: [] }, cwd, NO_STORE);
  return {
    rules: [...packed, ...own.programs.flatMap((program) => knownRules(program, null))],
    diagnostics: own.diagnostics,
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
