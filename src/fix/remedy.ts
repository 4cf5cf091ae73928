import type { Change } from './change.ts';
import type { Subject } from './subject.ts';

/** What satisfies a rule. */
export interface Remedy {
  /** At least one. */
  readonly changes: readonly Change[];
  /** Why only people can tell whether it is right, in the middle of a sentence; null: it is right in any case. */
  readonly doubt: string | null;
}

/** The remedy for what a finding is about; null where there is none to speak of. */
export type Fix = (subject: Subject) => Remedy | null;
