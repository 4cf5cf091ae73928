import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasId, SHA1_DIGITS } from './blob-id.ts';

/** Larger objects are left to git too, which is then faster. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Reads a blob that stands in a file of its own, as everything does that was just staged: zlib around
 * `blob <size>\0<content>`. What it holds is verified by its id.
 *
 * @param objects git's object folder, as an absolute path
 * @returns undefined for every object that git had better be asked for: packed, borrowed, missing or damaged ones
 */
export async function readLooseBlob(objects: string, id: string): Promise<Buffer | undefined> {
  // Repositories with longer ids are left to git.
  if (id.length !== SHA1_DIGITS) return undefined;
  let object: Buffer;
  try {
    const file = readFileSync(join(objects, id.slice(0, 2), id.slice(2)));
    const { inflateSync } = await import('node:zlib');
    object = inflateSync(file, { maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
  const start = object.indexOf(0) + 1;
  const content = object.subarray(start);
  const header = object.toString('latin1', 0, start);
  return header === `blob ${content.length}\0` && (await hasId(content, id)) ? content : undefined;
}
