import type { GitPlace } from './exec.ts';
import { readMergeHeads } from './merge-heads.ts';
import { listPolicyFiles, type PolicyFiles, splitIndexList } from './policy-files.ts';
import { findRepository, type Repository, splitRepository } from './repository.ts';
import { parseRawDiff, type StagedFile, stagedFiles } from './staged.ts';

/** A worktree and what is going to be committed in it. */
export interface Worktree extends Repository {
  /** What the index has differently from HEAD. */
  readonly staged: readonly StagedFile[];
  /** Settings and rule files in the index, whether they differ from HEAD or not. */
  readonly policyFiles: PolicyFiles;
  /** Commits that the next one merges into HEAD, as object ids; none in most commits. */
  readonly mergeHeads: readonly string[];
}

/**
 * Three git processes, side by side.
 *
 * @throws {GitError} when the place is not in a worktree that git can and may read
 */
export async function findWorktree(place: GitPlace): Promise<Worktree> {
  const [repository, policyFiles, staged] = await Promise.all([
    findRepository(place),
    listPolicyFiles(place),
    stagedFiles(place),
  ]);
  return worktreeOf(place, repository, policyFiles, staged);
}

function worktreeOf(
  place: GitPlace,
  repository: Repository,
  policyFiles: PolicyFiles,
  staged: readonly StagedFile[],
): Worktree {
  return { ...repository, policyFiles, staged, mergeHeads: readMergeHeads(repository.mergeHead, place) };
}

/** A worktree and, as git lists it, what that is known from: records that end with a NUL each. */
export interface ListedWorktree extends Worktree {
  readonly listed: { readonly policyFiles: Buffer; readonly staged: Buffer };
}

/** Ends the answers that the hook gathers, so that an interrupted git is not taken for one that said everything. */
const COMPLETE = Buffer.from('complete');

/**
 * The worktree from what the hook asked git while Node was starting: the answers to `ASK_REPOSITORY`,
 * `LIST_POLICY_FILES` and `LIST_STAGED`, and the word `complete`.
 *
 * @returns undefined when they are not complete; then git has to be asked again, to learn the reason
 */
export function worktreeFromAnswers(answers: Buffer, place: GitPlace): ListedWorktree | undefined {
  const end = answers.length - COMPLETE.length;
  if (end < 0 || !answers.subarray(end).equals(COMPLETE)) return undefined;
  const { repository, rest } = splitRepository(answers.subarray(0, end), place.cwd);
  const { files, rest: staged } = splitIndexList(rest);
  const policyFiles = rest.subarray(0, rest.length - staged.length);
  const worktree = worktreeOf(place, repository, files, parseRawDiff(staged));
  return { ...worktree, listed: { policyFiles, staged } };
}
