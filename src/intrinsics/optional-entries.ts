import { Entries, type Value } from '../value/value.ts';

/** An entry that may go away, depending on circumstances. */
export interface OptionalEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Value;
  readonly isPresent: () => boolean;
}

/** Entries of which some go away under some circumstances. Asking for one key settles nothing about the others. */
export class OptionalEntries extends Entries {
  readonly #all: readonly OptionalEntry[];

  constructor(all: readonly OptionalEntry[]) {
    super();
    this.#all = all;
    // The lists are fields of the class, for the sake of maps that never change; here each look makes them anew.
    Object.defineProperties(this, {
      keys: { get: () => this.#present().map(({ key }) => key) },
      keyStarts: { get: () => this.#present().map(({ keyStart }) => keyStart) },
      values: { get: () => this.#present().map(({ value }) => value) },
    });
  }

  override get(key: string): Value | undefined {
    const entry = this.#all.find((each) => each.key === key);
    return entry?.isPresent() === true ? entry.value : undefined;
  }

  #present(): readonly OptionalEntry[] {
    return this.#all.filter(({ isPresent }) => isPresent());
  }
}
