import type { GitPlace } from '../git/exec.ts';
import { GitError } from '../git/git-error.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import { type StagedFile, stagedFiles } from '../git/staged.ts';

/** A worktree and what the next commit changes in it. */
export interface Worktree extends Repository {
  readonly staged: readonly StagedFile[];
}

/**
 * The worktree around a place, or null where there is none.
 *
 * @throws {GitError} when there is one that git cannot, or may not, read
 */
export async function findWorktree(place: GitPlace): Promise<Worktree | null> {
  const [repository, staged] = await Promise.allSettled([findRepository(place), stagedFiles(place)]);
  const failure = [repository, staged].find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined && hasNoWorktree(failure.reason)) return null;
  if (repository.status === 'rejected') throw repository.reason;
  if (staged.status === 'rejected') throw staged.reason;
  return { ...repository.value, staged: staged.value };
}

/** No git, no repository, or a place inside of a bare one: then there is nothing staged that could be judged. */
function hasNoWorktree(reason: unknown): boolean {
  if (!(reason instanceof GitError)) return false;
  const { interruption, stderr } = reason.failure;
  return interruption === 'ENOENT' || /not a git repository|must be run in a work tree/i.test(stderr);
}
