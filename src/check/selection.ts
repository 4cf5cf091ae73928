import { readSettings } from '../config/config.ts';
import { DEFAULT_PACKS, PACKS, type Pack } from './pack-names.ts';
import type { RuleSelection } from './rule-set.ts';

/** What a command line says about rules. */
export interface RuleChoice {
  /** Absolute path of the folder that paths are relative to. */
  readonly cwd: string;
  /** Instead of the packs of the settings file. */
  readonly packs?: readonly Pack[] | undefined;
  /** Rule files and folders, instead of those of the settings file. */
  readonly rules?: readonly string[] | undefined;
}

/**
 * What the choice names, else what the settings file does, else the default.
 *
 * @param top where the settings file is
 * @throws {DiagnosticError} for settings that cannot be used
 */
export async function selectRules(choice: RuleChoice, top: string): Promise<RuleSelection> {
  const settings = await readSettings(top, PACKS);
  return {
    packs: choice.packs ?? settings.packs ?? DEFAULT_PACKS,
    rules: choice.rules ?? settings.rules ?? [],
    base: choice.rules === undefined ? top : choice.cwd,
  };
}
