import { DiagnosticError } from '../source/diagnostic.ts';
import { type Limits, raising } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import type { Query } from './ast.ts';
import { type Circumstance, RulesSyntaxError } from './syntax-error.ts';

/** A grammar rule: what it read, or undefined when the cursor holds a failure. The offset is then arbitrary. */
export type Reader<T> = (cursor: Cursor) => T | undefined;

const NOTHING: readonly Circumstance[] = [];

/**
 * A place in a rule file and the last failure there: the primitives of a parsing-expression grammar.
 *
 * A failure is recoverable, so that an ordered choice goes on with its next alternative, until {@link commit} makes it
 * fatal, which ends the parse. Exceptions would do the same, but failing is as common here as succeeding.
 */
export class Cursor {
  readonly source: Source;
  readonly text: string;
  /** UTF-16 offset of the next character. */
  at = 0;
  /** Whether the failure just returned forbids other readings. */
  fatal = false;
  /** Queries already read, by their start: clauses are tried in several forms, all of which begin with a query. */
  readonly queries = new Map<number, { readonly query: Query; readonly end: number }>();

  #failedAt = 0;
  #circumstances = NOTHING;
  #frontier = 0;
  #expected: string[] = [];
  #depth = 0;
  /** Blanks that were moved past last, since each form in which a clause is tried moves past the same ones. */
  #blanksStart = -1;
  #blanksEnd = -1;
  readonly #deepest: number;

  constructor(source: Source, { ruleNesting }: Limits) {
    this.#deepest = ruleNesting;
    this.source = source;
    this.text = source.text;
  }

  /** Fails at `at`. Of several failures the last one counts, so a choice fails as its last alternative does. */
  fail(expected?: string, at = this.at): undefined {
    this.#failedAt = at;
    this.#circumstances = NOTHING;
    if (expected !== undefined) this.miss(expected, at);
  }

  /** Fails at `at` with something to tell. */
  failIn(kind: Circumstance['kind'], at = this.at): undefined {
    this.#failedAt = at;
    this.#circumstances = [{ kind, at }];
  }

  /** Moves the failure to `at` and puts it in a wider context. */
  widen(kind: Circumstance['kind'], at: number): undefined {
    this.#failedAt = at;
    this.#circumstances = [{ kind, at }, ...this.#circumstances];
  }

  /** Makes the failure fatal. */
  commit(): undefined {
    this.fatal = true;
  }

  /** The failure as an error to throw. */
  error(): RulesSyntaxError {
    const frontier = { at: this.#frontier, expected: this.#expected };
    return new RulesSyntaxError(this.source, this.#failedAt, this.#circumstances, frontier);
  }

  /** Notes what would have been welcome at `at`, for people to read: the farthest such place is what they hear of. */
  miss(expected: string, at: number): void {
    if (at < this.#frontier) return;
    if (at > this.#frontier) {
      this.#frontier = at;
      this.#expected = [];
    }
    if (!this.#expected.includes(expected)) this.#expected.push(expected);
  }

  /** Ordered choice. */
  firstOf<T>(readers: readonly Reader<T>[]): T | undefined {
    const start = this.at;
    for (const read of readers) {
      this.at = start;
      const result = read(this);
      if (result !== undefined || this.fatal) return result;
    }
    return undefined;
  }

  /** What `read` reads, or null without moving; undefined after a fatal failure. */
  optional<T>(read: Reader<T>): T | null | undefined {
    const start = this.at;
    const result = read(this);
    if (result !== undefined || this.fatal) return result;
    this.at = start;
    return null;
  }

  /**
   * `item (separator item)*`. A separator with no item behind it is left unread.
   *
   * @param separator true when it has moved past one; it never fails fatally
   */
  separated<T>(item: Reader<T>, separator: (cursor: Cursor) => boolean): T[] | undefined {
    const first = item(this);
    if (first === undefined) return undefined;
    const items = [first];
    for (;;) {
      const end = this.at;
      const next = separator(this) ? item(this) : null;
      if (next === undefined && this.fatal) return undefined;
      if (next === undefined || next === null) {
        this.at = end;
        return items;
      }
      items.push(next);
    }
  }

  /**
   * Reads something that stands between brackets of any kind.
   *
   * @throws {DiagnosticError} when it is nested too deeply
   */
  nested<T>(read: Reader<T>): T | undefined {
    if (this.#depth >= this.#deepest)
      throw this.tooDeep(
        `blocks, brackets and parentheses are nested more than ${this.#deepest} levels deep`,
      );
    this.#depth++;
    const result = read(this);
    this.#depth--;
    return result;
  }

  /** Not a syntax error, as the native tool goes on until its stack ends. */
  tooDeep(message: string): DiagnosticError {
    return new DiagnosticError({
      code: 'rules-syntax',
      file: this.source.name,
      ...this.source.position(this.at),
      message,
      help: `use variables or named rules; ${raising('ruleNesting')}`,
    });
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  span(start: number): Span {
    return { start, end: this.at };
  }

  /** Code of the character `ahead` of the offset; NaN behind the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** Moves past `token` if it stands here. */
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** `take`, or a recoverable failure. */
  expect(token: string): boolean {
    if (this.take(token)) return true;
    this.fail(`\`${token}\``);
    return false;
  }

  /** Moves past a keyword, which is written in lower or in upper case. What follows it does not matter. */
  keyword(lower: string, upper: string): boolean {
    return this.take(lower) || this.take(upper);
  }

  /** `ows`: moves past white space and comments, if there are any. Returns whether there were. */
  skipBlanks(): boolean {
    const start = this.at;
    if (start === this.#blanksStart) {
      this.at = this.#blanksEnd;
      return true;
    }
    const { text } = this;
    let at = start;
    for (;;) {
      if (isBlank(text.charCodeAt(at))) at++;
      else if (text.charCodeAt(at) === 0x23 /* # */) at = lineEnd(text, at);
      else break;
    }
    this.at = at;
    if (at === start) return false;
    this.#blanksStart = start;
    this.#blanksEnd = at;
    return true;
  }

  /** `ws1`: as {@link skipBlanks}, but there must be some. */
  expectBlanks(): boolean {
    if (this.skipBlanks()) return true;
    this.fail('white space');
    return false;
  }

  /** `ms0`: white space without comments. */
  skipSpace(): void {
    while (isBlank(this.code())) this.at++;
  }

  /** `sp0`: blanks and tabs. Returns whether there were any. */
  skipInline(): boolean {
    const start = this.at;
    while (this.code() === 0x20 || this.code() === 0x09) this.at++;
    return this.at > start;
  }

  /** `NAME`: ASCII letters, then letters and digits of any script and `_`. */
  name(): string | undefined {
    const start = this.at;
    if (!isLetter(this.code())) return this.fail();
    this.at = wordEnd(this.text, start, 0x5f /* _ */);
    return this.text.slice(start, this.at);
  }
}

/** End of the run of letters and digits of any script, `_` and `alsoAllowed` that begins at `start`. */
export function wordEnd(text: string, start: number, alsoAllowed: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isLetter(code) || isDigit(code) || code === 0x5f /* _ */ || code === alsoAllowed) {
      at++;
    } else if (code >= 0x80) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (!/[\p{Alphabetic}\p{N}]/u.test(character)) return at;
      at += character.length;
    } else {
      return at;
    }
  }
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
