import { type GitPlace, runGit } from './exec.ts';
import { splitIndexList } from './policy-files.ts';

/** A regular file of the index. */
export interface TrackedFile {
  /** From the top of the worktree, with forward slashes; see `pathText`. */
  readonly path: string;
  /** Object id of its content. */
  readonly blob: string;
}

/**
 * Lists all files of the index, wherever in the worktree the place is. Symbolic links, submodules and unmerged files are
 * left out.
 *
 * @param top of the worktree
 * @throws {GitError}
 */
export async function trackedFiles(place: GitPlace, top: string): Promise<TrackedFile[]> {
  const output = await runGit(place, ['ls-files', '--stage', '-z', '--full-name', '--', top]);
  return Array.from(splitIndexList(output).files, ([path, blob]) => ({ path, blob }));
}
