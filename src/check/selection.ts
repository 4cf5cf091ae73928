import type { Settings } from '../config/settings.ts';
import { DEFAULT_PACKS, type Pack } from './pack-names.ts';
import { FILES_ON_DISK, type ProjectFiles } from './project-files.ts';
import type { RuleSelection } from './rule-set.ts';

/** What a command line says about rules. */
export interface RuleChoice {
  /** Absolute path of the folder that paths are relative to. */
  readonly cwd: string;
  /** Instead of the packs of the settings. */
  readonly packs?: readonly Pack[] | undefined;
  /** Rule files and folders, instead of those of the settings. */
  readonly rules?: readonly string[] | undefined;
  /** Whether templates are judged as what CloudFormation makes of them, instead of what the settings say about that. */
  readonly intrinsics?: boolean | undefined;
}

/**
 * What the choice names, else what the settings do, else the default.
 *
 * @param folder of the settings
 * @param files where rule files of the settings are looked for; those of the choice are on disk
 * @internal
 */
export function selectRules(
  { cwd, packs, rules, intrinsics }: RuleChoice,
  settings: Settings,
  folder: string,
  files: ProjectFiles,
): RuleSelection {
  return {
    // Settings with packs that there are not are never used.
    packs: packs ?? (settings.packs as readonly Pack[] | undefined) ?? DEFAULT_PACKS,
    intrinsics: intrinsics ?? settings.intrinsics ?? true,
    ...(rules === undefined
      ? { rules: settings.rules ?? [], base: folder, files, mentioned: rulesMentioned(settings) }
      : { rules, base: cwd, files: FILES_ON_DISK, mentioned: [] }),
  };
}

/** Each once. */
function rulesMentioned({ severity = {}, suppressions = [] }: Settings): string[] {
  return [...new Set([...Object.keys(severity), ...suppressions.map(({ rule }) => rule)])];
}
