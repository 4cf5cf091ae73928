import { createHash } from 'node:crypto';

/*
 * Loaded only when something has to be hashed: Node's cryptography takes several milliseconds to load, and the usual
 * commit, which names its contents by git's ids and its rules by the build, needs none of it.
 */

/** SHA-256 of texts, as hexadecimal digits. Each goes in with its length, so that no two lists run together. */
export function digestOfTexts(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\0`).update(text);
  return hash.digest('hex');
}

/** SHA-1 of many bytes, as 40 hexadecimal digits. */
export function sha1(parts: readonly Uint8Array[]): string {
  return digestOf('sha1', parts);
}

/** SHA-256 of many bytes, as 64 hexadecimal digits. */
export function sha256(parts: readonly Uint8Array[]): string {
  return digestOf('sha256', parts);
}

function digestOf(algorithm: string, parts: readonly Uint8Array[]): string {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** The id that git gives a content where it uses SHA-256, as 64 hexadecimal digits. */
export function contentId(content: Uint8Array): string {
  return createHash('sha256').update(`blob ${content.length}\0`).update(content).digest('hex');
}
