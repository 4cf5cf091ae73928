import { readFileSync, type Stats, statSync } from 'node:fs';

/** What can be known of a file without opening it. */
export type FileFacts = Pick<Stats, 'isFile' | 'isDirectory'>;

/**
 * Reads a file that a repository may have put there. A link in it may lead to a device or a pipe, of which reading never ends.
 *
 * @param facts about it, when they are known already
 * @throws a system error
 */
export function readRegularFile(path: string, facts: FileFacts = statSync(path)): Buffer {
  if (facts.isFile() || facts.isDirectory()) return readFileSync(path);
  throw Object.assign(new Error(`${path} is a device or a pipe`), { code: 'EINVAL' });
}
