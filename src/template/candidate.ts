import { mayHoldContainerList } from './task-definition/recognise.ts';

/**
 * Whether the bytes of a file may hold a CloudFormation template or a raw task definition; false is certain, and costs much
 * less than loading.
 *
 * The former has a key `Resources`, the latter one of `containerDefinitions`, unless it is a bare list of containers. The
 * text of a key stands in the file as it is, except in double quotes, where an escape may stand for a letter (`\x52`,
 * `\u0052`, `\U00000052`) and an escaped line break for nothing; no other escape yields a letter, folded lines bring blanks
 * into the text, an alias repeats a key that stands elsewhere, and no tag expands to that key. UTF-16 is let through, for
 * the loader to say that it must not be.
 */
export function mayHoldTemplate(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.includes('Resources') || buffer.includes('containerDefinitions')) return true;
  if ((buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff)) return true;
  if (buffer.includes('image') && mayHoldContainerList(buffer.toString('latin1'))) return true;
  for (let at = buffer.indexOf(0x5c); at !== -1; at = buffer.indexOf(0x5c, at + 1))
    if (LETTER_ESCAPES.has(buffer[at + 1] ?? 0)) return true;
  return false;
}

/** What behind a backslash may spell a letter or nothing: `x`, `u`, `U`, and first bytes of the line breaks. */
const LETTER_ESCAPES = new Set([0x78, 0x75, 0x55, 0x0a, 0x0d, 0xc2, 0xe2]);
