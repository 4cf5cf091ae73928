import type { YamlSyntaxError } from './syntax-error.ts';

export const Token = {
  StreamEnd: 0,
  VersionDirective: 1,
  TagDirective: 2,
  DocumentStart: 3,
  DocumentEnd: 4,
  BlockSequenceStart: 5,
  BlockMappingStart: 6,
  BlockEnd: 7,
  FlowSequenceStart: 8,
  FlowSequenceEnd: 9,
  FlowMappingStart: 10,
  FlowMappingEnd: 11,
  BlockEntry: 12,
  FlowEntry: 13,
  Key: 14,
  Value: 15,
  Alias: 16,
  Anchor: 17,
  Tag: 18,
  PlainScalar: 19,
  /** Quoted, literal and folded scalars: all that is never anything but a string. */
  OtherScalar: 20,
} as const;
export type Token = (typeof Token)[keyof typeof Token];

/** A tag as written, in two parts; `handle` is empty for a verbatim tag and for a lone `!`. */
export interface TagText {
  readonly handle: string;
  readonly suffix: string;
}

/** `%YAML major.minor` */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** `string` for scalars, anchors and aliases, {@link TagText} for tags and tag directives. */
export type Payload = string | TagText | Version | null;

/** Tokens for which there is room at first. */
const FEW = 1024;

/**
 * All tokens of a text, in parallel arrays: a template has tens of thousands. Those of numbers have room for more tokens than
 * there are, since lists that grow one by one are copied more often.
 */
export class Tokens {
  #kinds = new Uint8Array(FEW);
  #starts = new Uint32Array(FEW);
  readonly payloads: Payload[] = [];
  /** Offsets of the comments, whose `#` no token holds. */
  readonly comments: readonly number[];
  /** The error that stopped the scanner, if one did. */
  failure: YamlSyntaxError | null = null;
  /**
   * The first token that cannot be read because of `failure`. It may lie before the last one scanned: a token that
   * may turn out to be a key is not known until the scanner has looked behind it.
   */
  failsAt = Number.POSITIVE_INFINITY;

  constructor(comments: readonly number[]) {
    this.comments = comments;
  }

  get length(): number {
    return this.payloads.length;
  }

  /** @param at below `length` */
  kind(at: number): Token {
    return this.#kinds[at] as Token;
  }

  /** @param at below `length` */
  start(at: number): number {
    return this.#starts[at]!;
  }

  /** Index of the first token of a kind from an index on; -1 if there is none. */
  indexOf(kind: Token, from: number): number {
    return this.#kinds.subarray(0, this.length).indexOf(kind, from);
  }

  push(kind: Token, start: number, payload: Payload): void {
    const at = this.length;
    if (at === this.#kinds.length) this.#makeRoom();
    this.#kinds[at] = kind;
    this.#starts[at] = start;
    this.payloads.push(payload);
  }

  #makeRoom(): void {
    const room = 2 * this.length;
    const [kinds, starts] = [new Uint8Array(room), new Uint32Array(room)];
    kinds.set(this.#kinds);
    starts.set(this.#starts);
    this.#kinds = kinds;
    this.#starts = starts;
  }

  /** Inserts a token without payload. Cheap, since keys are found a few tokens behind the end. */
  insert(at: number, kind: Token, start: number): void {
    this.push(kind, start, null);
    const { payloads } = this;
    const kinds = this.#kinds;
    const starts = this.#starts;
    for (let to = payloads.length - 1; to > at; to--) {
      kinds[to] = kinds[to - 1]!;
      starts[to] = starts[to - 1]!;
      payloads[to] = payloads[to - 1]!;
    }
    kinds[at] = kind;
    starts[at] = start;
    payloads[at] = null;
  }
}
