import type { Diagnostic } from '../source/diagnostic.ts';
import { invariant } from '../source/invariant.ts';
import { hasId } from './blob-id.ts';
import { type GitPlace, runGit } from './exec.ts';
import { GitError } from './git-error.ts';
import { readLooseBlob } from './loose.ts';
import { readCopy } from './worktree-copy.ts';

/** Contents by object id. An object that the repository does not have, or has damaged, is absent: see {@link missingBlob}. */
export type Blobs = ReadonlyMap<string, Buffer>;

/** A blob to read. */
export interface WantedBlob {
  /** Full object id. */
  readonly blob: string;
  /** Absolute path of a file that may hold the same. */
  readonly copy?: string;
}

/**
 * Reads blobs as they are stored: no line-ending conversion, no filters. Freshly staged ones are read from the files that they
 * were made of, or from those of git; one git process reads all others. Whatever it is read from, a content that does not
 * have its id is not believed.
 *
 * @param objects the repository's object folder
 * @param wanted repeated ones are read once
 * @throws {GitError} when git cannot start, or stumbles again and again
 */
export async function readBlobs(
  place: GitPlace,
  objects: string,
  wanted: Iterable<WantedBlob>,
): Promise<Blobs> {
  const blobs = new Map<string, Buffer>();
  const others = new Set<string>();
  for (const { blob: id, copy } of wanted) {
    if (blobs.has(id)) continue;
    const copied = copy === undefined ? undefined : await readCopy(copy, id);
    const content = copied ?? (await readLooseBlob(objects, id));
    if (content === undefined) others.add(id);
    else blobs.set(id, content);
  }
  for (const [id, content] of await askForBlobs(place, [...others]))
    if (await hasId(content, id)) blobs.set(id, content);
  return blobs;
}

/** What to say about a file whose content {@link readBlobs} did not find. */
export function missingBlob(file: string, id: string): Diagnostic {
  return {
    code: 'git',
    file,
    message: `its content, object ${id}, is missing from the repository or damaged`,
    help: `stage the file again with \`git add\`, or let git fetch what a partial clone lacks, \`git cat-file -e ${id}\`; \`git fsck\` lists what else is wrong`,
  };
}

/** Objects that git may stumble over before nobody waits for the others any more. */
const MOST_STUMBLES = 100;

/**
 * Asks git for blobs. It ends at the first one that is damaged, or that it would have to fetch; then it is asked for those
 * behind.
 */
async function askForBlobs(place: GitPlace, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  let rest = ids;
  for (let stumbles = 0; rest.length > 0; stumbles++) {
    const { output, error } = await runBatch(place, rest);
    const answered = parseBatch(output, rest, blobs);
    if (error === null) invariant(answered === rest.length, 'git did not answer every question');
    else if (stumbles === MOST_STUMBLES) throw error;
    rest = rest.slice(answered + 1);
  }
  return blobs;
}

/** @throws {GitError} when git did not end by itself */
async function runBatch(
  place: GitPlace,
  ids: readonly string[],
): Promise<{ output: Buffer; error: GitError | null }> {
  try {
    return { output: await runGit(place, ['cat-file', '--batch'], `${ids.join('\n')}\n`), error: null };
  } catch (error) {
    if (!(error instanceof GitError) || error.failure.exitCode === null) throw error;
    return { output: error.failure.stdout, error };
  }
}

const LINE_FEED = 0x0a;

/**
 * Parses the answers of `cat-file --batch`, which come in the order of the questions: `<id> blob <size>\n`, that many
 * bytes, `\n`; or `<id> missing\n`. The contents share the memory of `output`.
 *
 * @param blobs gets the contents
 * @returns how many of the questions are answered, as the last answer may be cut off
 */
export function parseBatch(output: Buffer, ids: readonly string[], blobs: Map<string, Buffer>): number {
  let at = 0;
  for (const [index, id] of ids.entries()) {
    const endOfHeader = output.indexOf(LINE_FEED, at);
    if (endOfHeader === -1) return index;
    const [answered, type, size] = output.toString('latin1', at, endOfHeader).split(' ');
    invariant(answered === id, 'git answered for another object than the one asked for');
    at = endOfHeader + 1;
    if (type === 'missing') continue;
    const end = at + Number(size);
    if (end >= output.length) return index;
    invariant(output[end] === LINE_FEED, 'git announced another size than it sent');
    // Where a damaged object seems to be something else, there is no content.
    if (type === 'blob') blobs.set(id, output.subarray(at, end));
    at = end + 1;
  }
  return ids.length;
}
