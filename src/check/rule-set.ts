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

/**
 * Finds the selected rules. A file that cannot be used is a diagnostic; the others count.
 *
 * @param known rules of which the user's files are the same
 */
export async function findRuleSet(selection: RuleSelection, cwd: string, known?: RuleSet): Promise<RuleSet> {
  const { packs, mentioned, intrinsics } = selection;
  const { files, diagnostics } = known ?? (await findUserFiles(selection, cwd));
  return { packs, files, mentioned, intrinsics, diagnostics };
}

async function findUserFiles(
  { rules, base, files }: RuleSelection,
  cwd: string,
): Promise<Pick<RuleSet, 'files' | 'diagnostics'>> {
  const diagnostics: Diagnostic[] = [];
  const found = await findRuleFiles(
    rules,
    { base, files, cwd },
    (diagnostic) => void diagnostics.push(diagnostic),
  );
  return { files: found, diagnostics };
}
