import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Bytes by key. Whatever goes wrong while reading is a miss, and while writing is nothing: a cache never fails a run. */
export interface Store {
  read(key: string): Buffer | undefined;
  write(key: string, payload: Uint8Array): void;
}

/** Keeps nothing. */
export const NO_STORE: Store = { read: () => undefined, write: () => undefined };

/**
 * A store in one folder, made on first write.
 *
 * An entry is one file: a line with the key and the size of the payload, then the payload twice. That shows damage as
 * a checksum would, and comparing costs less than loading what computes one. The file appears under its name by a
 * rename only, so a reader sees all of it or none, and writers of the same key cannot mix.
 *
 * @param directory absolute path; nothing else should keep files in it
 * @param sizeLimit total size of its files in bytes, beyond which the oldest go
 */
export function diskStore(directory: string, sizeLimit: number): Store {
  // The size of all files, or more, as entries replace each other: known after the first write, since looking takes longer.
  let used: number | undefined;
  return {
    read(key) {
      try {
        return payloadOf(readFileSync(join(directory, key)), key);
      } catch {
        return undefined;
      }
    },
    write(key, payload) {
      const parts = [header(key, payload.length), payload, payload];
      const size = parts.reduce((sum, part) => sum + part.length, 0);
      if (size > sizeLimit) return;
      try {
        mkdirSync(directory, { recursive: true });
        if (used === undefined || used + size > sizeLimit) used = makeRoom(directory, sizeLimit - size);
        writeAtomically(directory, key, parts);
        used += size;
      } catch {
        // A read-only folder or a full disk: the next run does the work again.
      }
    },
  };
}

function header(key: string, size: number): Buffer {
  return Buffer.from(`${key} ${size}\n`);
}

function payloadOf(file: Buffer, key: string): Buffer | undefined {
  const start = file.indexOf('\n') + 1;
  const size = (file.length - start) / 2;
  const payload = file.subarray(start, start + size);
  const whole =
    file.subarray(0, start).equals(header(key, size)) && file.subarray(start + size).equals(payload);
  return whole ? payload : undefined;
}

function writeAtomically(directory: string, key: string, parts: readonly Uint8Array[]): void {
  // Should two writers draw the same name, the second one fails, which is no harm.
  const temporary = join(directory, `${Math.random().toString(36).slice(2)}.tmp`);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      // Put together first, megabytes would be copied.
      for (const part of parts) writeFileSync(file, part);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, join(directory, key));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Removes the oldest files, leftovers of interrupted writers included, until the rest fits.
 *
 * @returns the size of the rest in bytes
 */
function makeRoom(directory: string, room: number): number {
  const files = readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    const facts = statSync(path, { throwIfNoEntry: false });
    return facts?.isFile() ? [{ path, size: facts.size, age: facts.mtimeMs }] : [];
  });
  let total = files.reduce((sum, file) => sum + file.size, 0);
  for (const file of files.sort((a, b) => a.age - b.age)) {
    if (total <= room) break;
    rmSync(file.path, { force: true });
    total -= file.size;
  }
  return total;
}
