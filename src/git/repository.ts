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

/** `rev-parse` repeats an option that it does not know, so this tells answers apart that may hold line breaks. */
const SEPARATOR = '--next-answer';

const QUESTIONS = [['--show-toplevel'], ['--git-dir'], ['--git-common-dir'], ['--git-path', 'hooks']];

/**
 * One git process, and a second one in a linked worktree.
 *
 * @throws {GitError} when the place is not inside a worktree
 */
export async function findRepository(place: GitPlace): Promise<Repository> {
  const questions = QUESTIONS.flatMap((question) => [...question, SEPARATOR]);
  const output = await runGit(place, ['rev-parse', ...questions]);
  const answers = output.toString().split(`\n${SEPARATOR}\n`);
  // Git answers relative to the folder that it runs in.
  const [top = '', directory = '', commonDirectory = '', hooks = ''] = answers.map((answer) =>
    resolve(place.cwd, answer),
  );
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
