import { resolve } from 'node:path';
import { type GitPlace, runGit } from './exec.ts';

/** Folders of one repository, as absolute paths. */
export interface Repository {
  /** Top of the worktree that the place is in. */
  readonly top: string;
  /** What all worktrees share: `.git` of the main one. */
  readonly commonDirectory: string;
  /** Where git looks for hooks; `core.hooksPath` may put it anywhere. */
  readonly hooks: string;
}

/** @throws {GitError} when the place is not inside a worktree */
export async function findRepository(place: GitPlace): Promise<Repository> {
  const [top, commonDirectory, hooks] = await Promise.all([
    revParse(place, '--show-toplevel'),
    revParse(place, '--git-common-dir'),
    revParse(place, '--git-path', 'hooks'),
  ]);
  return { top, commonDirectory, hooks };
}

/** The worktree that the repository began with; of a bare repository, the repository itself. */
export async function mainWorktree(place: GitPlace): Promise<string> {
  const list = await runGit(place, ['worktree', 'list', '--porcelain']);
  return list
    .toString()
    .split('\n', 1)[0]!
    .replace(/^worktree /, '');
}

/** One path. Git answers relative to the folder it runs in. */
async function revParse(place: GitPlace, ...args: string[]): Promise<string> {
  const answer = await runGit(place, ['rev-parse', ...args]);
  return resolve(place.cwd, answer.toString().replace(/\r?\n$/, ''));
}
