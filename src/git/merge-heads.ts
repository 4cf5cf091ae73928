import { readFileSync } from 'node:fs';
import { DiagnosticError } from '../source/diagnostic.ts';
import type { GitPlace } from './exec.ts';

/**
 * The commits that the next commit merges into HEAD; none unless a merge is going on.
 *
 * @param file where git notes them when a merge stops, `MERGE_HEAD`: one id on each line
 * @returns object ids
 * @throws {DiagnosticError} when something else stands there
 */
export function readMergeHeads(file: string, { env }: GitPlace): string[] {
  const noted = noteIn(file);
  return noted.length > 0 ? noted : headsOfRunningMerge(env);
}

function noteIn(file: string): string[] {
  const lines = textOf(file).split('\n');
  const ids = lines.filter((line) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(line));
  if (lines.pop() === '' && ids.length === lines.length) return ids;
  throw new DiagnosticError({
    code: 'git',
    message: `git's note of what is being merged, \`${file}\`, is damaged`,
    help: 'start the merge again after `git merge --abort`, or delete that file when there is no merge',
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * `git merge` that does not stop writes its note behind the hook `pre-merge-commit` only. But it names the commits to the
 * programs that it runs, by a variable for each: `GITHEAD_<id>` holds the name that conflicts would be marked with.
 */
function headsOfRunningMerge(env: GitPlace['env']): string[] {
  return Object.keys(env).flatMap((name) => /^GITHEAD_([0-9a-f]{40}|[0-9a-f]{64})$/.exec(name)?.[1] ?? []);
}
