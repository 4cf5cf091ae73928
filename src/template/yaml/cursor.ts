import { isBlankOrEnd, isBreakOrEnd } from './characters.ts';
import { YamlSyntaxError } from './syntax-error.ts';

const ASTRAL = /[\ud800-\udbff]/;

/** A place in a text that moves forward, with what YAML wants to know about it: line, column, characters passed. */
export class Cursor {
  /** The text with a NUL behind it, so that looking at the end needs no test. */
  readonly text: string;
  readonly length: number;
  at = 0;
  line = 0;
  lineStart = 0;
  /** Offsets of the comments that were passed. */
  readonly comments: number[] = [];
  readonly #hasAstral: boolean;

  /** Whether two escapes may spell the surrogates of one character, as in JSON; libyaml refuses that. */
  readonly allOfJson: boolean;

  constructor(text: string, allOfJson: boolean) {
    this.allOfJson = allOfJson;
    this.text = `${text}\0`;
    this.length = text.length;
    this.#hasAstral = ASTRAL.test(text);
  }

  /** UTF-16 unit at the cursor or `ahead` units behind it. */
  peek(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** Column of the cursor in characters, from 0. */
  get column(): number {
    return this.charactersSince(this.lineStart);
  }

  /** Characters between an earlier offset and the cursor. */
  charactersSince(offset: number): number {
    let count = this.at - offset;
    if (this.#hasAstral)
      for (let at = offset; at < this.at; at++) if ((this.text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
    return count;
  }

  /** Steps over the line break at the cursor and returns it as it counts in a scalar: CR, LF, CRLF and NEL are `\n`. */
  readBreak(): string {
    const code = this.peek();
    if (code === 0x0d && this.peek(1) === 0x0a) this.at += 2;
    else this.at += 1;
    this.line++;
    this.lineStart = this.at;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  /** Steps over a comment, up to the line break behind it, and notes where it began. */
  skipComment(): void {
    const { text } = this;
    this.comments.push(this.at);
    while (!isBreakOrEnd(text.charCodeAt(this.at))) this.at++;
  }

  /** Whether `---` or `...` stands here at the start of a line, followed by white space or the end. */
  atDocumentMarker(): boolean {
    if (this.at !== this.lineStart) return false;
    const code = this.peek();
    return (
      (code === 0x2d || code === 0x2e) &&
      this.peek(1) === code &&
      this.peek(2) === code &&
      isBlankOrEnd(this.peek(3))
    );
  }

  fail(problem: string, context = '', contextAt = -1): never {
    throw new YamlSyntaxError(problem, this.at, context, contextAt);
  }
}
