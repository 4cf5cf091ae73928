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
  /** Where git keeps objects; `GIT_OBJECT_DIRECTORY` may put it anywhere. */
  readonly objects: string;
  /** The file in which git notes what is being merged into HEAD; it exists during a merge only. */
  readonly mergeHead: string;
}

/** `rev-parse` repeats an option that it does not know, so this tells answers apart that may hold line breaks. */
const SEPARATOR = '--next-answer';

const QUESTIONS = [
  '--show-toplevel',
  '--git-common-dir',
  '--git-path hooks',
  '--git-path objects',
  '--git-path MERGE_HEAD',
];

/** The arguments that make git tell the folders of a repository. */
export const ASK_REPOSITORY: readonly string[] = [
  'rev-parse',
  ...QUESTIONS.flatMap((question) => [...question.split(' '), SEPARATOR]),
];

/**
 * One git process.
 *
 * @throws {GitError} when the place is not inside a worktree
 */
export async function findRepository(place: GitPlace): Promise<Repository> {
  const output = await runGit(place, ASK_REPOSITORY);
  const answer = splitRepository(output, place.cwd);
  return answer.repository;
}

/** What git answered to {@link ASK_REPOSITORY} in the folder `cwd`, and the bytes behind the answer. */
export function splitRepository(output: Buffer, cwd: string): { repository: Repository; rest: Buffer } {
  const answers: string[] = [];
  const end = Buffer.from(`\n${SEPARATOR}\n`);
  let at = 0;
  while (answers.length < QUESTIONS.length) {
    const next = output.indexOf(end, at);
    if (next === -1) break;
    // Git answers relative to the folder that it runs in.
    answers.push(resolve(cwd, output.toString('utf8', at, next)));
    at = next + end.length;
  }
  const [top = '', commonDirectory = '', hooks = '', objects = '', mergeHead = ''] = answers;
  return { repository: { top, commonDirectory, hooks, objects, mergeHead }, rest: output.subarray(at) };
}

/**
 * Top of the worktree that the repository began with; in most repositories it is the only one.
 *
 * @throws {GitError}
 */
export async function mainWorktree(place: GitPlace): Promise<string> {
  const list = await runGit(place, ['worktree', 'list', '--porcelain']);
  return resolve(
    list
      .toString()
      .split('\n', 1)[0]!
      .replace(/^worktree /, ''),
  );
}
