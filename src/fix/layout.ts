import { scan } from '../template/yaml/scanner.ts';
import { Token, type Tokens } from '../template/yaml/tokens.ts';
import type { MapValue } from '../value/value.ts';

/** How the text of one value is written. */
export interface WrittenNode {
  /** `nothing`: the value is left out, as in `Key:`. */
  readonly style: 'scalar' | 'flow' | 'block' | 'alias' | 'nothing';
  /** Whether it has an anchor or a tag. */
  readonly decorated: boolean;
  /** Offset behind its anchor and tag. */
  readonly start: number;
  /** Offset behind its last character, before blanks and comments. */
  readonly end: number;
}

/** Where in the text of a template things begin and end, which located values do not know. */
export class Layout {
  readonly text: string;
  readonly #tokens: Tokens;

  /** @param text of a template that was loaded from it */
  constructor(text: string) {
    this.text = text;
    this.#tokens = scan(text, true);
  }

  /** The value that begins at an offset. */
  node(start: number): WrittenNode {
    const tokens = this.#tokens;
    let at = this.#tokenAt(start);
    const nothing = { style: 'nothing', decorated: false, start, end: start } as const;
    if (at === tokens.length || tokens.start(at) !== start) return nothing;
    const first = at;
    while (DECORATION.has(tokens.kind(at))) at++;
    const decorated = at > first;
    const style = STYLES[tokens.kind(at)];
    if (style === undefined)
      return decorated ? { ...nothing, decorated, end: this.#contentEnd(at - 1) } : nothing;
    return { style, decorated, start: tokens.start(at), end: this.#contentEnd(this.#lastToken(at)) };
  }

  /**
   * The value of an entry as it is written: what an alias repeats begins before the key of the entry.
   *
   * @param keyStart offset of the key
   * @param start offset of the value
   */
  entryValue(keyStart: number, start: number): WrittenNode {
    return this.node(start < keyStart ? this.#startBehindKey(keyStart) : start);
  }

  #startBehindKey(keyStart: number): number {
    const tokens = this.#tokens;
    return tokens.start(tokens.indexOf(Token.Value, this.#tokenAt(keyStart)) + 1);
  }

  /** Offset of the first character of the line that an offset is in. */
  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Offset of the line break that ends the line of an offset, or of the end of the text. */
  lineEnd(offset: number): number {
    const feed = this.text.indexOf('\n', offset);
    if (feed === -1) return this.text.length;
    return feed > offset && this.text[feed - 1] === '\r' ? feed - 1 : feed;
  }

  /** The line break to write near an offset. */
  lineBreak(offset: number): string {
    const { text } = this;
    const here = this.lineEnd(offset);
    const end = here < text.length ? here : this.lineEnd(0);
    return text[end] === '\r' ? '\r\n' : '\n';
  }

  /** Index of the first token that begins at an offset or behind it and is more than the end of a collection. */
  #tokenAt(start: number): number {
    const tokens = this.#tokens;
    let low = 0;
    let high = tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tokens.start(middle) < start) low = middle + 1;
      else high = middle;
    }
    while (low < tokens.length && tokens.kind(low) === Token.BlockEnd) low++;
    return low;
  }

  /** Index of the last token with text of the node whose content begins with a token. */
  #lastToken(first: number): number {
    const tokens = this.#tokens;
    const opening = tokens.kind(first);
    if (opening >= Token.Alias) return first;
    let depth = 0;
    let last = first;
    for (let at = first; at < tokens.length; at++) {
      const kind = tokens.kind(at);
      // A list may stand in the column of its key; what ends it is then whatever follows in the map around it.
      if (opening === Token.BlockEntry && depth === 0 && (kind === Token.Key || kind === Token.BlockEnd))
        break;
      if (OPENING.has(kind)) depth++;
      else if (CLOSING.has(kind)) depth--;
      if (kind !== Token.BlockEnd) last = at;
      if (depth === 0 && opening !== Token.BlockEntry) break;
    }
    return last;
  }

  #contentEnd(at: number): number {
    const start = this.#tokens.start(at);
    // What has content is never the last token, which is the end of the text.
    const rest = this.text.slice(start, this.#tokens.start(at + 1));
    switch (this.#tokens.kind(at)) {
      case Token.PlainScalar:
        // Blanks and a number sign begin a comment, and nothing of the scalar comes behind one.
        return start + rest.replace(/\s#[\s\S]*$/, '').trimEnd().length;
      case Token.OtherScalar:
        return start + scalarLength(rest);
      case Token.Alias:
      case Token.Anchor:
      case Token.Tag:
        return start + /^[^\s,[\]{}]*/.exec(rest)![0].length;
      default:
        return start + 1;
    }
  }
}

const STYLES: Partial<Record<Token, WrittenNode['style']>> = {
  [Token.PlainScalar]: 'scalar',
  [Token.OtherScalar]: 'scalar',
  [Token.Alias]: 'alias',
  [Token.FlowMappingStart]: 'flow',
  [Token.FlowSequenceStart]: 'flow',
  [Token.BlockMappingStart]: 'block',
  [Token.BlockSequenceStart]: 'block',
  [Token.BlockEntry]: 'block',
};

const DECORATION: ReadonlySet<Token> = new Set([Token.Anchor, Token.Tag]);
const OPENING: ReadonlySet<Token> = new Set([
  Token.BlockMappingStart,
  Token.BlockSequenceStart,
  Token.FlowMappingStart,
  Token.FlowSequenceStart,
]);
const CLOSING: ReadonlySet<Token> = new Set([Token.BlockEnd, Token.FlowMappingEnd, Token.FlowSequenceEnd]);

/** Length of the quoted, literal or folded scalar that a text begins with. */
function scalarLength(text: string): number {
  const quoted = /^(?:'[^']*(?:''[^']*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*")/.exec(text);
  if (quoted !== null) return quoted[0].length;
  return blockScalarLength(text);
}

/** Its lines are those that are indented as its first one at least; comments may follow further left. */
function blockScalarLength(text: string): number {
  const lines = text.split('\n');
  const indentationOf = (line: string) => /^ */.exec(line)![0].length;
  const isBlank = (line: string) => line.trim() === '';
  const first = lines.findIndex((line, at) => at > 0 && !isBlank(line));
  if (first === -1) return lines[0]!.replace(/\s#.*$/, '').trimEnd().length;
  const indentation = indentationOf(lines[first]!);
  const last = lines.findLastIndex((line) => !isBlank(line) && indentationOf(line) >= indentation);
  return lines
    .slice(0, last + 1)
    .join('\n')
    .trimEnd().length;
}

/** Offsets of the keys that stand in the text of the map itself, and were not merged into it; in ascending order. */
export function ownKeyStarts(map: MapValue, { start, end }: WrittenNode): number[] {
  return map.value.keyStarts.filter((at) => at >= start && at < end).sort((a, b) => a - b);
}

/** Whether nothing but blanks and a comment stand in the rest of a line. */
export function isBlankOrComment(text: string): boolean {
  return /^\s*(?:\s#.*)?$/.test(text);
}
