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

/** All tokens of a text, in parallel arrays: a template has tens of thousands. */
export class Tokens {
  readonly kinds: Token[] = [];
  readonly starts: number[] = [];
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
    return this.kinds.length;
  }

  push(kind: Token, start: number, payload: Payload): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.payloads.push(payload);
  }

  /** Inserts a token without payload. Cheap, since keys are found a few tokens behind the end. */
  insert(at: number, kind: Token, start: number): void {
    const { kinds, starts, payloads } = this;
    this.push(kind, start, null);
    for (let to = kinds.length - 1; to > at; to--) {
      kinds[to] = kinds[to - 1]!;
      starts[to] = starts[to - 1]!;
      payloads[to] = payloads[to - 1]!;
    }
    kinds[at] = kind;
    starts[at] = start;
    payloads[at] = null;
  }
}
