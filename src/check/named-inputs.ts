import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { GitPlace } from '../git/exec.ts';
import type { Worktree } from '../git/worktree.ts';
import type { Shard } from '../report/report.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { mayBeTemplate } from '../template/detect.ts';
import { EarlierVersions } from './earlier-versions.ts';
import type { Input, Inputs } from './inputs.ts';
import { displayPaths, suggestion, withoutLinks } from './paths.ts';
import { isInShard } from './shard.ts';

export interface Limits {
  /** Leaves only these of the files; a path that does not exist is trouble in every shard. */
  readonly shard?: Shard | undefined;
  /** Whether what is staged does not count. */
  readonly onDisk?: boolean | undefined;
}

/**
 * What the user named. Files are taken whatever they are called; folders stand for the files below them that may be
 * templates. Of a file that has staged changes the staged content counts, also when the file on disk is gone. What a merge
 * takes over from another parent is left out while it is committed, as it was judged there.
 *
 * @param paths absolute, or relative to the place's folder
 * @param limits see {@link Limits}
 */
export async function namedInputs(
  place: GitPlace,
  worktree: Worktree | null,
  paths: readonly string[],
  { shard, onDisk = false }: Limits = {},
): Promise<Inputs> {
  const top = worktree?.top ?? withoutLinks(place.cwd);
  const staged = onDisk ? [] : worktree?.staged;
  // Files are told apart by what git calls them, as one drive may be named in two ways: `c:` and `C:`.
  const nameOf = displayPaths(top);
  const index = new Map(staged?.map((file) => [file.path, file]));
  const stagedBelow = (folder: string) => {
    const start = nameOf(`${folder}${sep}x`).slice(0, -1);
    const names = [...index.keys()].filter((name) => name.startsWith(start) && mayBeTemplate(name));
    return names.map((name) => join(top, name));
  };
  const shownAs = displayPaths(withoutLinks(place.cwd));
  const chosen = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const onTrouble = (path: string, error: unknown) => void diagnostics.push(unreadable(shownAs(path), error));
  for (const path of paths) {
    const given = resolve(place.cwd, path);
    // Somebody may have put a link in the place of a folder that is going to be committed.
    const absolute = index.has(nameOf(given)) ? given : withoutLinks(given);
    const files = index.has(nameOf(absolute)) ? [absolute] : filesBelow(absolute, stagedBelow, onTrouble);
    if (files === null) diagnostics.push(noSuchFile(path, absolute));
    else for (const file of files) chosen.set(nameOf(file), file);
  }
  const earlier = worktree === null ? null : await EarlierVersions.find(place, worktree);
  // Programs that hooks run name all that differs from HEAD.
  const committing = place.env.GIT_INDEX_FILE !== undefined;
  const files: Input[] = [];
  for (const [name, path] of chosen) {
    if (shard !== undefined && !isInShard(name, shard)) continue;
    if (committing && earlier?.isTakenOver(name)) continue;
    const shown = shownAs(path);
    try {
      const content = index.get(name) ?? readFileSync(path);
      files.push({ path: shown, content, ...(earlier && { before: () => earlier.of(name) }) });
    } catch (error) {
      onTrouble(path, error);
    }
  }
  const areStaged = files.length > 0 && !files.some(({ content }) => Buffer.isBuffer(content));
  return { files, staged: areStaged, diagnostics };
}

function unreadable(file: string, error: unknown): Diagnostic {
  return {
    code: 'template-unreadable',
    file,
    message: `it cannot be read: ${(error as NodeJS.ErrnoException).code}`,
    help: 'check that it is a file or folder and that you may read it',
  };
}

/** Folders that hold other people's files. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** Told of what cannot be looked at, by its absolute path; everything else still counts. */
type OnTrouble = (path: string, error: unknown) => void;

/** The path itself if it is a file; what may be a template below it, on disk or in the index, if it is a folder. */
function filesBelow(
  path: string,
  stagedBelow: (folder: string) => string[],
  onTrouble: OnTrouble,
): string[] | null {
  const staged = stagedBelow(path);
  try {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts === undefined) return staged.length > 0 ? staged : null;
    return facts.isDirectory() ? [...walk(path, onTrouble), ...staged] : [path];
  } catch (error) {
    onTrouble(path, error);
    return staged;
  }
}

function walk(folder: string, onTrouble: OnTrouble): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    onTrouble(folder, error);
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : walk(path, onTrouble);
    return entry.isFile() && mayBeTemplate(entry.name) ? [path] : [];
  });
}

function noSuchFile(given: string, path: string): Diagnostic {
  return {
    code: 'template-unreadable',
    message: `there is no file or folder \`${given}\``,
    help: suggestion(path) ?? 'check the spelling, and the folder you are in',
  };
}
