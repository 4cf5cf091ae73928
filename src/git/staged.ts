import { invariant } from '../source/invariant.ts';
import { type GitPlace, runGit } from './exec.ts';
import { GitError } from './git-error.ts';
import { pathText } from './path-name.ts';

/** A regular file whose content in the index differs from HEAD's. */
export interface StagedFile {
  /** From the top of the worktree, with forward slashes; see {@link pathText}. It may hold control characters. */
  readonly path: string;
  /** The name as git has it. */
  readonly pathBytes: Buffer;
  /** Object id of the staged content: 40 or 64 hexadecimal digits. */
  readonly blob: string;
  readonly mode: FileMode;
}

export type FileMode = '100644' | '100755';

export interface StagedOptions {
  /**
   * Only these files, and what is staged in these folders; absolute, or relative to the place's folder. Nothing in
   * them is a pattern. Default: the whole repository, wherever in it the folder is.
   */
  readonly paths?: readonly string[];
}

/**
 * Deletions are left out, and unmerged files, which cannot be committed. Changes of type stay, since a symbolic link
 * may have become a file. An unborn HEAD counts as an empty tree.
 */
export const LIST_STAGED: readonly string[] = [
  'diff',
  '--cached',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--diff-filter=ACMRT',
];

/**
 * Lists what the next commit adds or changes, in git's order: by the bytes of the name.
 *
 * @throws {GitError} among others when there is no repository, or a path lies outside of it
 */
export async function stagedFiles(place: GitPlace, options: StagedOptions = {}): Promise<StagedFile[]> {
  const { paths } = options;
  // Without any pathspec git would list everything.
  if (paths?.length === 0) return [];
  const limit = paths === undefined ? [] : ['--', ...paths];
  try {
    return parseRawDiff(await runGit(place, [...LIST_STAGED, ...limit]));
  } catch (error) {
    if (error instanceof GitError && error.failure.exitCode === USAGE) await explainMissingRepository(place);
    throw error;
  }
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
 * Modes and ids come in pairs, before and after; a status other than R and C has one path.
 */
export function parseRawDiff(output: Buffer): StagedFile[] {
  const files: StagedFile[] = [];
  for (let at = 0; at < output.length; ) {
    const endOfHeader = output.indexOf(NUL, at);
    const endOfPath = output.indexOf(NUL, endOfHeader + 1);
    const header = /^:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) [AMT]$/.exec(
      output.toString('latin1', at, endOfHeader),
    );
    invariant(header !== null && endOfPath > endOfHeader, 'git printed a raw difference of an unknown form');
    const [, mode = '', blob = ''] = header;
    const pathBytes = output.subarray(endOfHeader + 1, endOfPath);
    if (isFileMode(mode) && isObject(blob)) files.push({ path: pathText(pathBytes), pathBytes, blob, mode });
    at = endOfPath + 1;
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
