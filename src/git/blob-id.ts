import { sha1 } from './sha1.ts';

/** Digits of an id by SHA-1; ids by SHA-256 have 64. */
export const SHA1_DIGITS = 40;

/** Bytes beyond which Node's cryptography is quicker, although it takes its time to load. */
const LARGE = 16 * 1024;

/** The id that git gives a content, where it uses SHA-1. */
export function blobId(content: Uint8Array): string {
  return sha1([header(content), content]);
}

/** Whether an id stands for a content, be it by SHA-1 or SHA-256. */
export async function hasId(content: Uint8Array, id: string): Promise<boolean> {
  if (id.length === SHA1_DIGITS && content.length <= LARGE) return blobId(content) === id;
  const { createHash } = await import('node:crypto');
  const hash = createHash(id.length === SHA1_DIGITS ? 'sha1' : 'sha256');
  return hash.update(header(content)).update(content).digest('hex') === id;
}

function header(content: Uint8Array): Uint8Array {
  return Buffer.from(`blob ${content.length}\0`);
}
