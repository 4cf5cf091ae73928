import { remembering } from '../source/remembering.ts';

/*
 * The spellings of a key that Guard tries when the key itself is missing. The conversions are those of the Rust crate
 * `cruet`, oddities included: digits end a word, non-ASCII letters are never re-cased, and in kebab and snake case
 * digits and non-ASCII letters count as upper case.
 */

/**
 * Seven spellings of a rule's key, in the order in which they are tried: camel, class, kebab, pascal, snake, title,
 * train. Rule files ask for the same few hundred keys again and again.
 */
export const keyVariants = remembering(spell);

function spell(key: string): readonly string[] {
  const pascal = toWords(key, PASCAL);
  return [
    toWords(key, CAMEL),
    singularLastWord(pascal),
    toSeparated(key, '-'),
    pascal,
    toSeparated(key, '_'),
    toWords(key, TITLE),
    toWords(key, TRAIN),
  ];
}

interface WordStyle {
  readonly capitalizeFirst: boolean;
  readonly separator: string;
  /** Whether a digit is a word of its own; otherwise it is treated like a letter. */
  readonly digitEndsWord: boolean;
}

const CAMEL: WordStyle = { capitalizeFirst: false, separator: '', digitEndsWord: true };
const PASCAL: WordStyle = { capitalizeFirst: true, separator: '', digitEndsWord: true };
const TITLE: WordStyle = { capitalizeFirst: true, separator: ' ', digitEndsWord: false };
const TRAIN: WordStyle = { capitalizeFirst: true, separator: '-', digitEndsWord: true };

// Most keys are ASCII, and the first use of a class of Unicode costs about as much as judging a small template.

function isAlphanumeric(character: string): boolean {
  return character < '\x80' ? /[0-9A-Za-z]/.test(character) : /[\p{Alphabetic}\p{N}]/u.test(character);
}

function isNumeric(character: string): boolean {
  return character < '\x80' ? /[0-9]/.test(character) : /\p{N}/u.test(character);
}

function isLower(character: string): boolean {
  return character < '\x80' ? /[a-z]/.test(character) : /\p{Lowercase}/u.test(character);
}

function isUpper(character: string): boolean {
  return character < '\x80' ? /[A-Z]/.test(character) : /\p{Uppercase}/u.test(character);
}

function toWords(key: string, style: WordStyle): string {
  let text = '';
  let newWord = style.capitalizeFirst;
  let firstWord = true;
  let started = false;
  /** The last character that did not begin a word. */
  let last = ' ';
  for (const character of trimEnd(key)) {
    if (!isAlphanumeric(character)) {
      newWord ||= started;
      continue;
    }
    started = true;
    if (style.digitEndsWord && isNumeric(character)) {
      newWord = true;
      text += character;
    } else if (newWord || (isLower(last) && isUpper(character))) {
      newWord = false;
      text += (firstWord ? '' : style.separator) + asciiUpper(character);
      firstWord = false;
    } else {
      last = character;
      text += asciiLower(character);
    }
  }
  return text;
}

function toSeparated(key: string, separator: string): string {
  const characters = [...key];
  let text = '';
  let atStart = true;
  // The crate takes the byte offset of a character for its index when it looks at the neighbours.
  let byteOffset = 0;
  for (const character of trimEnd(key)) {
    if (!isAlphanumeric(character)) {
      if (!atStart) text += separator;
      atStart = true;
    } else {
      const begins = !atStart && asciiUpper(character) === character && besideLower(characters, byteOffset);
      text += (begins ? separator : '') + asciiLower(character);
      atStart = false;
    }
    byteOffset += utf8Length(character);
  }
  return text;
}

function besideLower(characters: readonly string[], index: number): boolean {
  return isLower(characters[index + 1] ?? 'A') || isLower(characters[index - 1] ?? 'A');
}

/** Without trailing characters that are neither letters nor numbers. */
function trimEnd(key: string): string[] {
  const characters = [...key];
  let end = characters.length;
  while (end > 0 && !isAlphanumeric(characters[end - 1]!)) end--;
  return characters.slice(0, end);
}

function asciiUpper(character: string): string {
  return character >= 'a' && character <= 'z' ? character.toUpperCase() : character;
}

function asciiLower(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}

function utf8Length(character: string): number {
  const point = character.codePointAt(0)!;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/**
 * Endings of plurals, the first that fits applies: what must stand before the ending, as a pattern; the ending, the longest
 * first; its replacement.
 */
const PLURALS: readonly (readonly [stem: string, endings: string, singular: string])[] = [
  ['database', 's', ''],
  ['quiz', 'zes', ''],
  ['matr', 'ices', 'ix'],
  ['vert|ind', 'ices', 'ex'],
  ['alias|status', 'es|', ''],
  ['octop|vir', 'us|i', 'us'],
  ['cris|test', 'is|es', 'is'],
  ['shoe', 's', ''],
  ['bus', 'es|', ''],
  ['m|l', 'ice', 'ouse'],
  ['x|ch|ss|sh', 'es', ''],
  ['m', 'ovies', 'ovie'],
  ['s', 'eries', 'eries'],
  ['[^aeiouy]|qu', 'ies', 'y'],
  ['[lr]', 'ves', 'f'],
  ['tive', 's', ''],
  ['hive', 's', ''],
  ['[^f]', 'ves', 'fe'],
  ['analy|ba|diagno|parenthe|progno|synop|the', 'sis|ses', 'sis'],
  ['[ti]', 'a', 'um'],
  ['o', 'es', ''],
  ['n', 'ews', 'ews'],
  ['ss', '', ''],
  ['', 's', ''],
];

/** The part from the last upper-case letter on, made singular. It is capitalized, so wholly irregular words never fit. */
function singularLastWord(pascal: string): string {
  const characters = [...pascal];
  const start = Math.max(characters.findLastIndex(isUpper), 0);
  return characters.slice(0, start).join('') + singular(characters.slice(start).join(''));
}

function singular(word: string): string {
  // What all plurals of the table end in.
  if (!/(?:[ais]|ice)$/.test(word)) return word;
  for (const [stem, endings, replacement] of PLURALS) {
    for (const ending of endings.split('|')) {
      // Making two dozen patterns takes a millisecond.
      if (!word.endsWith(ending)) continue;
      const start = word.slice(0, word.length - ending.length);
      if (new RegExp(`(?:${stem})$`, 'u').test(start)) return start + replacement;
    }
  }
  return word;
}
