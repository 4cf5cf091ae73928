import { Event, EventReader } from '../template/yaml/event-reader.ts';
import { Token, type Tokens } from '../template/yaml/tokens.ts';

/** A key with its value, or an element of a list, where it is written. */
export interface WrittenNode {
  /** The node in whose value it stands; null at the top of a document. */
  readonly parent: WrittenNode | null;
  /** Offset of the key, or of the `-` in front of an element. */
  readonly start: number;
  /** Offset of the value, or -1 where that begins with nodes of its own. */
  readonly valueStart: number;
  /** Index of an element; null for a key. */
  readonly index: number | null;
}

export interface WrittenText {
  /** In the order of the text. */
  readonly nodes: readonly WrittenNode[];
  /** Offsets of the comments. */
  readonly comments: readonly number[];
}

/**
 * All nodes and comments of a YAML text, as they are written: aliases stand for themselves.
 *
 * @param text that `loadTemplates` has accepted
 */
export function writtenNodes(text: string): WrittenText {
  const reader = new EventReader(text, true);
  const walk = new Walk(reader, text);
  while (reader.next() === Event.DocumentStart) {
    walk.read(reader.next(), null);
    reader.next();
  }
  return { nodes: walk.nodes, comments: reader.tokens.comments };
}

class Walk {
  readonly nodes: WrittenNode[] = [];
  readonly #reader: EventReader;
  readonly #text: string;
  readonly #dashes: ReadonlyMap<number, number>;

  constructor(reader: EventReader, text: string) {
    this.#reader = reader;
    this.#text = text;
    this.#dashes = dashesBefore(reader.tokens);
  }

  /** Reads the rest of a value, whose first event is given. */
  read(event: Event, node: WrittenNode | null): void {
    if (event === Event.SequenceStart) this.#readElements(node);
    else if (event === Event.MappingStart) this.#readEntries(node);
  }

  #readElements(parent: WrittenNode | null): void {
    const reader = this.#reader;
    for (let index = 0; ; index++) {
      const event = reader.next();
      if (event === Event.SequenceEnd) return;
      this.#add(event, parent, this.#dashes.get(reader.start) ?? reader.start, index);
    }
  }

  /** Keys are scalars and aliases, since a template with other ones cannot be loaded. */
  #readEntries(parent: WrittenNode | null): void {
    const reader = this.#reader;
    while (reader.next() !== Event.MappingEnd) {
      const { start } = reader;
      this.#add(reader.next(), parent, start, null);
    }
  }

  #add(event: Event, parent: WrittenNode | null, start: number, index: number | null): void {
    const node = { parent, start, valueStart: this.#valueStart(event), index };
    this.nodes.push(node);
    this.read(event, node);
  }

  /** A collection in block style begins with its first node, unless it has a tag or an anchor. */
  #valueStart(event: Event): number {
    const { start } = this.#reader;
    const ownBeginning =
      event === Event.Scalar || event === Event.Alias || '[{!&'.includes(this.#text.charAt(start));
    return ownBeginning ? start : -1;
  }
}

/** Offsets of the `-` of block lists, by the offsets of the elements behind them. */
function dashesBefore(tokens: Tokens): Map<number, number> {
  const dashes = new Map<number, number>();
  for (let at = 0; at < tokens.length; at++)
    if (tokens.kind(at) === Token.BlockEntry) dashes.set(tokens.start(at + 1), tokens.start(at));
  return dashes;
}
