import { resolve } from 'node:path';
import { type GitPlace, runGit } from './exec.ts';

/** Folders of one repository, as absolute paths. */
export interface Repository {
  /** Top of the worktree that the place is in. */
  readonly top: string;
  /** Top of the worktree that the repository began with: the same, unless the place is in a linked worktree. */
  readonly mainTop: string;
  /** What all worktrees share: `.git` of the main one. */
  readonly commonDirectory: string;
  /** Where git looks for hooks; `core.hooksPath` may put it anywhere. */
  readonly hooks: string;
}

/** @throws {GitError} when the place is not inside a worktree */
export async function findRepository(place: GitPlace): Promise<Repository> {
  const top = await revParse(place, '--show-toplevel');
  // Git does not agree with itself on what a relative answer is relative to, except at the top.
  const atTop = { cwd: top, env: place.env };
  const [directory, commonDirectory, hooks] = await Promise.all([
    revParse(atTop, '--git-dir'),
    revParse(atTop, '--git-common-dir'),
    revParse(atTop, '--git-path', 'hooks'),
  ]);
  const mainTop = directory === commonDirectory ? top : await mainWorktree(place);
  return { top, mainTop, commonDirectory, hooks };
}

async function mainWorktree(place: GitPlace): Promise<string> {
  const list = await runGit(place, ['worktree', 'list', '--porcelain']);
  return resolve(
    list
      .toString()
      .split('\n', 1)[0]!
      .replace(/^worktree /, ''),
  );
}

/** One path. */
async function revParse(place: GitPlace, ...args: string[]): Promise<string> {
  const answer = await runGit(place, ['rev-parse', ...args]);
  return resolve(place.cwd, answer.toString().replace(/\r?\n$/, ''));
}
