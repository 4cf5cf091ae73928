import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../io.ts';
import { guarded, systemMessage } from './files.ts';

/** Where a command with `--output` writes to. */
export interface Sink {
  write(text: string): void;
}

/**
 * Runs a command with its output going to a file, or to standard output. As in the native tool, the file is made, or
 * emptied, before the command begins, and one that cannot be made ends the program with words of its own.
 *
 * @returns the exit code
 * @throws {Failure} when the file cannot be written later on
 */
export async function withOutput(
  path: string | undefined,
  io: Io,
  command: (sink: Sink) => Promise<number>,
): Promise<number> {
  if (path === undefined) return command(io.stdout);
  let file: number;
  try {
    file = openSync(resolve(io.cwd, path), 'w');
  } catch (error) {
    io.stderr.write(`Error: IoError(${debugForm(error as NodeJS.ErrnoException)})\n`);
    return 1;
  }
  try {
    return await command({ write: (text) => guarded(() => writeFileSync(file, text)) });
  } finally {
    closeSync(file);
  }
}

/** Kinds of errors by code, as Rust calls them. */
const KINDS: { readonly [code: string]: string } = {
  EACCES: 'PermissionDenied',
  EISDIR: 'IsADirectory',
  ENOENT: 'NotFound',
  ENOSPC: 'StorageFull',
  ENOTDIR: 'NotADirectory',
  EROFS: 'ReadOnlyFilesystem',
};

function debugForm({ code = '', errno = 0 }: NodeJS.ErrnoException): string {
  const message = JSON.stringify(systemMessage(code));
  return `Os { code: ${Math.abs(errno)}, kind: ${KINDS[code] ?? 'Other'}, message: ${message} }`;
}
