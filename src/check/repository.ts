import type { GitPlace } from '../git/exec.ts';
import { GitError } from '../git/git-error.ts';
import { findWorktree, type Worktree } from '../git/worktree.ts';

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
  return (
    interruption === 'ENOENT' ||
    /^fatal: (not a git repository|this operation must be run in a work tree)/im.test(stderr)
  );
}
