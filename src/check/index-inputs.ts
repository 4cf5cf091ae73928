import { join } from 'node:path';
import { type ChangedFile, changesSince, nextCommit } from '../git/change.ts';
import type { GitPlace } from '../git/exec.ts';
import { mergeBases } from '../git/merge-base.ts';
import { type TrackedFile, trackedFiles } from '../git/tracked.ts';
import type { Worktree } from '../git/worktree.ts';
import type { Shard } from '../report/report.ts';
import { mayBeTemplate } from '../template/detect.ts';
import { asBlobs, type Input, type Inputs } from './inputs.ts';
import { displayPath, withoutLinks } from './paths.ts';
import { isInShard } from './shard.ts';

/** What of a repository is judged: what is staged, every file of the index, or what changed since a branch was left. */
export type Scope = 'staged' | 'all' | { readonly base: string };

/**
 * The contents of the index that belong to a scope, wherever in the repository the user stands.
 *
 * @param shard leaves only these of the files; a commit is always judged as a whole
 * @throws {DiagnosticError} when git does not know of the base, or fails
 *
 * @internal
 */
export async function indexInputs(
  place: GitPlace,
  worktree: Worktree,
  scope: Scope,
  shard?: Shard,
): Promise<Inputs> {
  const staged = scope === 'staged';
  const base = withoutLinks(place.cwd);
  const files = (await filesIn(place, worktree, scope))
    .filter(({ path }) => mayBeTemplate(path))
    .filter(({ path }) => staged || shard === undefined || isInShard(path, shard))
    .map((file) => inputOf(file, displayPath(base, join(worktree.top, file.path))));
  return { files, staged, diagnostics: [] };
}

async function filesIn(
  place: GitPlace,
  worktree: Worktree,
  scope: Scope,
): Promise<readonly (ChangedFile | TrackedFile)[]> {
  if (scope === 'staged') return nextCommit(place, worktree);
  if (scope === 'all') return trackedFiles(place, worktree.top);
  return changesSince(place, await mergeBases(place, scope.base));
}

function inputOf(file: ChangedFile | TrackedFile, path: string): Input {
  const content = { blob: file.blob };
  return 'before' in file
    ? { path, content, before: async () => asBlobs(await file.before()) }
    : { path, content };
}
