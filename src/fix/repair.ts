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
 * against that. Edits are judged: those that do not satisfy their rules, or make another one fail, are dropped.
 */
export function repair(bytes: Buffer, { isWanted, mayEdit = () => true }: Order, judge: Judge): Repair {
  const piece = new Workpiece(bytes, mayEdit, judge);
  const wanted = piece.judgement.findings.filter(isWanted);
  const identities = new Set(wanted.map(({ identity }) => identity));
  piece.repairAll(wanted);
  /** Why violations stay, by their identities; null: there is nothing to say about it. */
  const reasons = new Map<string, string | null>();
  for (;;) {
    const next = piece.judgement.findings.find(
      ({ identity }) => identities.has(identity) && !reasons.has(identity),
    );
    if (next === undefined) break;
    const outcome = piece.repairOne(next);
    if (outcome !== 'repaired') reasons.set(next.identity, outcome.reason);
  }
  return { bytes: piece.bytes, fixed: piece.fixed(), left: piece.left(reasons) };
}
