import type { GitPlace } from '../git/exec.ts';
import { GitError } from '../git/git-error.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import { type StagedFile, stagedFiles } from '../git/staged.ts';

/** A worktree and what the next commit changes in it. */
export interface Worktree extends Repository {
  readonly staged: readonly StagedFile[];
}

/** @throws {GitError} when the place is not in a worktree that git can and may read */
export async function findWorktree(place: GitPlace): Promise<Worktree> {
  const [repository, staged] = await Promise.all([findRepository(place), stagedFiles(place)]);
  return { ...repository, staged };
}

/**
 * The worktree around a place, or null where there is none and files on disk are all there is.
 *
 * @throws {GitError} when there is one that git cannot, or may not, read: what is staged in it would be overlooked
 */
export async function findWorktreeIfAny(place: GitPlace): Promise<Worktree | null> {
  try {
    return await findWorktree(place);
  } catch (error) {
    if (error instanceof GitError && hasNoWorktree(error)) return null;
    throw error;
  }
}

/** No git, no repository, or a place inside of a bare one. */
function hasNoWorktree({ failure }: GitError): boolean {
  const { interruption, stderr } = failure;
  return interruption === 'ENOENT' || /not a git repository|must be run in a work tree/i.test(stderr);
}
