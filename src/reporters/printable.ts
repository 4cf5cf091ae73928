/**
 * Text from a template or file name on one line: line breaks become spaces, and other control characters become visible
 * escapes, so that what is reported cannot steer the terminal it is reported on.
 */
export function printable(text: string): string {
  const trimmed = text.trim();
  if (trimmed.search(CONTROL) === -1) return trimmed;
  return trimmed.replace(/\s*[\r\n]\s*/g, ' ').replace(CONTROL, visible);
}

/** Control characters, line breaks among them, and those that change the direction of text. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

function visible(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Like {@link printable}, for text whose lines and their indentation matter. */
export function printableLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => {
    const expanded = line.replaceAll('\t', '  ');
    const indentation = /^ */.exec(expanded)?.[0] ?? '';
    return expanded.trim() === '' ? '' : indentation + printable(expanded);
  });
}
