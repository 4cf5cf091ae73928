import { Source } from '../source/source.ts';
import { Draft, type Proposal, type Violation } from './draft.ts';
import { applyEdits, movedBy, type TextEdit } from './edit.ts';
import { instructions } from './instructions.ts';

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

/** A violation and what is to be done about it. */
interface Task {
  readonly violation: JudgedViolation;
  readonly proposal: Proposal;
}

/** What was done. */
interface Done {
  readonly violation: JudgedViolation;
  readonly summary: string;
  /** Offset behind what stood before the last of its edits, or was replaced by it. */
  readonly offset: number;
  /** Line breaks between that and the end of the edit. */
  readonly lines: number;
}

const MARK = Buffer.from('\ufeff');
const UNSAFE = 'it is written in a way that cannot safely be edited';

/** A template that is being repaired. */
class Workpiece {
  judgement: Judgement;
  #draft: Draft;
  readonly #mark: Buffer;
  readonly #mayEdit: NonNullable<Order['mayEdit']>;
  readonly #judge: Judge;
  #done: Done[] = [];

  constructor(bytes: Buffer, mayEdit: NonNullable<Order['mayEdit']>, judge: Judge) {
    this.#mayEdit = mayEdit;
    this.#judge = judge;
    this.judgement = judge(bytes);
    this.#mark = bytes.subarray(0, MARK.length).equals(MARK) ? MARK : Buffer.alloc(0);
    // What cannot be read has no violations either.
    const isReadable = this.judgement.findings.length > 0;
    this.#draft = new Draft(isReadable ? bytes.subarray(this.#mark.length).toString() : '');
    this.bytes = bytes;
  }

  /** The template as it is by now. */
  bytes: Buffer;

  /** Repairs all of some violations that there is a safe answer to, if they can be repaired together. */
  repairAll(violations: readonly JudgedViolation[]): void {
    const tasks = new Map<string, Task>();
    for (const violation of violations) {
      const proposal = this.#draft.propose(violation);
      // One remedy may answer several findings in one place.
      if (proposal?.reason === null)
        tasks.set(JSON.stringify([violation.identity, proposal.summary]), { violation, proposal });
    }
    if (tasks.size > 1) this.#attempt([...tasks.values()]);
  }

  /** Repairs one violation, or tells why not; null: there is nothing to say about it. */
  repairOne(violation: JudgedViolation): 'repaired' | { readonly reason: string | null } {
    const proposal = this.#draft.propose(violation);
    if (proposal === null || proposal.reason !== null) return { reason: proposal?.reason ?? null };
    const reason = this.#attempt([{ violation, proposal }]);
    return reason === null ? 'repaired' : { reason };
  }

  /** Makes the edits, unless anything speaks against them: then this says what. */
  #attempt(tasks: readonly Task[]): string | null {
    const draft = this.#draft;
    const changes = tasks.flatMap(({ proposal }) => proposal.changes);
    const edits = draft.write(changes);
    if (edits === null || !draft.isMadeBy(changes, edits)) return UNSAFE;
    if (!this.#mayEdit(draft.text, edits)) return 'somebody edits these lines';
    const text = applyEdits(draft.text, edits);
    const bytes = Buffer.concat([this.#mark, Buffer.from(text)]);
    const judgement = this.#judge(bytes);
    for (const { violation } of tasks) {
      const objection = objectionTo(violation, this.judgement, judgement);
      if (objection !== null) return objection;
    }
    this.#done = this.#done.map((done) => ({ ...done, offset: movedBy(edits, done.offset) }));
    for (const { violation, proposal } of tasks)
      this.#done.push({
        violation,
        summary: proposal.summary,
        ...placeOf(draft.write(proposal.changes)!, edits),
      });
    this.bytes = bytes;
    this.judgement = judgement;
    this.#draft = new Draft(text);
    return null;
  }

  fixed(): Note[] {
    const source = new Source('', this.#draft.text);
    const notes = this.#done.map(({ violation, summary, offset, lines }) => ({
      ...subjectOf(violation),
      line: source.position(offset).line + lines,
      message: summary,
      lines: [],
    }));
    return notes.sort((a, b) => a.line - b.line);
  }

  /** What to do by hand, by the identities of violations that were not repaired and the reasons. */
  left(reasons: ReadonlyMap<string, string | null>): Note[] {
    const notes = new Map<string, Note>();
    for (const violation of this.judgement.findings) {
      const reason = reasons.get(violation.identity) ?? null;
      const proposal = reason === null ? null : this.#draft.propose(violation);
      if (reason === null || proposal === null) continue;
      const note = noteOf({ violation, proposal }, reason, this.#draft);
      // One remedy may answer several findings in one place.
      notes.set(JSON.stringify(note), note);
    }
    return [...notes.values()];
  }
}

/** Where edits, made together with others, have put something into the text. */
function placeOf(own: readonly TextEdit[], all: readonly TextEdit[]): Pick<Done, 'offset' | 'lines'> {
  const last = own.reduce((a, b) => (b.end >= a.end ? b : a));
  return {
    offset: movedBy(all, last.end),
    lines: last.start === last.end ? last.text.split('\n').length - 1 : 0,
  };
}

function subjectOf({ rule, resource, container, identity }: JudgedViolation): Subject {
  return { rule, resource, container, identity };
}

function noteOf({ violation, proposal }: Task, reason: string, draft: Draft): Note {
  const subject = subjectOf(violation);
  const message = `not fixed, since ${reason}`;
  const edits = reason === UNSAFE ? null : draft.write(proposal.changes);
  if (edits === null)
    return {
      ...subject,
      line: violation.line,
      message: `${message}; it takes ${proposal.summary}`,
      lines: [],
    };
  const { line, message: order, lines } = instructions(draft.text, edits);
  return { ...subject, line, message: `${message}; ${order}`, lines };
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
