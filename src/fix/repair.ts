import { Source } from '../source/source.ts';
import { decodeUtf8 } from '../template/decode.ts';
import { applyEdits, movedBy, type TextEdit } from './edit.ts';
import { instructions } from './instructions.ts';
import { type Proposal, propose, type SafeProposal, type Violation } from './propose.ts';

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

type Subject = Pick<JudgedViolation, 'rule' | 'resource' | 'container' | 'identity'>;

/** What was repaired, or is left to people. */
export interface Note extends Subject {
  /** 1-based, in the repaired text. */
  readonly line: number;
  /** On one line. */
  readonly message: string;
  /** Lines to write by hand, indentation included. */
  readonly lines: readonly string[];
}

export interface Repair {
  readonly bytes: Buffer;
  readonly fixed: readonly Note[];
  readonly left: readonly Note[];
}

/** What to repair. */
export interface Order {
  isWanted(violation: JudgedViolation): boolean;
  /** Whether edits may be made that somebody has to agree to. */
  mayEdit?(text: string, edits: readonly TextEdit[]): boolean;
}

/**
 * Repairs what has one safe answer in a template, one violation after the other. Each edit is judged: one that does not
 * satisfy its rule, or makes another one fail, is dropped.
 */
export function repair(bytes: Buffer, { isWanted, mayEdit = () => true }: Order, judge: Judge): Repair {
  const piece = new Workpiece(bytes, judge);
  const { findings } = piece.judgement;
  const wanted = new Set(findings.filter(isWanted).map(({ identity }) => identity));
  /** Why violations stay, by their identities; null: there is nothing to say about it. */
  const reasons = new Map<string, string | null>();
  for (;;) {
    const next = piece.judgement.findings.find(
      (found) => wanted.has(found.identity) && !reasons.has(found.identity),
    );
    if (next === undefined) break;
    const proposal = propose(piece.text, next);
    if (proposal === null) reasons.set(next.identity, null);
    else if (proposal.reason !== null) reasons.set(next.identity, proposal.reason);
    else if (!mayEdit(piece.text, proposal.edits)) reasons.set(next.identity, 'somebody edits these lines');
    else {
      const objection = piece.attempt(next, proposal);
      if (objection !== null) reasons.set(next.identity, objection);
    }
  }
  return { bytes: piece.bytes, fixed: piece.fixed(), left: piece.left(reasons) };
}

interface Done {
  readonly violation: JudgedViolation;
  readonly summary: string;
  /** Where the last of its edits ends. */
  readonly offset: number;
}

const MARK = Buffer.from('\ufeff');

/** A template that is being repaired. */
class Workpiece {
  text: string;
  judgement: Judgement;
  readonly #mark: Buffer;
  readonly #judge: Judge;
  #done: Done[] = [];

  /** @param bytes UTF-8, perhaps with a byte order mark */
  constructor(bytes: Buffer, judge: Judge) {
    this.#judge = judge;
    this.judgement = judge(bytes);
    this.#mark = bytes.subarray(0, MARK.length).equals(MARK) ? MARK : Buffer.alloc(0);
    this.text = decodeUtf8(bytes.subarray(this.#mark.length)) ?? '';
  }

  get bytes(): Buffer {
    return this.#encoded(this.text);
  }

  #encoded(text: string): Buffer {
    return Buffer.concat([this.#mark, Buffer.from(text)]);
  }

  /** Makes the edits, unless the rules object: then this says why. */
  attempt(violation: JudgedViolation, { edits, summary }: SafeProposal): string | null {
    const text = applyEdits(this.text, edits);
    const judgement = this.#judge(this.#encoded(text));
    const objection = objectionTo(violation, this.judgement, judgement);
    if (objection !== null) return objection;
    this.#done = this.#done.map((done) => ({ ...done, offset: movedBy(edits, done.offset) }));
    this.#done.push({ violation, summary, offset: endOf(edits) });
    this.text = text;
    this.judgement = judgement;
    return null;
  }

  fixed(): Note[] {
    const source = new Source('', this.text);
    return this.#done.map(({ violation, summary, offset }) => ({
      ...subjectOf(violation),
      line: source.position(offset).line,
      message: summary,
      lines: [],
    }));
  }

  /** What to do by hand, by the identities of violations that were not repaired and the reasons. */
  left(reasons: ReadonlyMap<string, string | null>): Note[] {
    const notes = new Map<string, Note>();
    for (const violation of this.judgement.findings) {
      const reason = reasons.get(violation.identity) ?? null;
      const proposal = reason === null ? null : propose(this.text, violation);
      if (proposal === null) continue;
      const note = noteOf(violation, `not fixed, since ${reason}`, proposal, this.text);
      // One remedy may answer several findings in one place.
      notes.set(JSON.stringify(note), note);
    }
    return [...notes.values()];
  }
}

/** Offset of the end of the last edit in the edited text. */
function endOf(edits: readonly TextEdit[]): number {
  const growth = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
  return Math.max(...edits.map(({ end }) => end)) + growth;
}

function subjectOf({ rule, resource, container, identity }: JudgedViolation): Subject {
  return { rule, resource, container, identity };
}

function noteOf(violation: JudgedViolation, reason: string, proposal: Proposal, text: string): Note {
  const subject = subjectOf(violation);
  const { edits, summary } = proposal;
  if (edits === null)
    return { ...subject, line: violation.line, message: `${reason}; it takes ${summary}`, lines: [] };
  const { line, message, lines } = instructions(text, edits);
  return { ...subject, line, message: `${reason}; ${message}`, lines };
}

/** Why an edit must not be made, in the middle of a sentence; null: it may be. */
function objectionTo(violation: JudgedViolation, before: Judgement, after: Judgement): string | null {
  if (before.complete && !after.complete) return 'the rules could not judge the result';
  const old = countOf(before.findings);
  const fresh = countOf(after.findings);
  const { identity } = violation;
  if ((fresh.get(identity) ?? 0) >= (old.get(identity) ?? 0)) return 'the rule would still fail';
  const added = after.findings.find((found) => fresh.get(found.identity)! > (old.get(found.identity) ?? 0));
  if (added !== undefined) return `\`${added.rule}\` would then fail`;
  const known = countOf(before.unknowns);
  const unknown = countOf(after.unknowns);
  const undecided = after.unknowns.find(
    (found) => unknown.get(found.identity)! > (known.get(found.identity) ?? 0),
  );
  return undecided === undefined ? null : `\`${undecided.rule}\` could then not be decided`;
}

function countOf(found: readonly JudgedViolation[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { identity } of found) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  return counts;
}
