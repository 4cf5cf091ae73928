import { type Answer, keepAnswer, recallAnswer } from '../cache/answers.ts';
import type { ListedWorktree } from '../git/worktree.ts';
import type { Report, Totals } from '../report/report.ts';
import { carryOut } from './check.ts';
import { type CheckRequest, prepare } from './job.ts';
import { keepPassNote } from './pass-note.ts';
import { questionOf } from './question.ts';

/** What a check has to say. */
export interface Reply extends Answer {
  readonly totals: Totals;
  /** Keeps what spares the next run work. To be called when everything is said, since nobody should wait for it. */
  remember?(): void;
}

/** How a check says what it found. */
export interface Manner {
  /** The lines of a report, without the time that it took. */
  render(report: Report): string;
  /** What else the lines depend on, as plain JSON; null: what was said before is never to be said again. */
  readonly shown: object | null;
  /** For what passes so that the hook need not be there to say it again; absent: there is no hook. */
  readonly passing?: Passing | undefined;
}

export interface Passing {
  readonly worktree: ListedWorktree;
  /** What to say when the same passes again, perhaps nothing; null: this has more to say. */
  messageFor(report: Report): string | null;
}

/**
 * Checks, or says again what was said when the same was asked before.
 *
 * @throws {DiagnosticError} when nothing at all can be judged, as without a repository
 */
export async function replyTo(request: CheckRequest, manner: Manner): Promise<Reply> {
  const { shown, passing } = manner;
  const job = await prepare(request);
  const { store } = job.surroundings;
  const question = shown && questionOf(job, shown);
  const known = question && recallAnswer(store, question);
  if (known) return { ...known, totals: { ...known.totals, elapsed: request.elapsed() } };
  const { report, repeatable } = await carryOut(job);
  const reply = replyWith(report, manner);
  if (!repeatable) return reply;
  const remember = () => {
    const message = passing?.messageFor(report) ?? null;
    if (passing !== undefined && message !== null)
      keepPassNote(store, request.cwd, passing.worktree, job.policies, message);
    else if (question !== null && report.diagnostics.length === 0) keepAnswer(store, question, reply);
  };
  return { ...reply, remember };
}

/** What there is to say of a report. */
export function replyWith(report: Report, { render }: Pick<Manner, 'render'>): Reply {
  return { lines: Buffer.from(render(report)), totals: report };
}
