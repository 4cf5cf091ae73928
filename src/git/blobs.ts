import type { Diagnostic } from '../source/diagnostic.ts';
import { invariant } from '../source/invariant.ts';
import { type GitPlace, runGit } from './exec.ts';
import { readLooseBlob } from './loose.ts';

/** Contents by object id. An object that the repository does not have is absent: see {@link missingBlob}. */
export type Blobs = ReadonlyMap<string, Buffer>;

/**
 * Reads blobs as they are stored: no line-ending conversion, no filters. Freshly staged ones are read from their files;
 * one git process reads all others.
 *
 * @param objects the repository's object folder
 * @param ids full object ids; repeated ones are read once
 * @throws {GitError}
 */
export async function readBlobs(place: GitPlace, objects: string, ids: Iterable<string>): Promise<Blobs> {
  const blobs = new Map<string, Buffer>();
  const others: string[] = [];
  for (const id of new Set(ids)) {
    const content = readLooseBlob(objects, id);
    if (content === undefined) others.push(id);
    else blobs.set(id, content);
  }
  if (others.length === 0) return blobs;
  const output = await runGit(place, ['cat-file', '--batch'], `${others.join('\n')}\n`);
  return new Map([...blobs, ...parseBatch(output, others)]);
}

/** What to say about a file whose content {@link readBlobs} did not find. */
export function missingBlob(file: string, id: string): Diagnostic {
  return {
    code: 'git',
    file,
    message: `its content, object ${id}, is missing from the repository`,
    help: 'stage the file again with `git add`; `git fsck` lists what else is missing',
  };
}

const LINE_FEED = 0x0a;

/**
 * Parses the answers of `cat-file --batch`, which come in the order of the questions: `<id> blob <size>\n`, that many
 * bytes, `\n`; or `<id> missing\n`. The contents share the memory of `output`.
 */
export function parseBatch(output: Buffer, ids: readonly string[]): Blobs {
  const blobs = new Map<string, Buffer>();
  let at = 0;
  for (const id of ids) {
    const endOfHeader = output.indexOf(LINE_FEED, at);
    const [answered, type, size] = output.toString('latin1', at, endOfHeader).split(' ');
    invariant(
      endOfHeader !== -1 && answered === id,
      'git answered for another object than the one asked for',
    );
    at = endOfHeader + 1;
    if (type === 'missing') continue;
    invariant(type === 'blob', `object ${id} is a ${type}, not the content of a file`);
    const end = at + Number(size);
    invariant(output[end] === LINE_FEED, 'git announced another size than it sent');
    blobs.set(id, output.subarray(at, end));
    at = end + 1;
  }
  return blobs;
}
