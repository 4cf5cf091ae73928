import type { Source } from '../source/source.ts';

/**
 * Template and literal data as Guard sees it. Every node has the same shape, so that the walking code stays
 * monomorphic; paths and positions are derived only when somebody prints them.
 *
 * Integers are JavaScript numbers while they are safe and bigints beyond that, never both for one value, so
 * `===` and `<` work on them. Regular expressions, characters and ranges come from rules only.
 */
export type Value =
  | NullValue
  | StringValue
  | RegexValue
  | BoolValue
  | IntValue
  | FloatValue
  | CharValue
  | ListValue
  | MapValue
  | RangeValue;

export type Kind = Value['kind'];

interface Located {
  /** The list or map this value stands in; null for a root. */
  readonly parent: Value | null;
  /** Key in the parent map, index in the parent list, null for a root. */
  readonly key: string | number | null;
  /** UTF-16 offset of the value's first character in `source`; -1 when it has no place in a text. */
  readonly start: number;
  /** The text `start` points into; null for literals and computed values without an origin. */
  readonly source: Source | null;
}

export interface NullValue extends Located {
  readonly kind: 'null';
  readonly value: null;
}
export interface StringValue extends Located {
  readonly kind: 'string';
  readonly value: string;
}
export interface RegexValue extends Located {
  readonly kind: 'regex';
  readonly value: Pattern;
}
export interface BoolValue extends Located {
  readonly kind: 'bool';
  readonly value: boolean;
}
export interface IntValue extends Located {
  readonly kind: 'int';
  readonly value: number | bigint;
}
export interface FloatValue extends Located {
  readonly kind: 'float';
  readonly value: number;
}
export interface CharValue extends Located {
  readonly kind: 'char';
  readonly value: string;
}
export interface ListValue extends Located {
  readonly kind: 'list';
  readonly value: readonly Value[];
}
export interface MapValue extends Located {
  readonly kind: 'map';
  readonly value: Entries;
}
export interface RangeValue extends Located {
  readonly kind: 'range';
  readonly value: Range;
}

/** A regular expression literal: its Guard text and a search over any string. */
export interface Pattern {
  readonly text: string;
  /** Whether the pattern matches anywhere in `subject`. */
  test(subject: string): boolean;
}

export interface Range {
  readonly of: 'int' | 'float' | 'char';
  readonly lower: number | bigint | string;
  readonly upper: number | bigint | string;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
}

/** Below this many entries a scan beats a hash table, both in time and in memory. */
const SCAN_LIMIT = 8;

/**
 * The entries of a map in insertion order.
 *
 * `keys` lists every key node that was read, so with duplicate keys it is longer than `values`, where the last
 * value wins at the position of the first occurrence. The native tool pairs the two lists by index, and so do we
 * (fixtures/conformance/05-data-structure.json, "duplicate key last wins").
 */
export class Entries {
  // Nobody else sets these three.
  keys: string[] = [];
  /** Offset of each key of `keys` in the source; -1 when it has none. */
  keyStarts: number[] = [];
  values: Value[] = [];
  #index: Map<string, number> | undefined;

  get size(): number {
    return this.values.length;
  }

  /** What may be there. Where it is not settled whether a key is there, only asking for that one settles it. */
  get possible(): Pick<Entries, 'keys' | 'keyStarts' | 'values'> {
    return this;
  }

  get(key: string): Value | undefined {
    const at = this.#find(key);
    return at === -1 ? undefined : this.values[at];
  }

  /** Adds an entry; a key that is there already keeps its place and takes the new value. */
  set(key: string, keyStart: number, value: Value): void {
    const at = this.#find(key);
    this.keys.push(key);
    this.keyStarts.push(keyStart);
    if (at === -1) {
      this.values.push(value);
      this.#index?.set(key, this.values.length - 1);
    } else {
      this.values[at] = value;
    }
  }

  /** For a complete map: lists that grow keep room for sixteen more elements, which is most of what a small map takes. */
  trim(): void {
    this.keys = this.keys.slice();
    this.keyStarts = this.keyStarts.slice();
    this.values = this.values.slice();
  }

  #find(key: string): number {
    const { values } = this;
    if (values.length <= SCAN_LIMIT) {
      for (let at = 0; at < values.length; at++) if (values[at]?.key === key) return at;
      return -1;
    }
    if (this.#index === undefined) {
      this.#index = new Map();
      for (const [at, value] of values.entries()) this.#index.set(value.key as string, at);
    }
    return this.#index.get(key) ?? -1;
  }
}

class Node implements Located {
  readonly kind: Kind;
  readonly value: unknown;
  readonly parent: Value | null;
  readonly key: string | number | null;
  readonly start: number;
  readonly source: Source | null;

  constructor(
    kind: Kind,
    value: unknown,
    parent: Value | null,
    key: string | number | null,
    start: number,
    source: Source | null,
  ) {
    this.kind = kind;
    this.value = value;
    this.parent = parent;
    this.key = key;
    this.start = start;
    this.source = source;
  }
}

/** Payload type of each kind. */
export type Payload<K extends Kind> = Extract<Value, { kind: K }>['value'];

/**
 * Makes a value. Lists and maps are made empty and filled afterwards, since their elements point back at them.
 *
 * @param start UTF-16 offset in `source`, or -1
 */
export function makeValue<K extends Kind>(
  kind: K,
  value: Payload<K>,
  parent: Value | null,
  key: string | number | null,
  start: number,
  source: Source | null,
): Extract<Value, { kind: K }> {
  return new Node(kind, value, parent, key, start, source) as unknown as Extract<Value, { kind: K }>;
}

/** A value computed from another one: it keeps the path and position of its origin. */
export function derivedValue<K extends Kind>(
  kind: K,
  value: Payload<K>,
  origin: Value,
): Extract<Value, { kind: K }> {
  return makeValue(kind, value, origin.parent, origin.key, origin.start, origin.source);
}

/** A value with neither path nor position. */
export function detachedValue<K extends Kind>(kind: K, value: Payload<K>): Extract<Value, { kind: K }> {
  return makeValue(kind, value, null, null, -1, null);
}

/**
 * The canonical form of an integer: a number when that is exact, otherwise a bigint.
 */
export function canonicalInt(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
