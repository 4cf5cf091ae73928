import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The content of a plain file; null when it does not exist or is something else, such as a symbolic link. */
export function readPlainFile(path: string): Buffer | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : null;
}

/**
 * Puts another content into a plain file, in one step: at no time is there anything but the old or the new one, also when
 * the process or the machine stops. Its mode stays.
 *
 * @param expected what it holds
 * @returns false when it holds something else by now, and is left alone
 * @throws when the folder cannot be written to
 */
export function replaceFile(path: string, expected: Uint8Array, content: Uint8Array): boolean {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return false;
  const temporary = temporaryBeside(path);
  try {
    writeDurably(temporary, content, facts.mode & 0o7777);
    // The last moment at which somebody else's edit can be noticed.
    if (readPlainFile(path)?.equals(expected) !== true) return false;
    renameSync(temporary, path);
    return true;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Makes a file where there is none, in one step: at no time is there a part of it.
 *
 * @param mode such as 0o755, whatever the mask of the process takes away
 * @throws when the folder cannot be written to
 */
export function createFile(path: string, content: Uint8Array, mode: number): void {
  const temporary = temporaryBeside(path);
  try {
    writeDurably(temporary, content, mode);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${Math.random().toString(36).slice(2)}.tmp`);
}

function writeDurably(path: string, content: Uint8Array, mode: number): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, content);
    fchmodSync(file, mode);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
