import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { GitPlace } from '../git/exec.ts';
import type { Worktree } from '../git/worktree.ts';
import type { Shard } from '../report/report.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { mayBeTemplate } from '../template/detect.ts';
import { displayPath, suggestion } from './paths.ts';
import { isInShard } from './shard.ts';

/** One file to judge. What is staged is known by its id, and read only when it has to be. */
export interface Input {
  /** As the user knows it; see {@link displayPath}. */
  readonly path: string;
  readonly content: Blob | Buffer;
  /**
   * The versions that the change starts from, one for each parent that has one; absent: not known, and then whatever is in
   * the file counts as new.
   */
  readonly before?: readonly Blob[];
}

/** A content that git has. */
export interface Blob {
  /** Object id: 40 or 64 hexadecimal digits. */
  readonly blob: string;
}

export interface Inputs {
  readonly files: readonly Input[];
  /** Whether all of them are contents of the index. */
  readonly staged: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is staged, wherever in the repository the user stands. */
export function stagedInputs(place: GitPlace, worktree: Worktree): Inputs {
  const wanted = worktree.staged.filter(({ path }) => mayBeTemplate(path));
  const base = withoutLinks(place.cwd);
  const files = wanted.map((file) => ({
    path: displayPath(base, join(worktree.top, file.path)),
    content: file,
  }));
  return { files, staged: true, diagnostics: [] };
}

/**
 * What the user named. Files are taken whatever they are called; folders stand for the files below them that may be
 * templates. Of a file that has staged changes the staged content counts, also when the file on disk is gone.
 *
 * @param paths absolute, or relative to the place's folder
 * @param shard leaves only these of the files; a path that does not exist is trouble in every shard
 */
export function namedInputs(
  place: GitPlace,
  worktree: Worktree | null,
  paths: readonly string[],
  shard?: Shard,
): Inputs {
  const top = worktree?.top ?? withoutLinks(place.cwd);
  const index = new Map(worktree?.staged.map((file) => [join(worktree.top, file.path), file]));
  const chosen = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const absolute = withoutLinks(resolve(place.cwd, path));
    const files = index.has(absolute) ? [absolute] : filesBelow(absolute, index.keys());
    if (files === null) diagnostics.push(noSuchFile(path, absolute));
    else for (const file of files) chosen.add(file);
  }
  const base = withoutLinks(place.cwd);
  const files: Input[] = [];
  for (const path of chosen) {
    if (shard !== undefined && !isInShard(displayPath(top, path), shard)) continue;
    const shown = displayPath(base, path);
    try {
      files.push({ path: shown, content: index.get(path) ?? readFileSync(path) });
    } catch (error) {
      diagnostics.push(unreadable(shown, error));
    }
  }
  const staged = files.length > 0 && !files.some(({ content }) => Buffer.isBuffer(content));
  return { files, staged, diagnostics };
}

function unreadable(file: string, error: unknown): Diagnostic {
  return {
    code: 'template-unreadable',
    file,
    message: `the file cannot be read: ${(error as NodeJS.ErrnoException).code}`,
    help: 'check that it is a file and that you may read it',
  };
}

/** Folders that hold other people's files. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** The path itself if it is a file; what may be a template below it, on disk or in the index, if it is a folder. */
function filesBelow(path: string, index: Iterable<string>): string[] | null {
  const staged = [...index].filter((file) => file.startsWith(path + sep) && mayBeTemplate(file));
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return staged.length > 0 ? staged : null;
  return facts.isDirectory() ? [...walk(path), ...staged] : [path];
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : walk(path);
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

/** The path with symbolic links in its folders resolved, which is how git names them; the last part may not exist. */
function withoutLinks(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}
