import type { Violation } from './draft.ts';

/** A violation that can be found again after edits elsewhere. */
export interface JudgedViolation extends Violation {
  readonly resource: string | null;
  readonly container: string | null;
  /** The same in two versions of a template when people would call it the same violation. */
  readonly identity: string;
}

/** What the rules say about one version of a template. */
export interface Judgement {
  readonly findings: readonly JudgedViolation[];
  /** What rules could not decide. */
  readonly unknowns: readonly JudgedViolation[];
  /** Whether all rules could be applied. */
  readonly complete: boolean;
}

export type Judge = (bytes: Buffer) => Judgement;

/**
 * Why edits must not be made, in the middle of a sentence; null: they may be.
 *
 * @param targets violations that the edits are for
 */
export function objectionTo(
  targets: readonly JudgedViolation[],
  before: Judgement,
  after: Judgement,
): string | null {
  if (before.complete && !after.complete) return 'the rules could not judge the result';
  const old = countOf(before.findings);
  const fresh = countOf(after.findings);
  if (targets.some(({ identity }) => (fresh.get(identity) ?? 0) >= (old.get(identity) ?? 0)))
    return 'the rule would still fail';
  const added = firstAdded(before.findings, after.findings);
  if (added !== undefined) return `\`${added.rule}\` would then fail`;
  const undecided = firstAdded(before.unknowns, after.unknowns);
  return undecided === undefined ? null : `\`${undecided.rule}\` could then not be decided`;
}

function firstAdded(
  before: readonly JudgedViolation[],
  after: readonly JudgedViolation[],
): JudgedViolation | undefined {
  const old = countOf(before);
  const fresh = countOf(after);
  return after.find(({ identity }) => fresh.get(identity)! > (old.get(identity) ?? 0));
}

function countOf(found: readonly JudgedViolation[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { identity } of found) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  return counts;
}
