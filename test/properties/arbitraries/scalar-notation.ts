import type { Choices } from './choices.ts';

/** Where a scalar stands. */
export interface ScalarPlace {
  readonly isFlow: boolean;
  /** Columns by which further lines have to be indented. */
  readonly indent: number;
  readonly lineBreak: string;
}

/** An integer in a notation that Guard takes for one. */
export function writeInteger(value: number | bigint, choices: Choices): string {
  const text = String(value);
  if (value < 0) return choices.pick([text, text.replace('-', '-0')]);
  return choices.pick([text, `+${text}`, `00${text}`]);
}

export function writeFloat(value: number, choices: Choices): string {
  const text = String(value);
  return /^0\.\d+$/.test(text) ? choices.pick([text, text.slice(1), `${text}0`, `+${text}`]) : text;
}

export function writeBoolean(value: boolean, choices: Choices): string {
  return choices.pick(value ? ['true', 'yes', 'on', 'y'] : ['false', 'no', 'off', 'n']);
}

export function writeNull(choices: Choices): string {
  return choices.pick(['null', '~', 'NULL', 'Null']);
}

/** Text in one of the styles that it can have. */
export function writeText(text: string, choices: Choices, place: ScalarPlace): string {
  const ways: (() => string)[] = [];
  if (isPlain(text)) ways.push(() => text);
  if (isPrintable(text)) ways.push(() => `'${text.replaceAll("'", "''")}'`);
  ways.push(() => `"${escaped(text, choices.rarely(3), 'U')}"`);
  if (/^\S+(?: \S+)+$/.test(text)) ways.push(() => doubleQuotedInLines(text, place));
  if (!place.isFlow && isBlock(text)) ways.push(() => literal(text, place));
  if (!place.isFlow && isPrintable(text) && /^[^\s#]\S*(?: \S+)+$/.test(text))
    ways.push(() => folded(text, place));
  return choices.pick(ways)();
}

/** Text that JSON takes as well. */
export function writeJsonText(text: string, isAscii: boolean): string {
  return `"${escaped(text, isAscii, 'u')}"`;
}

/** The text of a key, which stands on one line. */
export function writeKey(text: string, choices: Choices): string {
  const ways = [`"${escaped(text, false, 'U')}"`];
  if (isPrintable(text)) ways.unshift(`'${text.replaceAll("'", "''")}'`);
  if (isPlain(text)) ways.unshift(text);
  return choices.pick(ways);
}

const WORDS = /^(?:true|false|yes|no|on|off|y|n|null|[+-]?(?:inf|infinity|nan))$/i;
const PLAIN = /^[A-Za-z_/é日][\w./$é日-]*(?:::?[\w./$é日-]+)*(?: [\w./$é日-]+(?:::?[\w./$é日-]+)*)*$/;

/** Whether it means itself without quotes wherever it stands. */
function isPlain(text: string): boolean {
  return (PLAIN.test(text) && !WORDS.test(text)) || /^\d{4}-\d\d-\d\d$/.test(text);
}

/** Whether it can stand on one line as it is. */
function isPrintable(text: string): boolean {
  return /^[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text);
}

function isBlock(text: string): boolean {
  return (
    /^[^\s]/.test(text) &&
    text.split('\n').every((line) => isPrintable(line) && (line === '' || /\S/.test(line)))
  );
}

/** @param wide `U`: characters beyond 16 bits are one escape, `u`: two, as in JSON */
function escaped(text: string, isAscii: boolean, wide: 'U' | 'u'): string {
  const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');
  return Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (character === '\n') return '\\n';
    if (isPrintable(character) && !(isAscii && code > 0x7e)) return character;
    if (code < 0x10000) return `\\u${hex(code, 4)}`;
    if (wide === 'U') return `\\U${hex(code, 8)}`;
    return Array.from({ length: 2 }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join('');
  }).join('');
}

/** In double quotes with its first blank as a line break. */
function doubleQuotedInLines(text: string, { lineBreak, indent }: ScalarPlace): string {
  const [first, ...rest] = text.split(' ').map((word) => escaped(word, false, 'U'));
  return `"${first}${lineBreak}${' '.repeat(indent + 1)}${rest.join(' ')}"`;
}

function literal(text: string, { lineBreak, indent }: ScalarPlace): string {
  const breaks = /\n*$/.exec(text)![0].length;
  const lines = text.slice(0, text.length - breaks).split('\n');
  const chomping = breaks === 0 ? '-' : breaks === 1 ? '' : '+';
  return `|${chomping}${linesOf(lines, indent, lineBreak)}${lineBreak.repeat(Math.max(0, breaks - 1))}`;
}

function folded(text: string, { lineBreak, indent }: ScalarPlace): string {
  return `>-${linesOf(text.split(' '), indent, lineBreak)}`;
}

function linesOf(lines: readonly string[], indent: number, lineBreak: string): string {
  return lines.map((line) => lineBreak + (line === '' ? '' : ' '.repeat(indent + 1) + line)).join('');
}
