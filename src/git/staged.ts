import { invariant } from '../source/invariant.ts';
import { type GitPlace, runGit } from './exec.ts';
import { GitError } from './git-error.ts';
import { pathText } from './path-name.ts';

/** A regular file in the index that differs from what a commit has in its place. */
export interface StagedFile {
  /** From the top of the worktree, with forward slashes; see {@link pathText}. It may hold control characters. */
  readonly path: string;
  /** Object id of the staged content: 40 or 64 hexadecimal digits. */
  readonly blob: string;
  readonly mode: FileMode;
  /** Object id of the content in the commit; null when it has no regular file there. */
  readonly before: string | null;
}

export type FileMode = '100644' | '100755';

const RAW_DIFF = ['diff', '--cached', '--raw', '--no-abbrev'];

/**
 * Deletions are left out, and unmerged files, which cannot be committed. Changes of type stay, since a symbolic link
 * may have become a file. An unborn HEAD counts as an empty tree.
 */
export const LIST_STAGED: readonly string[] = [...RAW_DIFF, '--no-renames', '--diff-filter=ACMRT', '-z'];

/**
 * Files that at least half of the content of a vanished one went into. The limits are those of git, named so that every
 * version of git and every configuration comes to the same answer; beyond the second one only unchanged contents are found.
 */
const LIST_RENAMED = [...RAW_DIFF, '--find-renames=50%', '-l1000', '--diff-filter=R', '-z'];

/**
 * Lists what the index adds to a commit or changes in it, wherever in the repository the place is, in git's order: by the
 * bytes of the name.
 *
 * @param since a commit; undefined for HEAD, and when that is unborn for an empty tree
 * @throws {GitError} among others when there is no repository
 */
export async function stagedFiles(place: GitPlace, since?: string): Promise<StagedFile[]> {
  try {
    return parseRawDiff(await runGit(place, [...LIST_STAGED, ...commitArgument(since)]));
  } catch (error) {
    if (error instanceof GitError && error.failure.exitCode === USAGE) await explainMissingRepository(place);
    throw error;
  }
}

/**
 * Lists files that the index has by another name than a commit, with what they were there.
 *
 * @param since a commit; undefined for HEAD
 * @throws {GitError} among others when a content that would have to be compared is not in this clone
 */
export async function renamedFiles(place: GitPlace, since: string | undefined): Promise<StagedFile[]> {
  return parseRawDiff(await runGit(place, [...LIST_RENAMED, ...commitArgument(since)]));
}

/** Only without an argument does git take an unborn HEAD for an empty tree. */
function commitArgument(since: string | undefined): string[] {
  return since === undefined ? [] : [since];
}

/** Git's exit code for arguments that it cannot make sense of. */
const USAGE = 129;

/**
 * Where git finds no repository that it may use, `git diff` becomes a comparison of two folders and only complains
 * about its arguments. Another command names the reason.
 */
async function explainMissingRepository(place: GitPlace): Promise<void> {
  await runGit(place, ['rev-parse', '--git-dir']);
}

const NUL = 0;

/**
 * Parses records such as `:100644 100755 7898192… 2e65efe… M\0infra/a.yml\0`, of which only regular files are kept.
 * Modes and ids come in pairs, before and after. A renamed file has the status `R` with a percentage, and two paths.
 */
export function parseRawDiff(output: Buffer): StagedFile[] {
  const files: StagedFile[] = [];
  let at = 0;
  const next = () => {
    const end = output.indexOf(NUL, at);
    invariant(end !== -1, 'git printed a raw difference of an unknown form');
    const field = output.subarray(at, end);
    at = end + 1;
    return field;
  };
  while (at < output.length) {
    const header = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([AMT]|R\d+)$/.exec(next().toString('latin1'));
    invariant(header !== null, 'git printed a raw difference of an unknown form');
    const [, oldMode = '', mode = '', before = '', blob = '', status = ''] = header;
    if (status.startsWith('R')) next();
    const path = pathText(next());
    if (isFileMode(mode) && isObject(blob))
      files.push({
        path,
        blob,
        mode,
        before: isFileMode(oldMode) ? before : null,
      });
  }
  return files;
}

/** Not a symbolic link (120000) and not a submodule (160000). */
function isFileMode(mode: string): mode is FileMode {
  return mode === '100644' || mode === '100755';
}

/** Only zeros stand for content that is not in the object database. */
function isObject(id: string): boolean {
  return /[^0]/.test(id);
}
