import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GitPlace } from '../git/exec.ts';
import { GitError } from '../git/git-error.ts';
import { findWorktree, type Worktree } from '../git/worktree.ts';

/**
 * The worktree around a place, or null where there is none and files on disk are all there is.
 *
 * @throws {GitError} when there is one that git cannot, or may not, read: what is staged in it would be overlooked
 */
export async function findWorktreeIfAny(place: GitPlace): Promise<Worktree | null> {
  if (isFarFromGit(place)) return null;
  try {
    return await findWorktree(place);
  } catch (error) {
    if (error instanceof GitError && hasNoWorktree(error)) return null;
    throw error;
  }
}

/** Variables by which git finds a worktree elsewhere. */
const LEADS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE'];

/** Whether git need not be started to find no worktree. */
function isFarFromGit({ cwd, env }: GitPlace): boolean {
  if (LEADS.some((name) => env[name] !== undefined)) return false;
  try {
    for (let folder = realpathSync(cwd); ; folder = dirname(folder)) {
      if (lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined) return false;
      if (folder === dirname(folder)) return true;
    }
  } catch {
    // What cannot be looked at is for git to judge.
    return false;
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
