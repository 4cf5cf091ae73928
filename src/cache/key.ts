import { createHash } from 'node:crypto';

/**
 * Key of the parsed form of a set of rule files.
 *
 * In it: the build, since another parser may read the same text differently or lay out the tree differently, and every
 * text with its length, so that no two sets run together. Left out: file names, which the parsed form does not hold.
 */
export function rulesKey(build: string, texts: readonly string[]): string {
  const hash = createHash('sha256').update(build);
  for (const text of texts) hash.update(`\0${text.length}\0`).update(text);
  return `rules-${hash.digest('hex')}`;
}
