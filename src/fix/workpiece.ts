import { Source } from '../source/source.ts';
import { Draft, type Proposal } from './draft.ts';
import { applyEdits, movedBy, type TextEdit } from './edit.ts';
import { type Judge, type JudgedViolation, type Judgement, objectionTo } from './judgement.ts';
import { type Note, openNote, repairNote } from './note.ts';

/** Whether edits may be made that somebody has to agree to. */
export type MayEdit = (text: string, edits: readonly TextEdit[]) => boolean;

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
export class Workpiece {
  /** The template as it is by now, and what the rules say about it. */
  bytes: Buffer;
  judgement: Judgement;
  #draft: Draft;
  readonly #mark: Buffer;
  readonly #mayEdit: MayEdit;
  readonly #judge: Judge;
  #done: Done[] = [];

  constructor(bytes: Buffer, mayEdit: MayEdit, judge: Judge) {
    this.#mayEdit = mayEdit;
    this.#judge = judge;
    this.judgement = judge(bytes);
    this.#mark = bytes.subarray(0, MARK.length).equals(MARK) ? MARK : Buffer.alloc(0);
    // What cannot be read has no violations either.
    const isReadable = this.judgement.findings.length > 0;
    this.#draft = new Draft(isReadable ? bytes.subarray(this.#mark.length).toString() : '');
    this.bytes = bytes;
  }

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
    const targets = tasks.map(({ violation }) => violation);
    const objection = objectionTo(targets, this.judgement, judgement);
    if (objection !== null) return objection;
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

  /** What was done, in the order of the lines. */
  fixed(): Note[] {
    const source = new Source('', this.#draft.text);
    return this.#done
      .map(({ violation, summary, offset, lines }) =>
        repairNote(violation, source.position(offset).line + lines, summary),
      )
      .sort((a, b) => a.line - b.line);
  }

  /** What to do by hand, by the identities of violations that were not repaired and the reasons. */
  left(reasons: ReadonlyMap<string, string | null>): Note[] {
    const notes = new Map<string, Note>();
    for (const violation of this.judgement.findings) {
      const reason = reasons.get(violation.identity) ?? null;
      const proposal = reason === null ? null : this.#draft.propose(violation);
      if (reason === null || proposal === null) continue;
      const note = openNote(violation, proposal, reason, this.#draft, reason !== UNSAFE);
      // One remedy may answer several findings in one place.
      notes.set(JSON.stringify(note), note);
    }
    return [...notes.values()];
  }
}

/** Where edits, made together with others, have put something into the text. */
function placeOf(own: readonly TextEdit[], all: readonly TextEdit[]): Pick<Done, 'offset' | 'lines'> {
  const last = own.reduce((a, b) => (b.end >= a.end ? b : a));
  if (last.start !== last.end) return { offset: movedBy(all, last.end), lines: 0 };
  const at = all.findIndex(({ start, text }) => start === last.start && text.includes(last.text));
  const before = all.slice(0, at).filter(({ start, end }) => start === last.start && end === start);
  const offset = before.reduce((sum, { text }) => sum + text.length, movedBy(all, last.end));
  return { offset, lines: last.text.split('\n').length - 1 };
}
