import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { GitPlace } from '../git/exec.ts';
import { type PolicyFiles, policyFilesAmong } from '../git/policy-files.ts';
import type { Worktree } from '../git/worktree.ts';
import { readCopy } from '../git/worktree-copy.ts';
import { DiagnosticError } from '../source/diagnostic.ts';
import type { Blob } from './inputs.ts';
import { displayPath, displayPaths, isInside } from './paths.ts';
import { readRegularFile } from './regular-file.ts';

/** Where settings and rule files are looked for. All paths are absolute. */
export interface ProjectFiles {
  /** The content that git has for a file; undefined where the disk is to be asked. */
  staged(path: string): Blob | undefined;
  /** Files below a folder of which git has a content, among them all that have names of rule files. */
  stagedBelow(folder: string): readonly string[];
  /** To be called for files that may be called anything, before they are asked for. */
  announce(paths: readonly string[]): Promise<void>;
  /**
   * The content of a file; undefined when there is none.
   *
   * @throws a system error for something on disk that cannot be read
   * @throws {DiagnosticError} for content that the repository has lost
   */
  read(path: string): Promise<Buffer | undefined>;
  /** What was read although git has no content for it, by path. */
  readonly unknownToGit: ReadonlyMap<string, Buffer>;
}

/** What is on disk, whatever git has. */
export const FILES_ON_DISK: ProjectFiles = {
  staged: () => undefined,
  stagedBelow: () => [],
  announce: async () => {},
  read: async (path) => readIfThere(path),
  unknownToGit: new Map(),
};

/** Ids of the empty content, which git also lists for what `git add --intent-to-add` has only announced. */
const EMPTY = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/** What is going to be committed; of files that git does not track, what is on disk. */
export class FilesInIndex implements ProjectFiles {
  readonly unknownToGit = new Map<string, Buffer>();
  readonly #place: GitPlace;
  readonly #worktree: Worktree;
  readonly #tracked = new Map<string, string>();
  /**
   * How git may call a file: by the folders in its path, or by those that links on disk lead to. The first comes first, as
   * somebody may have put a link in the place of a folder that is going to be committed.
   */
  readonly #names: readonly ((path: string) => string)[];
  readonly #realPath = realPaths();

  constructor(place: GitPlace, worktree: Worktree) {
    this.#place = place;
    this.#worktree = worktree;
    this.#names = [displayPaths(worktree.top), displayPaths(worktree.top, this.#realPath)];
    this.#add(worktree.policyFiles);
  }

  staged(path: string): Blob | undefined {
    for (const nameOf of this.#names) {
      const blob = this.#tracked.get(nameOf(path));
      if (blob !== undefined) return { blob };
    }
    return undefined;
  }

  stagedBelow(folder: string): string[] {
    const found = this.#names.flatMap((nameOf) => {
      // What git calls a file of one letter, without that letter.
      const start = nameOf(`${folder}${sep}x`).slice(0, -1);
      return [...this.#tracked.keys()].flatMap((name) =>
        name.startsWith(start) ? [folder + sep + name.slice(start.length).replaceAll('/', sep)] : [],
      );
    });
    return [...new Set(found)];
  }

  async announce(paths: readonly string[]): Promise<void> {
    const real = paths.map((path) => join(this.#realPath(dirname(path)), basename(path)));
    const inside = [...new Set([...paths, ...real])].filter((path) => isInside(this.#worktree.top, path));
    if (inside.length > 0) this.#add(await policyFilesAmong(this.#place, inside));
  }

  async read(path: string): Promise<Buffer | undefined> {
    const id = this.staged(path)?.blob;
    if (id === undefined) {
      const content = readIfThere(path);
      if (content !== undefined) this.unknownToGit.set(path, content);
      return content;
    }
    const copied = await readCopy(path, id);
    if (copied !== undefined) return copied;
    const { missingBlob, readBlobs } = await import('../git/blobs.ts');
    const content = (await readBlobs(this.#place, this.#worktree.objects, [{ blob: id }])).get(id);
    if (content === undefined) throw new DiagnosticError(missingBlob(displayPath(this.#place.cwd, path), id));
    return content;
  }

  #add(files: PolicyFiles): void {
    for (const [name, id] of files) if (isContentOfGit(id)) this.#tracked.set(name, id);
  }
}

/** Whether the id of a file in the index stands for a content that counts. */
export function isContentOfGit(id: string): boolean {
  return !EMPTY.has(id);
}

/** Resolves links in the paths of folders: of one that exists in the index only, in the part that is on disk. */
function realPaths(): (folder: string) => string {
  const known = new Map<string, string>();
  const realPath = (folder: string): string => {
    const real = known.get(folder) ?? onDisk(folder);
    known.set(folder, real);
    return real;
  };
  const onDisk = (folder: string): string => {
    try {
      return realpathSync.native(folder);
    } catch {
      const above = dirname(folder);
      return above === folder ? folder : join(realPath(above), basename(folder));
    }
  };
  return realPath;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    // Most files that are looked for are not there, and an error costs more than this question.
    const facts = statSync(path, { throwIfNoEntry: false });
    return facts && readRegularFile(path, facts);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file stands where a folder would have to be, or the index has longer names than the disk can.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}
