import { jsonFloat } from '../../value/float-text.ts';

/** JSON that is malformed or of another shape than expected. The message is the native tool's, place included. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/**
 * Reads JSON of a known shape value by value, so that the first trouble in the text is the one reported, whether it is
 * one of syntax or of shape. Wording and counting are those of serde_json: lines from 1, columns in bytes.
 */
export class JsonReader {
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#bytes = Buffer.from(text, 'utf8');
  }

  /** @throws {JsonError} unless only white space is left */
  end(): void {
    if (this.#peek() !== undefined) this.#failAhead('trailing characters');
  }

  /** A list whose elements `element` reads. */
  list<T>(element: () => T): T[] {
    this.#open('[', 'a sequence');
    const elements: T[] = [];
    while (this.#hasElement(elements.length === 0)) elements.push(element());
    this.#close();
    return elements;
  }

  /** A map with text keys; `value` reads what stands under a key. */
  object(value: (key: string) => void): void {
    this.#open('{', 'a map');
    this.#entries(value);
    this.#close();
  }

  /**
   * A map with the given fields, read in any order; others are passed over. Fields that are optional need not be there.
   *
   * @param name of the structure, for messages
   */
  struct(name: string, fields: { readonly [field: string]: StructField }): void {
    this.#open('{', `struct ${name}`);
    const seen = new Set<string>();
    const refuseRepeated = (key: string) => {
      if (seen.has(key)) this.#failBehind(`duplicate field \`${key}\``);
    };
    this.#entries((key) => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field === undefined) return this.skip();
      seen.add(key);
      field.read();
    }, refuseRepeated);
    for (const [key, { optional }] of Object.entries(fields)) {
      if (optional !== true && !seen.has(key)) this.#failStruct(`missing field \`${key}\``);
    }
    this.#close();
  }

  string(): string {
    if (this.#peek() !== '"') this.#refuse('a string');
    return this.#stringToken();
  }

  /** A string, or null. */
  optionalString(): string | null {
    if (this.#peek() !== 'n') return this.string();
    this.#word('null');
    return null;
  }

  /** Passes over any value. */
  skip(): void {
    const next = this.#peek();
    if (next === '[') this.list(() => this.skip());
    else if (next === '{') this.object(() => this.skip());
    else this.#scalar();
  }

  #scalar(): string {
    const next = this.#peek();
    if (next === undefined) this.#failAhead('EOF while parsing a value');
    if (next === '"') return `string ${JSON.stringify(this.#stringToken())}`;
    if (next === 'n') return this.#word('null');
    if (next === 't' || next === 'f') return `boolean \`${this.#word(next === 't' ? 'true' : 'false')}\``;
    if (next === '-' || isDigit(next)) return this.#number();
    return this.#failAhead('expected value');
  }

  #refuse(expected: string): never {
    const next = this.#peek();
    const found = next === '[' ? 'sequence' : next === '{' ? 'map' : this.#scalar();
    this.#failBehind(`invalid type: ${found}, expected ${expected}`);
  }

  #open(bracket: '[' | '{', expected: string): void {
    if (this.#peek() !== bracket) this.#refuse(expected);
    if (++this.#depth === DEEPEST) this.#failAhead('recursion limit exceeded');
    this.#at++;
  }

  #close(): void {
    this.#depth--;
    this.#at++;
  }

  #hasElement(isFirst: boolean): boolean {
    const next = this.#peek();
    if (next === undefined) this.#failAhead('EOF while parsing a list');
    if (next === ']') return false;
    if (isFirst) return true;
    if (next !== ',') this.#failAhead('expected `,` or `]`');
    this.#at++;
    const after = this.#peek();
    if (after === undefined) this.#failAhead('EOF while parsing a value');
    if (after === ']') this.#failAhead('trailing comma');
    return true;
  }

  /** @param checkKey told of each key before its colon is looked for */
  #entries(value: (key: string) => void, checkKey?: (key: string) => void): void {
    for (let isFirst = true; this.#hasKey(isFirst); isFirst = false) {
      const key = this.#stringToken();
      checkKey?.(key);
      const next = this.#peek();
      if (next === undefined) this.#failAhead('EOF while parsing an object');
      if (next !== ':') this.#failAhead('expected `:`');
      this.#at++;
      value(key);
    }
  }

  #hasKey(isFirst: boolean): boolean {
    let next = this.#peek();
    if (next === undefined) this.#failAhead('EOF while parsing an object');
    if (next === '}') return false;
    if (!isFirst) {
      if (next !== ',') this.#failAhead('expected `,` or `}`');
      this.#at++;
      next = this.#peek();
      if (next === undefined) this.#failAhead('EOF while parsing a value');
      if (next === '}') this.#failAhead('trailing comma');
    }
    if (next !== '"') this.#failAhead('key must be a string');
    return true;
  }

  #stringToken(): string {
    const bytes = this.#bytes;
    const start = this.#at++;
    for (;;) {
      const byte = bytes[this.#at];
      if (byte === undefined) this.#failBehind('EOF while parsing a string');
      this.#at++;
      if (byte === 0x22) break;
      if (byte === 0x5c) this.#escape();
      else if (byte < 0x20)
        this.#failBehind('control character (\\u0000-\\u001F) found while parsing a string');
    }
    return JSON.parse(bytes.toString('utf8', start, this.#at)) as string;
  }

  #escape(): void {
    const letter = this.#next('EOF while parsing a string');
    if (letter === 'u') this.#unicodeEscape();
    else if (!'"\\/bfnrt'.includes(letter)) this.#failBehind('invalid escape');
  }

  #unicodeEscape(): void {
    const unit = this.#hexDigits();
    if (unit < 0xd800 || unit > 0xdfff) return;
    if (unit > 0xdbff) this.#failBehind('lone leading surrogate in hex escape');
    for (const expected of '\\u') {
      if (this.#next('EOF while parsing a string') !== expected)
        this.#failBehind('unexpected end of hex escape');
    }
    const low = this.#hexDigits();
    if (low < 0xdc00 || low > 0xdfff) this.#failBehind('lone leading surrogate in hex escape');
  }

  #hexDigits(): number {
    const digits = this.#bytes.toString('latin1', this.#at, this.#at + 4);
    this.#at = Math.min(this.#at + 4, this.#bytes.length);
    if (digits.length < 4) this.#failBehind('EOF while parsing a string');
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#failBehind('invalid escape');
    return Number.parseInt(digits, 16);
  }

  #word(word: 'null' | 'true' | 'false'): string {
    for (const letter of word) {
      if (this.#next('EOF while parsing a value') !== letter) this.#failBehind('expected ident');
    }
    return word;
  }

  /** @returns what kind of number it is, and which */
  #number(): string {
    const start = this.#at;
    if (this.#current() === '-') this.#at++;
    const first = this.#next('EOF while parsing a value');
    if (!isDigit(first)) this.#failBehind('invalid number');
    if (first === '0') {
      if (isDigit(this.#current())) this.#failAhead('invalid number');
    } else {
      while (isDigit(this.#current())) this.#at++;
    }
    let isInteger = true;
    if (this.#current() === '.') {
      isInteger = false;
      this.#at++;
      this.#digits();
    }
    if (this.#current()?.toLowerCase() === 'e') {
      isInteger = false;
      this.#at++;
      if (this.#current() === '+' || this.#current() === '-') this.#at++;
      this.#digits();
    }
    const text = this.#bytes.toString('latin1', start, this.#at);
    const fits = isInteger && BigInt(text) <= MAX_UNSIGNED && BigInt(text) >= MIN_SIGNED;
    return fits ? `integer \`${text}\`` : `floating point \`${jsonFloat(Number(text))}\``;
  }

  #digits(): void {
    const next = this.#current();
    if (next === undefined) this.#failAhead('EOF while parsing a value');
    if (!isDigit(next)) this.#failAhead('invalid number');
    while (isDigit(this.#current())) this.#at++;
  }

  /** The next character that is no white space. */
  #peek(): string | undefined {
    while (' \t\r\n'.includes(this.#current() ?? '-')) this.#at++;
    return this.#current();
  }

  #current(): string | undefined {
    const byte = this.#bytes[this.#at];
    return byte === undefined ? undefined : String.fromCharCode(byte);
  }

  #next(problemAtEnd: string): string {
    const character = this.#current();
    if (character === undefined) this.#failBehind(problemAtEnd);
    this.#at++;
    return character;
  }

  /** Trouble with a whole map is placed behind what closes it, if that comes next. */
  #failStruct(problem: string): never {
    if (this.#peek() === '}') this.#at++;
    this.#failBehind(problem);
  }

  /** Trouble with the character that comes next. */
  #failAhead(problem: string): never {
    this.#fail(problem, Math.min(this.#at + 1, this.#bytes.length));
  }

  /** Trouble with what was just read. */
  #failBehind(problem: string): never {
    this.#fail(problem, this.#at);
  }

  #fail(problem: string, at: number): never {
    const read = this.#bytes.subarray(0, at);
    const lineStart = read.lastIndexOf(0x0a) + 1;
    const line = read.toString('latin1').split('\n').length;
    throw new JsonError(`${problem} at line ${line} column ${at - lineStart}`);
  }
}

export interface StructField {
  readonly optional?: true;
  read(): void;
}

/** Lists and maps inside each other that the native reader refuses. */
const DEEPEST = 128;
const MAX_UNSIGNED = 2n ** 64n - 1n;
const MIN_SIGNED = -(2n ** 63n);

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
