import type { Draft, Proposal } from './draft.ts';
import { instructions } from './instructions.ts';
import type { JudgedViolation } from './judgement.ts';

/** What was repaired, or is left to people. */
export interface Note extends Pick<JudgedViolation, 'rule' | 'resource' | 'container' | 'identity'> {
  /** 1-based, in the repaired text. */
  readonly line: number;
  /** On one line. */
  readonly message: string;
  /** Lines to write by hand, indentation included. */
  readonly lines: readonly string[];
}

/** Tells what was done about a violation. */
export function repairNote(violation: JudgedViolation, line: number, message: string): Note {
  const { rule, resource, container, identity } = violation;
  return { rule, resource, container, identity, line, message, lines: [] };
}

/**
 * Tells what people have to do about a violation.
 *
 * @param reason why it was not repaired, in the middle of a sentence
 * @param showEdits whether to tell the lines to write, where that is possible
 */
export function openNote(
  violation: JudgedViolation,
  { changes, summary }: Proposal,
  reason: string,
  draft: Draft,
  showEdits: boolean,
): Note {
  const message = `not fixed, since ${reason}`;
  const edits = showEdits ? draft.write(changes) : null;
  if (edits === null) return repairNote(violation, violation.line, `${message}; it takes ${summary}`);
  const { line, message: order, lines } = instructions(draft.text, edits);
  return { ...repairNote(violation, line, `${message}; ${order}`), lines };
}
