import { readFileSync } from 'node:fs';
import type { GitPlace } from './exec.ts';

/**
 * The commits that the next commit merges into HEAD; none unless a merge is going on.
 *
 * @param file where git notes them when a merge stops, `MERGE_HEAD`: one id on each line
 * @returns object ids
 */
export function readMergeHeads(file: string, { env }: GitPlace): string[] {
  const noted = noteIn(file);
  return noted.length > 0 ? noted : headsOfRunningMerge(env);
}

function noteIn(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
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
