import { type Answer, keepAnswer, recallAnswer } from '../cache/answers.ts';
import type { ListedWorktree } from '../git/worktree.ts';
import type { Report, Totals } from '../report/report.ts';
import { carryOut } from './check.ts';
import { type CheckRequest, type Job, prepare } from './job.ts';
import { keepPassNote } from './pass-note.ts';
import { questionOf } from './question.ts';

/** What a check has to say. */
export interface Reply extends Answer {
  readonly totals: Totals;
  /** Keeps what spares the next run work. To be called when everything is said, which people read first. */
  remember?(): void;
}

/** How a check says what it found. */
export interface Manner {
  /** The lines of a report. */
  render(report: Report): string;
  /** What else the lines depend on, as plain JSON; null: what was said before is never to be said again. */
  readonly shown: object | null;
  /** For what passes so that the hook need not be there to say it again; absent: there is no hook. */
  readonly passing?: Passing | undefined;
}

export interface Passing {
  readonly worktree: ListedWorktree;
  /** What to say when something without lines passes again, perhaps nothing; null: there is more to say. */
  messageFor(totals: Totals): string | null;
}

/**
 * Checks, or says again what was said when the same was asked before.
 *
 * @throws {DiagnosticError} when nothing at all can be judged, as without a repository
 */
export async function replyTo(request: CheckRequest, manner: Manner): Promise<Reply> {
  const job = await prepare(request);
  const { store } = job.surroundings;
  const question = manner.shown && (await questionOf(job, manner.shown));
  const known = question && recallAnswer(store, question);
  if (known) {
    const reply = { ...known, totals: { ...known.totals, elapsed: request.elapsed() } };
    return { ...reply, remember: () => void leaveNote(reply, job, manner.passing) };
  }
  const { report, repeatable } = await carryOut(job);
  const reply = replyWith(report, manner);
  if (!repeatable) return reply;
  const remember = () => {
    if (!leaveNote(reply, job, manner.passing) && question !== null) keepAnswer(store, question, reply);
  };
  return { ...reply, remember };
}

/** What there is to say of a report. */
export function replyWith(report: Report, { render }: Pick<Manner, 'render'>): Reply {
  return { lines: Buffer.from(render(report)), totals: report };
}

/** Leaves a note for the hook if this passes in silence. Returns whether there is one, so that nothing else need be kept. */
function leaveNote({ lines, totals }: Reply, job: Job, passing: Passing | undefined): boolean {
  if (passing === undefined || lines.length > 0) return false;
  const message = passing.messageFor(totals);
  const { request, policies, surroundings } = job;
  return (
    message !== null && keepPassNote(surroundings.store, request.cwd, passing.worktree, policies, message)
  );
}
