import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { GitPlace } from '../git/exec.ts';
import { GitError } from '../git/git-error.ts';
import {
  type IndexEntry,
  indexEntries,
  isPartialCommit,
  updateIndex,
  writeBlob,
} from '../git/index-entries.ts';
import { mergeIntoWorktree } from './merge-worktree.ts';
import { readPlainFile, replaceFile } from './replace-file.ts';

/** A repaired file whose repair is not saved yet. */
export interface Repaired {
  /** Absolute, with the symbolic links of its folders resolved. */
  readonly file: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** A file of the index. */
export interface StagedRepair extends Repaired {
  /** From the top of the worktree, with forward slashes. */
  readonly path: string;
  /** Object id of the content before. */
  readonly blob: string;
  /** Repairs the same things between the edits of the working tree; null when that is not possible. */
  repairIn(worktree: Buffer): Buffer | null;
}

/** How saving went. */
export interface Saved {
  /** Whether the repair is where it was to be: in the index, or on disk. */
  readonly done: boolean;
  /** What the user has to know about it, as a sentence; null: nothing. */
  readonly remark: string | null;
}

const SAVED: Saved = { done: true, remark: null };
const refused = (reason: string): Saved => ({ done: false, remark: `nothing was fixed, since ${reason}` });

/**
 * Puts repairs into files on disk.
 *
 * @returns how that went, in the order of the repairs
 */
export function saveToDisk(repairs: readonly Repaired[]): Saved[] {
  return repairs.map(({ file, before, after }) => {
    if (readPlainFile(file) === null) return refused('it is not a plain file, perhaps a symbolic link');
    try {
      return replaceFile(file, before, after) ? SAVED : refused('somebody changed it meanwhile');
    } catch (error) {
      return refused(`it cannot be written: ${(error as NodeJS.ErrnoException).code}`);
    }
  });
}

/**
 * Puts repairs into the index and, as far as edits there leave room for them, into the working tree.
 *
 * The order makes that safe: first the new contents become objects, to which nothing refers yet; then come the files of
 * the working tree, one rename each; then the index, in one rename. Wherever this stops, each of these is the old or the
 * new one. A working tree that is ahead of the index is like any that has edits that are not staged: the next run finds
 * its repairs there and completes the index. The other way round, the file would look as if somebody had taken the
 * repair back, and the next `git add` would.
 *
 * @param top of the worktree
 * @returns how that went, in the order of the repairs
 * @throws {GitError}
 */
export async function saveToIndex(
  place: GitPlace,
  top: string,
  repairs: readonly StagedRepair[],
): Promise<Saved[]> {
  if (isPartialCommit(place)) return repairs.map(() => refused(PARTIAL_COMMIT));
  const blobs: string[] = [];
  for (const { after } of repairs) blobs.push(await writeBlob(place, after));
  const paths = repairs.map(({ path }) => path);
  const entries = new Map((await indexEntries(place, top, paths)).map((entry) => [entry.path, entry]));
  const updates: IndexEntry[] = [];
  const saved: Saved[] = [];
  for (const [at, repair] of repairs.entries()) {
    const entry = entries.get(repair.path);
    if (entry?.blob !== repair.blob) {
      saved.push(
        refused(
          'git is told to overlook it, its name is not UTF-8, or somebody staged something else meanwhile',
        ),
      );
      continue;
    }
    saved.push({ done: true, remark: await saveToWorktree(place, repair) });
    updates.push({ ...entry, blob: blobs[at]! });
  }
  if (updates.length === 0) return saved;
  try {
    await updateIndex(place, updates);
    return saved;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const remark = `only the working tree was repaired, since the index cannot be written to: ${error.diagnostic.message}`;
    return saved.map((one) => (one.done ? { done: false, remark } : one));
  }
}

const PARTIAL_COMMIT =
  'this commit is of some files only, which git does not let hooks repair; stage them, repair them and commit without naming files';

/** @returns what the user has to know, as a sentence */
async function saveToWorktree(place: GitPlace, repair: StagedRepair): Promise<string | null> {
  const { file, before, after, repairIn } = repair;
  const worktree = isReachedThroughLinks(file) ? null : readPlainFile(file);
  // Whoever deleted the file, or put something else in its place, has done that without staging it, and keeps it so.
  if (worktree === null) return onlyStaged('there is no such file in the working tree');
  const versions = { staged: before, repaired: after, worktree };
  // Lines that only stand next to each other are too close for a merge that knows nothing of what they mean.
  const merged = (await mergeIntoWorktree(place, versions)) ?? repairIn(worktree);
  if (merged === null) return onlyStaged('the working tree has other edits of these lines');
  if (merged.equals(worktree)) return null;
  try {
    return replaceFile(file, worktree, merged)
      ? null
      : onlyStaged('somebody changed the working tree meanwhile');
  } catch (error) {
    return onlyStaged(`the working tree cannot be written to: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function onlyStaged(reason: string): string {
  return `only what is staged was repaired, since ${reason}`;
}

/** A folder may have been replaced by a link to a place outside of the worktree. */
function isReachedThroughLinks(file: string): boolean {
  const folder = dirname(file);
  try {
    return realpathSync(folder) !== folder;
  } catch {
    return true;
  }
}
