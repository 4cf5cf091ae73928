import { basename, join } from 'node:path';
import { type GitPlace, runGit } from './exec.ts';
import type { FileMode } from './staged.ts';

/** A regular file as the index has it. */
export interface IndexEntry {
  /** From the top of the worktree, with forward slashes; UTF-8. */
  readonly path: string;
  readonly mode: FileMode;
  /** Object id of the content. */
  readonly blob: string;
}

/**
 * Looks files up in the index. Unmerged files are left out, and those that git is told to take no notice of in the
 * worktree (`skip-worktree` and `assume-unchanged`), because an entry that is written anew would lose that.
 *
 * @param top of the worktree
 * @param paths from the top
 * @throws {GitError}
 */
export async function indexEntries(
  place: GitPlace,
  top: string,
  paths: readonly string[],
): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const files = paths.slice(at, at + AT_ONCE).map((path) => join(top, path));
    const output = await runGit(place, ['ls-files', '--stage', '-v', '-z', '--full-name', '--', ...files]);
    entries.push(...parseIndexEntries(output.toString('utf8')));
  }
  return entries;
}

/** How many paths a command line is given; systems limit its length. */
const AT_ONCE = 100;

/** Parses records such as `H 100644 7898192… 0\tinfra/a.yml\0`; the letter tells how git treats the file. */
function parseIndexEntries(output: string): IndexEntry[] {
  return Array.from(output.matchAll(/([^\0]*?)\t([^\0]*)\0/g), ([, facts = '', path = '']) => {
    const [, mode, blob] = /^H (100644|100755) ([0-9a-f]+) 0$/.exec(facts) ?? [];
    return mode === undefined ? [] : [{ path, mode: mode as FileMode, blob: blob! }];
  }).flat();
}

/**
 * Stores a content as it is, without conversions and filters. Nothing refers to it yet, so that this changes nothing.
 *
 * @returns its object id
 * @throws {GitError}
 */
export async function writeBlob(place: GitPlace, content: Uint8Array): Promise<string> {
  return (await runGit(place, ['hash-object', '-w', '--stdin'], content)).toString('latin1').trim();
}

/**
 * Puts entries into the index, all at once: git writes a new index beside the old one and renames it.
 *
 * @throws {GitError} among others when another process is about to write the index
 */
export async function updateIndex(place: GitPlace, entries: readonly IndexEntry[]): Promise<void> {
  const records = entries.map(({ mode, blob, path }) => `${mode} ${blob}\t${path}\0`);
  await runGit(place, ['update-index', '-z', '--index-info'], records.join(''));
}

/**
 * Whether git commits some files only, from an index that it makes for this commit and throws away: what a hook writes to
 * it would be committed, and then look undone in the index that stays.
 */
export function isPartialCommit({ env }: GitPlace): boolean {
  return basename(env.GIT_INDEX_FILE ?? '').startsWith('next-index-');
}
