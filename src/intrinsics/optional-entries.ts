import { Entries, type Value } from '../value/value.ts';

/** An entry that may go away, depending on circumstances. */
export interface OptionalEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Value;
  readonly isPresent: () => boolean;
}

/** The lists of `Entries` as far as they are there, and what was known when that was found out. */
interface Present {
  readonly knowledge: unknown;
  readonly keys: string[];
  readonly keyStarts: number[];
  readonly values: Value[];
}

/** Entries of which some go away under some circumstances. Asking for one key settles nothing about the others. */
export class OptionalEntries extends Entries {
  readonly #all: readonly OptionalEntry[];
  readonly #knowledge: () => unknown;
  #known: Present | undefined;
  #possible: Entries['possible'] | undefined;

  /** @param knowledge gives the same as long as nothing more gets known about what is there */
  constructor(all: readonly OptionalEntry[], knowledge: () => unknown) {
    super();
    this.#all = all;
    this.#knowledge = knowledge;
    // The lists are fields of the class, for the sake of maps that never change.
    Object.defineProperties(this, {
      keys: { get: () => this.#present().keys },
      keyStarts: { get: () => this.#present().keyStarts },
      values: { get: () => this.#present().values },
    });
  }

  /** Those that go away included. */
  override get possible(): Entries['possible'] {
    this.#possible ??= {
      keys: this.#all.map(({ key }) => key),
      keyStarts: this.#all.map(({ keyStart }) => keyStart),
      values: this.#all.map(({ value }) => value),
    };
    return this.#possible;
  }

  override get(key: string): Value | undefined {
    const entry = this.#all.find((each) => each.key === key);
    return entry?.isPresent() === true ? entry.value : undefined;
  }

  /** Rules go through the keys of all resources by number, so these are listed once and not for each of them. */
  #present(): Present {
    if (this.#known !== undefined && this.#known.knowledge === this.#knowledge()) return this.#known;
    const present = this.#all.filter(({ isPresent }) => isPresent());
    this.#known = {
      // Finding out may have settled something.
      knowledge: this.#knowledge(),
      keys: present.map(({ key }) => key),
      keyStarts: present.map(({ keyStart }) => keyStart),
      values: present.map(({ value }) => value),
    };
    return this.#known;
  }
}
