import { isUtf8 } from 'node:buffer';

/** Decodes UTF-8, byte order mark included; undefined when the bytes are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Offset of the first byte that is not part of a UTF-8 character. Only for bytes that are no UTF-8. */
export function firstInvalidByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // The longest valid beginning: a cut character at the end of a beginning does not count against it.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isUtf8(bytes.subarray(0, characterStart(bytes, middle)))) low = middle;
    else high = middle - 1;
  }
  return characterStart(bytes, low);
}

/** Says where the first such byte is, for a message. Only for bytes that are no UTF-8. */
export function describeInvalidByte(bytes: Uint8Array): { readonly line: number; readonly message: string } {
  const at = firstInvalidByte(bytes);
  const hex = bytes[at]!.toString(16).padStart(2, '0');
  return {
    line: countLineFeeds(bytes.subarray(0, at)) + 1,
    message: `byte ${at + 1} (0x${hex}) is not valid UTF-8`,
  };
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count++;
  return count;
}

/** Largest offset not beyond `at` that does not cut a character. */
function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && start > at - 4 && start < bytes.length && (bytes[start]! & 0xc0) === 0x80) start--;
  return start;
}
