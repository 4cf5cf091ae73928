import type { GitPlace } from './exec.ts';
import { findRepository, type Repository, splitRepository } from './repository.ts';
import { parseRawDiff, type StagedFile, stagedFiles } from './staged.ts';

/** A worktree and what the next commit changes in it. */
export interface Worktree extends Repository {
  readonly staged: readonly StagedFile[];
}

/**
 * Two git processes, side by side.
 *
 * @throws {GitError} when the place is not in a worktree that git can and may read
 */
export async function findWorktree(place: GitPlace): Promise<Worktree> {
  const [repository, staged] = await Promise.all([findRepository(place), stagedFiles(place)]);
  return { ...repository, staged };
}

/** Ends the answers that the hook gathers, so that an interrupted git is not taken for one that said everything. */
const COMPLETE = Buffer.from('complete');

/**
 * The worktree from what the hook asked git while Node was starting: the answers to `ASK_REPOSITORY` and `LIST_STAGED`
 * and the word `complete`.
 *
 * @returns undefined when they are not complete; then git has to be asked again, to learn the reason
 */
export function worktreeFromAnswers(answers: Buffer, cwd: string): Worktree | undefined {
  const end = answers.length - COMPLETE.length;
  if (end < 0 || !answers.subarray(end).equals(COMPLETE)) return undefined;
  const { repository, rest } = splitRepository(answers.subarray(0, end), cwd);
  return { ...repository, staged: parseRawDiff(rest) };
}
