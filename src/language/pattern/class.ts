import type { CharacterSet } from './node.ts';
import { DIGIT, propertySet, SPACE, WORD } from './properties.ts';
import { PatternSyntaxError, UNUSABLE } from './syntax-error.ts';

/**
 * Parses a bracketed class in the syntax of Rust's regex crate: ranges, nested classes, `[:alpha:]`, and the
 * operations `&&`, `--` and `~~`, which bind equally and to the left.
 *
 * @param text from `[` to the matching `]`; escapes other than `\d \s \w \p` stand before punctuation only
 * @throws {PatternSyntaxError} for a class the crate rejects
 */
export function parseClass(text: string): CharacterSet {
  const parser = new ClassParser(text);
  const set = parser.bracketed();
  parser.expectEnd();
  return set;
}

/** The crate's limit for nested syntax. */
const MAX_NESTING = 250;

const ASCII_CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\0-\x7f',
  blank: '\t-\t - ',
  cntrl: '\0-\x1f\x7f-\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@[-`{-~',
  space: '\t-\r - ',
  upper: 'A-Z',
  word: '0-9A-Z_-_a-z',
  xdigit: '0-9A-Fa-f',
};

class ClassParser {
  readonly #characters: readonly string[];
  #at = 0;
  #nesting = 0;

  constructor(text: string) {
    this.#characters = [...text];
  }

  expectEnd(): void {
    if (this.#at < this.#characters.length) throw unclosed();
  }

  // Bracketed = '[' '^'? '-'* ']'? Operand ( ( '&&' | '--' | '~~' ) Operand )* ']'
  bracketed(): CharacterSet {
    if (++this.#nesting > MAX_NESTING) throw new PatternSyntaxError(UNUSABLE);
    this.#at++;
    const negated = this.#take('^');
    const first: CharacterSet[] = [];
    while (this.#take('-')) first.push(single('-'));
    if (first.length === 0 && this.#take(']')) first.push(single(']'));
    let set = this.#operand(first);
    for (let operator = this.#operator(); operator !== undefined; operator = this.#operator()) {
      this.#at += 2;
      set = { kind: 'operation', operator, left: set, right: this.#operand([]) };
    }
    this.#at++;
    this.#nesting--;
    return { kind: 'union', items: [set], negated };
  }

  /** Items up to an operator or the closing bracket. */
  #operand(items: CharacterSet[]): CharacterSet {
    for (;;) {
      const character = this.#characters[this.#at];
      if (character === undefined) throw unclosed();
      if (character === ']' || this.#operator() !== undefined)
        return { kind: 'union', items, negated: false };
      if (character === '[') items.push(this.#asciiClass() ?? this.bracketed());
      else items.push(this.#range());
    }
  }

  #operator(): '&&' | '--' | '~~' | undefined {
    const character = this.#characters[this.#at];
    if (character !== '&' && character !== '-' && character !== '~') return undefined;
    return this.#characters[this.#at + 1] === character
      ? (`${character}${character}` as '&&' | '--' | '~~')
      : undefined;
  }

  // Range = Item ( '-' Item )?        a '-' before ']' or '-' is no range
  #range(): CharacterSet {
    const first = this.#item();
    const next = this.#characters[this.#at + 1];
    if (this.#characters[this.#at] !== '-' || next === ']' || next === '-') {
      return typeof first === 'string' ? single(first) : first;
    }
    this.#at++;
    const last = this.#item();
    if (typeof first !== 'string' || typeof last !== 'string') {
      throw new PatternSyntaxError(UNUSABLE);
    }
    const from = first.codePointAt(0)!;
    const to = last.codePointAt(0)!;
    if (from > to) throw new PatternSyntaxError(UNUSABLE);
    return { kind: 'range', from, to };
  }

  /** A single character, or a set for an escape that means one. */
  #item(): string | CharacterSet {
    const character = this.#characters[this.#at++];
    if (character === undefined) throw unclosed();
    if (character !== '\\') return character;
    const letter = this.#characters[this.#at++]!;
    switch (letter.toLowerCase()) {
      case 'd':
        return negatedIf(letter === 'D', DIGIT);
      case 's':
        return negatedIf(letter === 'S', SPACE);
      case 'w':
        return negatedIf(letter === 'W', WORD);
      case 'p':
        return propertySet(this.#propertyName(), letter === 'P');
      default:
        return letter;
    }
  }

  #propertyName(): string {
    const first = this.#characters[this.#at++]!;
    if (first !== '{') return first;
    const end = this.#characters.indexOf('}', this.#at);
    const name = this.#characters.slice(this.#at, end).join('');
    this.#at = end + 1;
    return name;
  }

  /** `[:name:]`; anything else that starts like it is an ordinary nested class. */
  #asciiClass(): CharacterSet | undefined {
    const match = /^\[:(\^?)([^:]*):\]/u.exec(this.#characters.slice(this.#at, this.#at + 16).join(''));
    const ranges = match === null ? undefined : ASCII_CLASSES[match[2]!];
    if (match === null || ranges === undefined) return undefined;
    this.#at += match[0].length;
    const items = [...ranges.matchAll(/(.)-(.)/gsu)].map(
      ([, from = '', to = '']): CharacterSet => ({
        kind: 'range',
        from: from.charCodeAt(0),
        to: to.charCodeAt(0),
      }),
    );
    return { kind: 'union', items, negated: match[1] === '^' };
  }

  #take(character: string): boolean {
    if (this.#characters[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}

function single(character: string): CharacterSet {
  const codePoint = character.codePointAt(0)!;
  return { kind: 'range', from: codePoint, to: codePoint };
}

function negatedIf(negated: boolean, set: CharacterSet): CharacterSet {
  return negated ? { kind: 'union', items: [set], negated: true } : set;
}

function unclosed(): PatternSyntaxError {
  return new PatternSyntaxError(UNUSABLE);
}
