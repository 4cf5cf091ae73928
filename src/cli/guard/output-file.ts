import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../io.ts';
import { guarded } from './files.ts';

/** Where a command with `--output` writes to. */
export interface Sink {
  write(text: string): void;
}

/**
 * Runs a command with its output going to a file, or to standard output. As in the native tool, the file is made, or
 * emptied, before the command begins.
 *
 * @throws {Failure} when the file cannot be written
 */
export async function withOutput<T>(
  path: string | undefined,
  io: Io,
  command: (sink: Sink) => Promise<T>,
): Promise<T> {
  if (path === undefined) return command(io.stdout);
  const file = guarded(() => openSync(resolve(io.cwd, path), 'w'));
  try {
    return await command({ write: (text) => guarded(() => writeFileSync(file, text)) });
  } finally {
    closeSync(file);
  }
}
