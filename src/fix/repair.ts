import type { Judge, JudgedViolation } from './judgement.ts';
import type { Note } from './note.ts';
import { type MayEdit, Workpiece } from './workpiece.ts';

/** What to repair. */
export interface Order {
  isWanted(violation: JudgedViolation): boolean;
  /** Default: everywhere. */
  readonly mayEdit?: MayEdit;
}

export interface Repair {
  readonly bytes: Buffer;
  readonly fixed: readonly Note[];
  readonly left: readonly Note[];
}

/**
 * Repairs what has one safe answer in a template: all of it at once, or one violation after the other when anything speaks
 * against that. Edits are judged: those that do not satisfy their rules, or make another one fail, are dropped. What was
 * dropped is tried again after other repairs, until nothing more can be done.
 */
export function repair(bytes: Buffer, { isWanted, mayEdit = () => true }: Order, judge: Judge): Repair {
  const piece = new Workpiece(bytes, mayEdit, judge);
  const identities = new Set(piece.judgement.findings.filter(isWanted).map(({ identity }) => identity));
  for (;;) {
    const before = piece.bytes;
    const reasons = repairWhatCanBe(piece, identities);
    if (piece.bytes === before) return { bytes: before, fixed: piece.fixed(), left: piece.left(reasons) };
  }
}

/** @returns why violations stay, by their identities; null: there is nothing to say about it */
function repairWhatCanBe(piece: Workpiece, identities: ReadonlySet<string>): Map<string, string | null> {
  piece.repairAll(piece.judgement.findings.filter(({ identity }) => identities.has(identity)));
  const reasons = new Map<string, string | null>();
  for (;;) {
    const next = piece.judgement.findings.find(
      ({ identity }) => identities.has(identity) && !reasons.has(identity),
    );
    if (next === undefined) return reasons;
    const outcome = piece.repairOne(next);
    if (outcome !== 'repaired') reasons.set(next.identity, outcome.reason);
  }
}
