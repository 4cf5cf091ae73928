/*
 * Strings as the native tool's YAML writer prints them: plain where that reads back as the same string, otherwise in
 * single quotes, in double quotes when there is something to escape, or as a literal block when there are several lines.
 */

/**
 * @param indent blanks before the lines of a literal block
 * @returns the scalar; a literal block lacks its final line break, since the next line starts with one
 */
export function yamlString(text: string, indent: number): string {
  if (text.includes('\n') && !/[ ]$/.test(text) && !hasSpaceBreak(text) && !UNPRINTABLE.test(text))
    return literalBlock(text, indent);
  if (text.includes('\n') || UNPRINTABLE.test(text) || hasSpaceBreak(text) || BREAK_SPACE.test(text))
    return doubleQuoted(text);
  return readsAsOtherType(text) || !isPlain(text) ? singleQuoted(text, indent) : text;
}

/** Whether the text fits before `: ` on one line; libyaml's limit is 128 bytes. */
export function isSimpleKey(text: string): boolean {
  return !BREAK.test(text) && Buffer.byteLength(text) <= 128;
}

// --- Choice of style -------------------------------------------------------------------------------------------------

const BREAK = /[\r\n\u0085\u2028\u2029]/;
const BREAK_SPACE = /[\r\n\u0085\u2028\u2029] /;
/** What libyaml escapes. A carriage return counts, a line feed does not. */
const UNPRINTABLE = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

function hasSpaceBreak(text: string): boolean {
  return / [\r\n\u0085\u2028\u2029]/.test(text);
}

/** Blanks at either end, line breaks and indicators that YAML would not take for text rule the plain style out. */
function isPlain(text: string): boolean {
  return !(
    text === '' ||
    /^ | $/.test(text) ||
    BREAK.test(text) ||
    /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`])/.test(text) ||
    /^[-?](?:[ \t]|$)/.test(text) ||
    /:(?:[ \t]|$)/.test(text) ||
    /[ \t]#/.test(text)
  );
}

const NOT_STRINGS = new Set(
  ['', '~', 'null', 'Null', 'NULL', 'true', 'True', 'TRUE', 'false', 'False', 'FALSE'].concat(
    ['.inf', '.Inf', '.INF'].flatMap((infinity) => [infinity, `+${infinity}`, `-${infinity}`]),
    ['.nan', '.NaN', '.NAN'],
  ),
);

/** Whether a reader would take the plain text for null, a boolean or a number, or might: digits behind a leading zero. */
function readsAsOtherType(text: string): boolean {
  if (NOT_STRINGS.has(text) || /^[-+]?0[0-9]+$/.test(text)) return true;
  if (/^[-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)$/.test(text)) return fitsInteger(text);
  return (
    /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(text) && Number.isFinite(Number(text))
  );
}

/** The widest integers that the native tool knows have 128 bits. */
function fitsInteger(text: string): boolean {
  const magnitude = BigInt(text.replace(/^[-+]/, ''));
  return text.startsWith('-') ? magnitude <= 2n ** 127n : magnitude < 2n ** 128n;
}

// --- Styles ----------------------------------------------------------------------------------------------------------

/** Line breaks in it are U+2028 and U+2029 only; the line behind each is indented. */
function singleQuoted(text: string, indent: number): string {
  const lastIndent = BREAK.test(text.slice(-1)) ? ' '.repeat(indent) : '';
  return `'${indentLines(text.replaceAll("'", "''"), indent)}${lastIndent}'`;
}

/** The indentation is only spelled out when the first line would hide it. */
function literalBlock(text: string, indent: number): string {
  const hint = /^[ \n\u2028\u2029]/.test(text) ? '2' : '';
  const chomping = !/[\n\u2028\u2029]$/.test(text) ? '-' : /^.?$|[\n\u2028\u2029].$/s.test(text) ? '+' : '';
  return `|${hint}${chomping}${indentLines(`\n${text}`, indent).replace(/\n$/, '')}`;
}

/** Indents what stands behind line breaks; lines without anything stay empty. */
function indentLines(text: string, indent: number): string {
  return text.replace(
    /[\n\u2028\u2029](?=[^\n\u2028\u2029])/g,
    (lineBreak) => lineBreak + ' '.repeat(indent),
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
};

function doubleQuoted(text: string): string {
  const escaped = text.replace(
    /["\\\n\u2028\u2029]|[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu,
    (character) => `\\${ESCAPES[character] ?? codeEscape(character.codePointAt(0)!)}`,
  );
  return `"${escaped}"`;
}

function codeEscape(code: number): string {
  const [letter, width] = code <= 0xff ? (['x', 2] as const) : (['u', 4] as const);
  return letter + code.toString(16).toUpperCase().padStart(width, '0');
}
