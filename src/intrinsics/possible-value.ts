import type { Kind, Value } from '../value/value.ts';

/** Where a value stands in the tree. */
export type Place = Pick<Value, 'parent' | 'key'>;

/** A value that is settled when somebody looks at it, for as long as the circumstances last. */
class PossibleValue {
  readonly parent: Value | null;
  readonly key: string | number | null;
  readonly start: number;
  readonly source: Value['source'];
  readonly #settle: () => Value;
  readonly #kind: Kind | undefined;

  constructor(place: Place, written: Value, kind: Kind | undefined, settle: () => Value) {
    this.parent = place.parent;
    this.key = place.key;
    this.start = written.start;
    this.source = written.source;
    this.#kind = kind;
    this.#settle = settle;
  }

  get kind(): Kind {
    return this.#kind ?? this.#settle().kind;
  }

  get value(): Value['value'] {
    return this.#settle().value;
  }
}

/**
 * Makes a value that `settle` settles whenever it is looked at.
 *
 * @param written what has its place in the text
 * @param kind the kind that it has under all circumstances, if they agree
 */
export function possibleValue(
  place: Place,
  written: Value,
  kind: Kind | undefined,
  settle: () => Value,
): Value {
  return new PossibleValue(place, written, kind, settle) as unknown as Value;
}
