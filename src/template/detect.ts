import type { Value } from '../value/value.ts';

/** Whether a document is a CloudFormation or SAM template with at least one resource that says its type. */
export function isTemplate(root: Value): boolean {
  const resources = entry(root, 'Resources');
  if (resources?.kind !== 'map') return false;
  return resources.value.values.some((resource) => {
    const type = entry(resource, 'Type');
    return type?.kind === 'string' && type.value.includes('::');
  });
}

function entry(value: Value, key: string): Value | undefined {
  return value.kind === 'map' ? value.value.get(key) : undefined;
}

const EXTENSION = /\.(?:ya?ml|json|template)$/i;

/** Whether a path has the name of a file that may be a template. */
export function mayBeTemplate(path: string): boolean {
  return EXTENSION.test(path);
}

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
  if (buffer.includes('image') && isListOfImages(buffer.toString('latin1'))) return true;
  for (let at = buffer.indexOf(0x5c); at !== -1; at = buffer.indexOf(0x5c, at + 1))
    if (LETTER_ESCAPES.has(buffer[at + 1] ?? 0)) return true;
  return false;
}

/**
 * Whether a document of a file may be a list with `image` in it, as it stands, for a key; false is certain.
 *
 * @param text of the file, or its bytes as characters
 */
export function isListOfImages(text: string): boolean {
  return text.includes('image') && LIST_DOCUMENT.test(text);
}

/** A document begins where the file does, or behind a mark; before its list are blanks, comments, an anchor and a tag. */
const LIST_DOCUMENT =
  /(?:(?<![\s\S])(?:\ufeff|\xef\xbb\xbf)?|^(?:---|\.\.\.)(?=\s))(?:\s|#.*|[&!]\S*\s)*(?:-(?=\s)|\[)/m;

/** What behind a backslash may spell a letter or nothing: `x`, `u`, `U`, and first bytes of the line breaks. */
const LETTER_ESCAPES = new Set([0x78, 0x75, 0x55, 0x0a, 0x0d, 0xc2, 0xe2]);
