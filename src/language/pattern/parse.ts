import { parseClass } from './class.ts';
import type { Assertion, CharacterSet, Node, Tree } from './node.ts';
import { DIGIT, HEX_DIGIT, propertySet, SPACE, WORD } from './properties.ts';
import { PatternSyntaxError } from './syntax-error.ts';

/**
 * Parses a pattern.
 *
 * @throws {PatternSyntaxError} for what fancy-regex's own parser rejects
 */
export function parsePattern(text: string): Tree {
  const parser = new Parser(text);
  return { root: parser.parse(), groupNames: parser.groupNames };
}

interface Flags {
  ignoreCase: boolean;
  multiLine: boolean;
  dotAll: boolean;
  swapGreed: boolean;
  blanks: boolean;
}

const FLAG_LETTERS: Readonly<Record<string, keyof Flags>> = {
  i: 'ignoreCase',
  m: 'multiLine',
  s: 'dotAll',
  U: 'swapGreed',
  x: 'blanks',
};

const LOOKS = [
  { opening: '?=', behind: false, negated: false },
  { opening: '?!', behind: false, negated: true },
  { opening: '?<=', behind: true, negated: false },
  { opening: '?<!', behind: true, negated: true },
] as const;

const MAX_DEPTH = 64;
/** A new node each time, since analysis tells nodes apart by identity. */
const empty = (): Node => ({ kind: 'empty' });

const ASSERTION_ESCAPES: Readonly<Record<string, Assertion>> = {
  A: 'text-start',
  z: 'text-end',
  b: 'word-boundary',
  B: 'no-word-boundary',
  '<': 'word-start',
  '>': 'word-end',
};

const SET_ESCAPES: Readonly<Record<string, CharacterSet>> = {
  d: DIGIT,
  D: negation(DIGIT),
  w: WORD,
  W: negation(WORD),
  s: SPACE,
  S: negation(SPACE),
};

/** The control characters that letters stand for. `\b` is the backspace only inside a class. */
const CONTROL_ESCAPES: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  e: 0x1b,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
};

const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function negation(set: CharacterSet): CharacterSet {
  return { kind: 'union', items: [set], negated: true };
}

/**
 * Recursive descent over the text. As in the native parser, an inline flag such as `(?i)` lasts until the end of the
 * enclosing `(?flags: … )` or of the pattern: plain groups do not end it.
 */
class Parser {
  readonly groupNames = new Map<string, number>();
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #groups = 0;
  #numberedReference = false;
  #flags: Flags = { ignoreCase: false, multiLine: false, dotAll: false, swapGreed: false, blanks: false };

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Node {
    const root = this.#alternatives();
    if (this.#at < this.#text.length) throw this.#error('General parsing error: end of string not reached');
    return root;
  }

  // Alternatives = Branch ( '|' Branch )*
  #alternatives(): Node {
    const first = this.#branch();
    this.#skipBlanks();
    if (this.#peek() !== '|') {
      if (this.#numberedReference && this.groupNames.size > 0) {
        throw new PatternSyntaxError(
          'Error compiling regex: Numbered backref/call not allowed because named group was used, use a named backref instead',
        );
      }
      return first;
    }
    const items = [first];
    while (this.#take('|')) {
      items.push(this.#branch());
      this.#skipBlanks();
    }
    return { kind: 'alternatives', items };
  }

  // Branch = Piece*
  #branch(): Node {
    const items: Node[] = [];
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const piece = this.#piece();
      if (this.#at === start) break;
      if (piece.kind !== 'empty') items.push(piece);
    }
    if (items.length === 0) return empty();
    return items.length === 1 ? items[0]! : { kind: 'concatenation', items };
  }

  // Piece = Atom ( ( '?' | '*' | '+' | '{' Count '}' ) '?'? '+'? )?
  #piece(): Node {
    const item = this.#atom();
    this.#skipBlanks();
    const bounds = this.#bounds();
    if (bounds === undefined) return item;
    if (item.kind === 'look' || item.kind === 'empty' || item.kind === 'assertion') {
      throw this.#error('Target of repeat operator is invalid', this.#at - 1);
    }
    this.#skipBlanks();
    const lazy = this.#take('?');
    const node: Node = { kind: 'repeat', item, ...bounds, greedy: lazy === this.#flags.swapGreed };
    return this.#take('+') ? { kind: 'atomic', item: node } : node;
  }

  #bounds(): { min: number; max: number } | undefined {
    if (this.#take('?')) return { min: 0, max: 1 };
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    return this.#peek() === '{' ? this.#count() : undefined;
  }

  // Count = Digits | Digits? ',' Digits?        anything else makes the brace a plain character
  #count(): { min: number; max: number } | undefined {
    const start = this.#at;
    this.#at++;
    this.#skipBlanks();
    const min = this.#peek() === ',' ? 0 : this.#decimal();
    this.#skipBlanks();
    let max = min;
    if (min !== undefined && this.#take(',')) {
      this.#skipBlanks();
      max = this.#decimal() ?? Number.POSITIVE_INFINITY;
    }
    this.#skipBlanks();
    if (min !== undefined && max !== undefined && this.#take('}')) return { min, max };
    this.#at = start;
    return undefined;
  }

  /** Digits that fit 64 bits. */
  #decimal(): number | undefined {
    const digits = /^\d*/.exec(this.#text.slice(this.#at, this.#at + 400))![0];
    if (digits === '' || BigInt(digits) >= 2n ** 64n) return undefined;
    this.#at += digits.length;
    return Number(digits);
  }

  #atom(): Node {
    this.#skipBlanks();
    const character = this.#peek();
    switch (character) {
      case '':
      case '+':
      case '*':
      case '?':
      case '|':
      case ')':
        return empty();
      case '.':
        this.#at++;
        return { kind: 'any', newline: this.#flags.dotAll };
      case '^':
        this.#at++;
        return { kind: 'assertion', of: this.#flags.multiLine ? 'line-start' : 'text-start' };
      case '$':
        this.#at++;
        return { kind: 'assertion', of: this.#flags.multiLine ? 'line-end' : 'text-end' };
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      default:
        this.#at += character.length;
        return this.#character(character.codePointAt(0)!);
    }
  }

  #character(codePoint: number): Node {
    return { kind: 'character', codePoint, ignoreCase: this.#flags.ignoreCase };
  }

  #set(set: CharacterSet): Node {
    return { kind: 'set', set, ignoreCase: this.#flags.ignoreCase };
  }

  // --- Escapes -----------------------------------------------------------------------------------------------------

  #escape(): Node {
    const start = this.#at;
    const letter = this.#peekAt(start + 1);
    if (letter === '') throw this.#error('Backslash without following character');
    if (isDigit(letter)) {
      this.#at++;
      return this.#numberedReferenceNode();
    }
    if (letter === 'k') {
      this.#at += 2;
      return {
        kind: 'backreference',
        group: this.#peek() === "'" ? this.#groupReference("'", "'") : this.#groupReference('<', '>'),
      };
    }
    if (letter === 'K' || letter === 'G') {
      this.#at += 2;
      return { kind: letter === 'K' ? 'keep-out' : 'search-start' };
    }
    const assertion = ASSERTION_ESCAPES[letter];
    if (assertion === undefined) return this.#characterEscape(letter);
    if ((letter === 'b' || letter === 'B') && this.#peekAt(start + 2) === '{') {
      throw this.#error(`Invalid escape: \\${letter}`);
    }
    this.#at += 2;
    return { kind: 'assertion', of: assertion };
  }

  /** An escape that stands for one character of some set, inside or outside a class. */
  #characterEscape(letter: string): Node {
    const start = this.#at;
    const set = SET_ESCAPES[letter];
    if (set !== undefined) {
      this.#at += 2;
      return this.#set(set);
    }
    if (letter === 'h' || letter === 'H') {
      this.#at += 2;
      return { kind: 'set', set: letter === 'h' ? HEX_DIGIT : negation(HEX_DIGIT), ignoreCase: false };
    }
    const hexLength = HEX_LENGTHS[letter];
    if (hexLength !== undefined) {
      this.#at += 2;
      return this.#character(this.#hex(hexLength, start));
    }
    if ((letter === 'p' || letter === 'P') && start + 2 < this.#text.length) {
      return this.#set(propertySet(this.#propertyText(), letter === 'P'));
    }
    const control = CONTROL_ESCAPES[letter];
    if (control === undefined && /^[A-Za-z]$/.test(letter)) throw this.#error(`Invalid escape: \\${letter}`);
    this.#at += 1 + letter.length;
    return { kind: 'character', codePoint: control ?? letter.codePointAt(0)!, ignoreCase: false };
  }

  /** The name of a property: what stands between the braces of `\p{…}`, or the letter of `\pL`. */
  #propertyText(): string {
    const start = this.#at;
    const first = this.#peekAt(start + 2);
    if (first !== '{') {
      if (first === '\\') throw this.#error('Unicode class');
      this.#at += 2 + first.length;
      return first;
    }
    const end = this.#text.indexOf('}', start);
    if (end === -1) throw this.#error('Unclosed Unicode name');
    this.#at = end + 1;
    return this.#text.slice(start + 3, end);
  }

  /** Stands behind `\x`, `\u` or `\U`. */
  #hex(length: number, start: number): number {
    const fixed = this.#text.slice(this.#at, this.#at + length);
    const braced = /^\{([0-9A-Fa-f]{1,8})\}/.exec(this.#text.slice(this.#at, this.#at + 10));
    let digits: string;
    if (fixed.length === length && /^[0-9A-Fa-f]+$/.test(fixed)) {
      digits = fixed;
      this.#at += length;
    } else if (braced !== null) {
      digits = braced[1]!;
      this.#at += braced[0].length;
    } else {
      throw this.#error('Invalid hex escape', start);
    }
    const codePoint = Number.parseInt(digits, 16);
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
      throw this.#error('Invalid codepoint for hex or unicode escape', start);
    }
    return codePoint;
  }

  #numberedReferenceNode(): Node {
    const start = this.#at;
    const group = this.#decimal();
    // The native parser guards its bit set with this odd bound.
    if (group === undefined || group >= Math.floor(Buffer.byteLength(this.#text) / 2)) {
      throw this.#error('Invalid back reference', start);
    }
    this.#numberedReference = true;
    return { kind: 'backreference', group };
  }

  /** A group named between two delimiters: by name, by number, or by a number relative to the groups so far. */
  #groupReference(open: string, close: string, relative = true): number {
    const start = this.#at;
    const name = this.#name(open, close, relative);
    const named = this.groupNames.get(name);
    if (named !== undefined) return named;
    const number = /^-?\d{1,15}$/.test(name) ? Number(name) : Number.NaN;
    const group = number < 0 ? this.#groups + number + 1 : number;
    if (!(group >= 0)) throw this.#error(`Invalid group name in back reference: ${name}`, start);
    return group;
  }

  #name(open: string, close: string, relative: boolean): string {
    const rest = this.#text.slice(this.#at);
    const name = rest.startsWith(open)
      ? (relative ? /^-\d*|^[\p{Alphabetic}\p{N}_]*/u : /^[\p{Alphabetic}\p{N}_]*/u).exec(
          rest.slice(open.length),
        )![0]
      : '';
    if (name === '' || !rest.startsWith(close, open.length + name.length)) {
      throw this.#error('Could not parse group name');
    }
    this.#at += open.length + name.length + close.length;
    return name;
  }

  // --- Classes -----------------------------------------------------------------------------------------------------

  /**
   * Finds the end of a class by counting brackets and brings its escapes into the form that `parseClass` knows. The two
   * steps count brackets differently, as they do in the native engine: `[a[]b]` gets through here and fails there.
   */
  #class(): Node {
    let text = '[';
    let depth = 1;
    this.#at++;
    if (this.#take('^')) text += '^';
    if (this.#take(']')) text += ']';
    while (depth > 0) {
      const character = this.#peek();
      if (character === '') throw this.#error('Invalid character class');
      if (character === '\\') {
        text += this.#classEscape();
        continue;
      }
      if (character === '[') depth++;
      if (character === ']') depth--;
      text += character;
      this.#at += character.length;
    }
    return this.#set(parseClass(text));
  }

  #classEscape(): string {
    const start = this.#at;
    const letter = this.#peekAt(start + 1);
    if (letter === '') throw this.#error('Backslash without following character');
    if (isDigit(letter)) throw this.#error('Invalid character class');
    if (/^[kAzBKG]$/.test(letter)) {
      this.#at += 2;
      return letter;
    }
    const node = this.#characterEscape(letter);
    if (node.kind === 'character') {
      const character = String.fromCodePoint(node.codePoint);
      return /^[\\.+*?()|[\]{}^$#&~-]$/.test(character) ? `\\${character}` : character;
    }
    if (letter === 'h') return '[0-9A-Fa-f]';
    if (letter === 'H') return '[^0-9A-Fa-f]';
    return this.#text.slice(start, this.#at);
  }

  // --- Groups ------------------------------------------------------------------------------------------------------

  #group(): Node {
    const start = this.#at;
    if (++this.#depth >= MAX_DEPTH) throw this.#error('Pattern too deeply nested');
    this.#at++;
    this.#skipBlanks();
    const node = this.#groupBody(start);
    this.#depth--;
    return node;
  }

  #groupBody(start: number): Node {
    const look = LOOKS.find(({ opening }) => this.#text.startsWith(opening, this.#at));
    if (look !== undefined) {
      this.#at += look.opening.length;
      return { kind: 'look', item: this.#closed(), behind: look.behind, negated: look.negated };
    }
    if (this.#take('?P=')) return { kind: 'backreference', group: this.#groupReference('', ')', false) };
    if (this.#take('?>')) return { kind: 'atomic', item: this.#closed() };
    if (this.#take('?(')) return this.#conditional();
    for (const opening of ['?<', '?P<']) {
      if (!this.#take(opening)) continue;
      this.#groups++;
      this.groupNames.set(this.#name('', '>', false), this.#groups);
      return { kind: 'group', item: this.#closed() };
    }
    if (this.#take('?')) return this.#flagGroup(start);
    this.#groups++;
    return { kind: 'group', item: this.#closed() };
  }

  #closed(): Node {
    const item = this.#alternatives();
    this.#close();
    return item;
  }

  #close(): void {
    this.#skipBlanks();
    if (this.#at === this.#text.length) throw this.#error('Opening parenthesis without closing parenthesis');
    if (!this.#take(')')) throw this.#error('General parsing error: expected close paren');
  }

  // FlagGroup = '(?' Flag* ( '-' Flag* )? ( ')' | ':' Alternatives ')' )
  #flagGroup(start: number): Node {
    const flagsStart = this.#at;
    const before = { ...this.#flags };
    let value = true;
    for (;;) {
      this.#skipBlanks();
      const letter = this.#peek();
      const onlyMinus = !value && this.#at === flagsStart + 1;
      if (letter === '') throw this.#error('Opening parenthesis without closing parenthesis');
      if (letter === ':' && !onlyMinus) {
        this.#at++;
        const item = this.#closed();
        this.#flags = before;
        return item;
      }
      if (letter === ')' && !onlyMinus && this.#at > flagsStart) {
        this.#at++;
        return empty();
      }
      const flag = FLAG_LETTERS[letter];
      if (flag !== undefined) this.#flags[flag] = value;
      else if (letter === '-' && value) value = false;
      else if (letter === 'u' && !value) throw this.#error('Disabling Unicode not supported');
      else if (letter !== 'u') {
        throw this.#error(
          `Unknown group flag: (?${this.#text.slice(flagsStart, this.#at + letter.length)}`,
          start + 2,
        );
      }
      this.#at++;
    }
  }

  // Conditional = '(?(' ( Digits | '<' Name '>' | "'" Name "'" | Alternatives ) ')' ( Branch ( '|' Alternatives )? )? ')'
  #conditional(): Node {
    const condition = this.#condition();
    this.#close();
    const bodyStart = this.#at;
    const body = this.#alternatives();
    const tested: Node =
      condition.kind === 'backreference' ? { kind: 'group-matched', group: condition.group } : condition;
    if (this.#at === bodyStart) {
      if (condition.kind !== 'backreference') {
        throw this.#error(
          'General parsing error: expected conditional to be a backreference or at least an expression for when the condition is true',
        );
      }
      this.#close();
      return tested;
    }
    const [then = empty(), ...others] = body.kind === 'alternatives' ? body.items : [body];
    const otherwise: Node =
      others.length > 1 ? { kind: 'alternatives', items: others } : (others[0] ?? empty());
    this.#close();
    if (then.kind === 'empty' && otherwise.kind === 'empty') return tested;
    return { kind: 'conditional', condition: tested, then, otherwise };
  }

  #condition(): Node {
    const first = this.#peek();
    if (first === '') throw this.#error('Opening parenthesis without closing parenthesis');
    if (isDigit(first)) return this.#numberedReferenceNode();
    if (first === "'") return { kind: 'backreference', group: this.#groupReference("'", "'") };
    if (first === '<') return { kind: 'backreference', group: this.#groupReference('<', '>') };
    return this.#alternatives();
  }

  // --- Characters --------------------------------------------------------------------------------------------------

  /** Comments, and with the flag `x` blanks and `#` comments. */
  #skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (this.#flags.blanks && character === '#') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end === -1 ? this.#text.length : end + 1;
      } else if (this.#flags.blanks && character !== undefined && ' \r\n\t'.includes(character)) {
        this.#at++;
      } else if (character === '(' && this.#text.startsWith('(?#', this.#at)) {
        const comment = /^\(\?#(?:[^)\\]|\\.)*\)/s.exec(this.#text.slice(this.#at));
        if (comment === null) throw this.#error('Opening parenthesis without closing parenthesis');
        this.#at += comment[0].length;
      } else {
        return;
      }
    }
  }

  /** The character at the current place, `''` at the end. */
  #peek(): string {
    return this.#peekAt(this.#at);
  }

  #peekAt(at: number): string {
    const codePoint = this.#text.codePointAt(at);
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Native positions count UTF-8 bytes. */
  #error(message: string, at = this.#at): PatternSyntaxError {
    return new PatternSyntaxError(message, Buffer.byteLength(this.#text.slice(0, at)));
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
