import { createHash } from 'node:crypto';

/*
 * Loaded only when something has to be hashed: Node's cryptography takes several milliseconds to load, and the usual
 * commit, which names its contents by git's ids and its rules by the build, needs none of it.
 */

/** SHA-256 of texts, as hexadecimal digits. Each goes in with its length, so that no two lists run together. */
export function digestOfTexts(texts: readonly string[]): string {
  return sha256(texts.flatMap((text) => [`${text.length}\0`, text]));
}

/** The id that git gives a content where it uses SHA-256, as 64 hexadecimal digits. */
export function contentId(content: Uint8Array): string {
  return sha256([`blob ${content.length}\0`, content]);
}

/** SHA-1 of texts and bytes, one behind the other, as 40 hexadecimal digits. */
export function sha1(parts: readonly Part[]): string {
  return digestOf('sha1', parts);
}

/** SHA-256 of texts and bytes, one behind the other, as 64 hexadecimal digits. */
export function sha256(parts: readonly Part[]): string {
  return digestOf('sha256', parts);
}

/** A text stands for itself as UTF-8. */
type Part = string | Uint8Array;

function digestOf(algorithm: string, parts: readonly Part[]): string {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
