import type { Diagnostic } from '../source/diagnostic.ts';
import type { Source } from '../source/source.ts';
import type { Pack } from './pack-names.ts';
import { ruleSources } from './rule-files.ts';

/** Which rules a run judges by. */
export interface RuleSelection {
  readonly packs: readonly Pack[];
  /** Files and folders of the user, relative to `base` or absolute. */
  readonly rules: readonly string[];
  readonly base: string;
}

/** The selected rules as texts: all that is needed to tell whether verdicts by them are known. */
export interface RuleSet {
  readonly packs: readonly Pack[];
  /** The user's rule files, named as seen from the working directory. */
  readonly sources: readonly Source[];
  /** What cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds and reads the selected rules. A file that cannot be used is a diagnostic; the others count. */
export function readRuleSet({ packs, rules, base }: RuleSelection, cwd: string): RuleSet {
  const diagnostics: Diagnostic[] = [];
  const sources = ruleSources(rules, { base, cwd }, (diagnostic) => void diagnostics.push(diagnostic));
  return { packs, sources, diagnostics };
}
