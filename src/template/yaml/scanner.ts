import { isBlankOrEnd, isBreak, isFlowIndicator } from './characters.ts';
import { Cursor } from './cursor.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-property.ts';
import { type PlainScalar, scanBlockScalar, scanPlainScalar, scanQuotedScalar } from './scan-scalar.ts';
import { YamlSyntaxError } from './syntax-error.ts';
import { Token, Tokens } from './tokens.ts';

/** An implicit key must end within this many characters. */
const KEY_LIMIT = 1024;

/**
 * Splits a YAML 1.1 text into tokens, with the rules of libyaml, which is what the native tool reads with.
 *
 * An error does not throw: it is left in the tokens for the parser to meet, since what stands behind the first
 * document must not matter to those who read only that.
 *
 * @param text without characters that YAML forbids
 * @param allOfJson whether to read every JSON text: libyaml refuses surrogate escapes, and in keys of flow mappings line
 *   breaks before the colon and more than 1024 characters
 */
export function scan(text: string, allOfJson: boolean): Tokens {
  const scanner = new Scanner(text, allOfJson);
  scanner.run();
  return scanner.tokens;
}

/**
 * The scanner's trouble is the implicit key: `a` is a key when `:` follows on the same line, and then `Key`, perhaps
 * after `BlockMappingStart`, has to go before a token that is out already. So for every open flow level (0 is block
 * context) the last token that could be a key is remembered.
 */
class Scanner {
  readonly tokens: Tokens;
  readonly #cursor: Cursor;
  #flowLevel = 0;
  /** Column of the innermost block collection, -1 outside all. */
  #indent = -1;
  readonly #indents: number[] = [];
  /** Whether a key may start here. */
  #keyAllowed = true;
  /** Per flow level: index of the token that may be a key, or -1; where it starts; its line. */
  readonly #keyTokens: number[] = [-1];
  readonly #keyStarts: number[] = [0];
  readonly #keyLines: number[] = [0];
  /** No level below this one has a token that may still be a key. */
  #lowestKey = 0;
  /** Whether the candidate of level 0 must be a key, because it stands where only a key may stand. */
  #keyRequired = false;
  readonly #plain: PlainScalar = { text: '', endsWithBreak: false };

  constructor(text: string, allOfJson: boolean) {
    this.#cursor = new Cursor(text, allOfJson);
    this.tokens = new Tokens(this.#cursor.comments);
  }

  run(): void {
    let unknown = 0;
    try {
      do unknown = this.#firstUnknown();
      while (this.#fetch());
    } catch (error) {
      if (!(error instanceof YamlSyntaxError)) throw error;
      this.tokens.failure = error;
      this.tokens.failsAt = unknown;
    }
  }

  /** Index of the first token that the parser cannot be given before more is scanned, as a key may still turn up before it. */
  #firstUnknown(): number {
    while (this.#lowestKey <= this.#flowLevel && !this.#mayBeKey(this.#lowestKey)) this.#lowestKey++;
    return this.#lowestKey <= this.#flowLevel ? this.#keyTokens[this.#lowestKey]! : this.tokens.length;
  }

  /** Scans the next token; false behind the last one. */
  #fetch(): boolean {
    const cursor = this.#cursor;
    this.#skipToToken();
    if (this.#keyRequired && !this.#mayBeKey(0)) this.#missingColon();
    if (this.#flowLevel === 0 && this.#indent > cursor.column) this.#unrollIndent(cursor.column);
    const code = cursor.peek();
    if (code === 0) return this.#fetchStreamEnd();
    if (cursor.at === cursor.lineStart) {
      if (code === 0x25) return this.#fetchDirective();
      if ((code === 0x2d || code === 0x2e) && cursor.atDocumentMarker()) return this.#fetchMarker(code);
    }
    return this.#fetchIndicator(code) || this.#fetchProperty(code) || this.#fetchScalar(code);
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    const { text } = cursor;
    for (;;) {
      if (cursor.at === cursor.lineStart && cursor.peek() === 0xfeff) cursor.at++;
      const tabs = this.#flowLevel !== 0 || !this.#keyAllowed;
      let code = text.charCodeAt(cursor.at);
      while (code === 0x20 || (tabs && code === 0x09)) code = text.charCodeAt(++cursor.at);
      if (code === 0x23) {
        cursor.skipComment();
        code = text.charCodeAt(cursor.at);
      }
      if (!isBreak(code)) return;
      cursor.readBreak();
      if (this.#flowLevel === 0) this.#keyAllowed = true;
    }
  }

  #fetchIndicator(code: number): boolean {
    const inFlow = this.#flowLevel !== 0;
    switch (code) {
      case 0x5b:
        return this.#fetchFlowStart(Token.FlowSequenceStart);
      case 0x7b:
        return this.#fetchFlowStart(Token.FlowMappingStart);
      case 0x5d:
        return this.#fetchFlowEnd(Token.FlowSequenceEnd);
      case 0x7d:
        return this.#fetchFlowEnd(Token.FlowMappingEnd);
      case 0x2c:
        return this.#fetchFlowEntry();
      case 0x2d:
        return isBlankOrEnd(this.#cursor.peek(1)) && this.#fetchBlockEntry();
      case 0x3f:
        return (inFlow || isBlankOrEnd(this.#cursor.peek(1))) && this.#fetchKey();
      case 0x3a:
        return (inFlow || isBlankOrEnd(this.#cursor.peek(1))) && this.#fetchValue();
      default:
        return false;
    }
  }

  #fetchProperty(code: number): boolean {
    if (code !== 0x2a && code !== 0x26 && code !== 0x21) return false;
    const cursor = this.#cursor;
    const start = cursor.at;
    this.#saveKey();
    this.#keyAllowed = false;
    if (code === 0x21) this.tokens.push(Token.Tag, start, scanTag(cursor, this.#flowLevel !== 0));
    else this.tokens.push(code === 0x26 ? Token.Anchor : Token.Alias, start, scanAnchor(cursor));
    return true;
  }

  #fetchScalar(code: number): boolean {
    const cursor = this.#cursor;
    const start = cursor.at;
    const inFlow = this.#flowLevel !== 0;
    if (code === 0x27 || code === 0x22) {
      this.#saveKey();
      this.#keyAllowed = false;
      this.tokens.push(Token.OtherScalar, start, scanQuotedScalar(cursor));
    } else if ((code === 0x7c || code === 0x3e) && !inFlow) {
      this.#removeKey();
      this.#keyAllowed = true;
      this.tokens.push(Token.OtherScalar, start, scanBlockScalar(cursor, this.#indent));
    } else {
      if (!this.#startsPlain(code))
        cursor.fail(
          'found character that cannot start any token',
          'while scanning for the next token',
          start,
        );
      this.#saveKey();
      scanPlainScalar(cursor, inFlow, this.#indent + 1, this.#plain);
      this.#keyAllowed = this.#plain.endsWithBreak;
      this.tokens.push(Token.PlainScalar, start, this.#plain.text);
    }
    return true;
  }

  /** `-`, `?` and `:` come here only when what follows makes them text. */
  #startsPlain(code: number): boolean {
    if (code === 0x3f || code === 0x3a) return this.#flowLevel === 0;
    return !(
      code === 0x09 ||
      isFlowIndicator(code) ||
      code === 0x7c ||
      code === 0x3e ||
      code === 0x25 ||
      code === 0x40 ||
      code === 0x60
    );
  }

  #fetchStreamEnd(): boolean {
    // An unfinished last line is as good as finished: the end stands at the start of the next one.
    if (this.#cursor.at !== this.#cursor.lineStart) this.#cursor.at++;
    this.#unrollIndent(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.tokens.push(Token.StreamEnd, this.#cursor.at, null);
    return false;
  }

  #fetchDirective(): boolean {
    this.#unrollIndent(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    const start = this.#cursor.at;
    const directive = scanDirective(this.#cursor);
    if (directive.kind === 'version') this.tokens.push(Token.VersionDirective, start, directive.version);
    else this.tokens.push(Token.TagDirective, start, directive.tag);
    return true;
  }

  #fetchMarker(code: number): boolean {
    this.#unrollIndent(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.tokens.push(code === 0x2d ? Token.DocumentStart : Token.DocumentEnd, this.#cursor.at, null);
    this.#cursor.at += 3;
    return true;
  }

  #fetchFlowStart(kind: Token): boolean {
    this.#saveKey();
    this.#flowLevel++;
    this.#keyTokens[this.#flowLevel] = -1;
    this.#keyAllowed = true;
    return this.#fetchCharacter(kind);
  }

  #fetchFlowEnd(kind: Token): boolean {
    this.#removeKey();
    if (this.#flowLevel > 0) this.#flowLevel--;
    this.#keyAllowed = false;
    return this.#fetchCharacter(kind);
  }

  #fetchFlowEntry(): boolean {
    this.#removeKey();
    this.#keyAllowed = true;
    return this.#fetchCharacter(Token.FlowEntry);
  }

  #fetchBlockEntry(): boolean {
    const cursor = this.#cursor;
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) cursor.fail('block sequence entries are not allowed in this context');
      this.#rollIndent(cursor.column, this.tokens.length, Token.BlockSequenceStart, cursor.at);
    }
    this.#removeKey();
    this.#keyAllowed = true;
    return this.#fetchCharacter(Token.BlockEntry);
  }

  #fetchKey(): boolean {
    const cursor = this.#cursor;
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) cursor.fail('mapping keys are not allowed in this context');
      this.#rollIndent(cursor.column, this.tokens.length, Token.BlockMappingStart, cursor.at);
    }
    this.#removeKey();
    this.#keyAllowed = this.#flowLevel === 0;
    return this.#fetchCharacter(Token.Key);
  }

  #fetchValue(): boolean {
    const cursor = this.#cursor;
    const level = this.#flowLevel;
    if (this.#mayBeKey(level)) {
      const token = this.#keyTokens[level]!;
      const start = this.#keyStarts[level]!;
      this.tokens.insert(token, Token.Key, start);
      if (level === 0) {
        const column = cursor.column - cursor.charactersSince(start);
        this.#rollIndent(column, token, Token.BlockMappingStart, start);
        this.#keyRequired = false;
      }
      this.#keyTokens[level] = -1;
      this.#keyAllowed = false;
    } else {
      if (level === 0) {
        if (!this.#keyAllowed) cursor.fail('mapping values are not allowed in this context');
        this.#rollIndent(cursor.column, this.tokens.length, Token.BlockMappingStart, cursor.at);
      }
      this.#keyAllowed = level === 0;
    }
    return this.#fetchCharacter(Token.Value);
  }

  #fetchCharacter(kind: Token): boolean {
    this.tokens.push(kind, this.#cursor.at, null);
    this.#cursor.at++;
    return true;
  }

  /** Whether the candidate of a level can still become a key: same line, not too long ago. */
  #mayBeKey(level: number): boolean {
    const cursor = this.#cursor;
    if (this.#keyTokens[level] === -1) return false;
    if (level > 0 && cursor.allOfJson) return true;
    if (this.#keyLines[level] !== cursor.line) return false;
    const start = this.#keyStarts[level]!;
    return cursor.at - start <= KEY_LIMIT || cursor.charactersSince(start) <= KEY_LIMIT;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const cursor = this.#cursor;
    const level = this.#flowLevel;
    this.#removeKey();
    this.#keyTokens[level] = this.tokens.length;
    this.#keyStarts[level] = cursor.at;
    this.#keyLines[level] = cursor.line;
    this.#lowestKey = Math.min(this.#lowestKey, level);
    if (level === 0) this.#keyRequired = this.#indent === cursor.column;
  }

  #removeKey(): void {
    if (this.#flowLevel === 0) {
      if (this.#keyRequired) this.#missingColon();
      this.#keyRequired = false;
    }
    this.#keyTokens[this.#flowLevel] = -1;
  }

  #missingColon(): never {
    this.#cursor.fail("could not find expected ':'", 'while scanning a simple key', this.#keyStarts[0]!);
  }

  #rollIndent(column: number, at: number, kind: Token, start: number): void {
    if (this.#flowLevel !== 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.tokens.insert(at, kind, start);
  }

  #unrollIndent(column: number): void {
    if (this.#flowLevel !== 0) return;
    while (this.#indent > column) {
      this.tokens.push(Token.BlockEnd, this.#cursor.at, null);
      this.#indent = this.#indents.pop()!;
    }
  }
}
