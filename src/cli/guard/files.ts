import { isUtf8 } from 'node:buffer';
import { lstatSync, opendirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { type Limits, limitsOf, MIB, raising } from '../../source/limits.ts';
import type { Io } from '../io.ts';
import { Failure } from './failure.ts';

export const NOT_UTF8 = 'I/O error when reading stream did not contain valid UTF-8';

/** Order of the entries of one folder. `system`: as the system lists them. */
export type Order = 'name' | 'modified' | 'system';

/** Files as the native commands find and read them. Paths stay as they were given, since reports print them. */
export class Files {
  readonly limits: Limits;
  readonly #io: Pick<Io, 'cwd' | 'prepareFor'>;

  /**
   * @param io relative paths are relative to its folder
   * @throws {DiagnosticError} when its environment sets limits that are none
   */
  constructor(io: Pick<Io, 'cwd' | 'env' | 'prepareFor'>) {
    this.limits = limitsOf(io.env);
    this.#io = io;
  }

  /** @throws {Failure} */
  requireExisting(path: string): void {
    if (path === '' || this.#stat(path) === undefined)
      throw new Failure(`The path \`${path}\` does not exist`);
  }

  isFile(path: string): boolean {
    return this.#stat(path)?.isFile() ?? false;
  }

  /** Absolute path without symbolic links. */
  canonical(path: string): string {
    return guarded(() => realpathSync.native(this.#resolve(path)));
  }

  /** @throws {Failure | DiagnosticError} the latter when it is too large */
  read(path: string, limit: SizeLimit = 'fileSize'): Uint8Array {
    refuseTooLarge(path, this.#stat(path)?.size ?? 0, this.limits, limit);
    const bytes = guarded(() => readFileSync(this.#resolve(path)));
    this.#io.prepareFor(bytes.length);
    return bytes;
  }

  /** @throws {Failure | DiagnosticError} the latter when it is too large */
  readText(path: string, limit: SizeLimit = 'fileSize'): string {
    const bytes = this.read(path, limit);
    if (!isUtf8(bytes)) throw new Failure(NOT_UTF8);
    return Buffer.from(bytes).toString('utf8');
  }

  /**
   * The files at and below a path, folders in place of their contents. What cannot be listed is passed over, and so are
   * folders behind symbolic links, unless `followLinks` or the link is the path itself.
   */
  *walk(path: string, order: Order, followLinks = false): Generator<string> {
    if (this.isFile(path)) yield path;
    else if (this.#stat(path)?.isDirectory()) yield* this.#below(path, order, followLinks, []);
  }

  *#below(folder: string, order: Order, followLinks: boolean, above: readonly string[]): Generator<string> {
    // Only links can lead back.
    const identity = followLinks ? this.canonical(folder) : folder;
    if (above.includes(identity)) return;
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    for (const { name, kind } of this.#list(folder, order)) {
      const path = prefix + name;
      const isFolder =
        kind === 'folder' || (kind === 'link' && followLinks && this.#stat(path)?.isDirectory() === true);
      if (isFolder) yield* this.#below(path, order, followLinks, [...above, identity]);
      else if (kind === 'file' || (kind === 'link' && this.isFile(path))) yield path;
    }
  }

  #list(folder: string, order: Order): Entry[] {
    const entries: Entry[] = [];
    try {
      const directory = opendirSync(this.#resolve(folder));
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        const kind = entry.isFile()
          ? 'file'
          : entry.isDirectory()
            ? 'folder'
            : entry.isSymbolicLink()
              ? 'link'
              : 'other';
        entries.push({ name: entry.name, kind });
      }
      directory.closeSync();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return [];
    }
    return this.#sorted(folder, entries, order);
  }

  #sorted(folder: string, entries: Entry[], order: Order): Entry[] {
    if (order === 'system') return entries;
    if (order === 'name') return entries.sort((one, other) => orderBytes(one.name, other.name));
    const dated = entries.map((entry) => ({ entry, at: this.#modified(`${folder}/${entry.name}`) }));
    return dated
      .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
      .map(({ entry }) => entry);
  }

  #modified(path: string): bigint {
    return lstatSync(this.#resolve(path), { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n;
  }

  #stat(path: string) {
    try {
      return statSync(this.#resolve(path), { throwIfNoEntry: false });
    } catch {
      // A file taken for a folder, a name too long, a folder that may not be searched: nothing is there to be used.
      return undefined;
    }
  }

  #resolve(path: string): string {
    // A blank end would be lost, and with it the difference between a file and a folder of that name.
    return path.endsWith('/') ? `${resolve(this.#io.cwd, path)}/` : resolve(this.#io.cwd, path);
  }
}

/** The limits for sizes of files. */
export type SizeLimit = 'fileSize' | 'ruleSize';

/**
 * The native tool reads on until the memory ends. What is our own limit is told in our own way, and not as a failure, some
 * of which it takes for a success.
 *
 * @param size in bytes
 * @throws {DiagnosticError}
 */
export function refuseTooLarge(file: string, size: number, limits: Limits, limit: SizeLimit): void {
  if (size > limits[limit] * MIB)
    throw new DiagnosticError({
      code: 'template-too-large',
      file,
      message: `the file is larger than ${limits[limit]} MiB`,
      help: raising(limit),
    });
}

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** Compares names by their bytes in UTF-8. */
export function orderBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The system's own words for the errors that files can cause. */
const SYSTEM_ERRORS: { readonly [code: string]: string } = {
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  EPERM: 'Operation not permitted',
  EROFS: 'Read-only file system',
};

export function systemMessage(code: string): string {
  return SYSTEM_ERRORS[code] ?? code;
}

/** Runs an operation on a file, whose errors become failures with the native tool's text. */
export function guarded<T>(operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    const { code, errno } = error as NodeJS.ErrnoException;
    if (code === undefined || errno === undefined) throw error;
    throw new Failure(`I/O error when reading ${systemMessage(code)} (os error ${Math.abs(errno)})`);
  }
}
