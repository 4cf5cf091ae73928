import { type Answer, keepAnswer, recallAnswer } from '../cache/answers.ts';
import type { ListedWorktree } from '../git/worktree.ts';
import type { Report } from '../report/report.ts';
import { carryOut } from './check.ts';
import { type CheckRequest, type Job, prepare } from './job.ts';
import { keepOutcomeNote, type OutcomeNote, outcomeNote, type Said } from './outcome-note.ts';
import { questionOf } from './question.ts';

/** What a check has to say. */
export interface Reply extends Answer {
  /** Keeps what spares the next run work. To be called when everything is said, which people read first. */
  remember?(): void;
}

/** How a check says what it found. */
export interface Manner {
  /** The lines of a report. */
  render(report: Report): string;
  /** What else the lines depend on, as plain JSON; null: what was said before is never to be said again. */
  readonly shown: object | null;
  /** For the hook, that can say the same again by itself; absent: there is none. */
  readonly hook?: Hook | undefined;
}

export interface Hook {
  readonly worktree: ListedWorktree;
  /** All that the look of what is said depends on, as the hook puts it. */
  readonly viewer: string;
  /** What is said of a reply apart from diagnostics, and of one without a time when the same is asked again. */
  say(reply: Reply): Said;
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
  let reply: Reply;
  if (known) {
    reply = { ...known, totals: { ...known.totals, elapsed: request.elapsed() } };
  } else {
    const { report, repeatable } = await carryOut(job);
    reply = replyWith(report, manner);
    if (!repeatable) return reply;
  }
  const note = noteFor(manner.hook, job, reply);
  const remember = () => {
    // With a note the hook does not ask again.
    if (note !== null) keepOutcomeNote(store, note);
    else if (question !== null && !known) keepAnswer(store, question, reply);
  };
  return { ...reply, remember };
}

/** What there is to say of a report. */
export function replyWith(report: Report, { render }: Pick<Manner, 'render'>): Reply {
  return { lines: Buffer.from(render(report)), totals: report };
}

/** What the hook needs to say this again, if it can. */
function noteFor(
  hook: Hook | undefined,
  { request, policies }: Job,
  { lines, totals }: Answer,
): OutcomeNote | null {
  if (hook === undefined) return null;
  const { elapsed: _, ...timeless } = totals;
  const said = hook.say({ lines, totals: timeless });
  return outcomeNote(request.cwd, hook.worktree, policies, hook.viewer, said);
}
