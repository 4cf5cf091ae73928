/** Bytes of rules and templates that make a job a large one. Loading what sets the option takes 4 ms. */
const LARGE = 64 * 1024;

/**
 * Option of V8: how many bytes of other functions its optimizing compiler puts into one that it compiles. For the seconds
 * that a large job takes this compiler has more to do than it gets done, and with less in each of them functions are fast
 * sooner.
 */
const OPTION = '--max-inlined-bytecode-size-cumulative';
const LITTLE = 100;
/** What it is by itself, from Node 20 to 26. */
const USUAL = 920;

/** V8 complains about an option that it knows no more. */
const NEWEST_NODE = 26;

/** The module `node:v8`. */
interface V8 {
  setFlagsFromString(option: string): void;
}

/** Has V8 optimize for seconds instead of hours. */
export class Optimizer {
  readonly #load: () => V8 | undefined;
  readonly #knowsOption: boolean;
  #v8: V8 | undefined;
  #bytes = 0;

  /** @param runtime version of Node: `v20.20.2` */
  constructor(runtime: string, load: () => V8 | undefined) {
    this.#load = load;
    this.#knowsOption = Number.parseInt(runtime.slice(1), 10) <= NEWEST_NODE;
  }

  /** Told of how many bytes are going to be parsed and judged, in parts. */
  prepareFor(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes < LARGE || this.#v8 !== undefined || !this.#knowsOption) return;
    this.#v8 = this.#load();
    this.#v8?.setFlagsFromString(`${OPTION}=${LITTLE}`);
  }

  /** V8 takes a code cache only with the options with which it was made, and the next job may be a small one. */
  restore(): void {
    this.#v8?.setFlagsFromString(`${OPTION}=${USUAL}`);
  }
}
