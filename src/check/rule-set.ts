import type { Diagnostic } from '../source/diagnostic.ts';
import type { Source } from '../source/source.ts';
import type { Pack } from './pack-names.ts';
import type { ProjectFiles } from './project-files.ts';
import { findRuleFiles, type RuleFile } from './rule-files.ts';

/** Which rules a run judges by. */
export interface RuleSelection {
  readonly packs: readonly Pack[];
  /** Files and folders of the user, relative to `base` or absolute. */
  readonly rules: readonly string[];
  readonly base: string;
  /** Where those are looked for. */
  readonly files: ProjectFiles;
  /** Names of rules that the settings speak of, which there should be. */
  readonly mentioned: readonly string[];
  /** Whether templates are judged as what CloudFormation makes of their intrinsic functions, or as they are written. */
  readonly intrinsics: boolean;
}

/** The selected rules, found but not read: all that is needed to tell whether verdicts by them are known. */
export interface RuleSet {
  readonly packs: readonly Pack[];
  /** The user's rule files, named as seen from the working directory. */
  readonly files: readonly RuleFile[];
  readonly mentioned: readonly string[];
  readonly intrinsics: boolean;
  /** What cannot be found or read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Rules as texts. */
export interface RuleTexts {
  readonly packs: readonly Pack[];
  readonly sources: readonly Source[];
  /** What cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The user's rule files, and what cannot be found or read. */
export type FoundRuleFiles = Pick<RuleSet, 'files' | 'diagnostics'>;

/** Finds the user's rule files among what is selected. A file that cannot be used is a diagnostic; the others count. */
export async function findUserFiles(
  { rules, ...where }: Pick<RuleSelection, 'rules' | 'base' | 'files'>,
  cwd: string,
): Promise<FoundRuleFiles> {
  const diagnostics: Diagnostic[] = [];
  const files = await findRuleFiles(
    rules,
    { ...where, cwd },
    (diagnostic) => void diagnostics.push(diagnostic),
  );
  return { files, diagnostics };
}

/**
 * Finds the selected rules.
 *
 * @param found the user's files, where they are known already
 */
export async function findRuleSet(
  selection: RuleSelection,
  cwd: string,
  found?: FoundRuleFiles,
): Promise<RuleSet> {
  const { packs, mentioned, intrinsics } = selection;
  return { packs, mentioned, intrinsics, ...(found ?? (await findUserFiles(selection, cwd))) };
}
