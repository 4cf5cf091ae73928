import type { Io } from './io.ts';

/** Milliseconds of a run before it says how far it is, and between two such lines. */
const PATIENCE = 1000;
const PERIOD = 100;

/** Moves to the start of the line, and wipes it. */
const WIPE = '\r\u001b[K';

/**
 * A line on standard error that tells how far a long run is. There is none when the run is short or standard error is no
 * terminal, which is only looked at when the line is due: most commits do not need to know.
 */
export class Progress {
  readonly #io: Pick<Io, 'stderr' | 'now' | 'env'>;
  #next: number;
  #isShown = false;

  constructor(io: Pick<Io, 'stderr' | 'now' | 'env'>) {
    this.#io = io;
    this.#next = io.now() + PATIENCE;
  }

  /** Says how many of the files are judged. */
  show(done: number, total: number): void {
    const now = this.#io.now();
    if (now < this.#next) return;
    this.#next = now + PERIOD;
    if (!this.#io.stderr.isTTY || this.#io.env.TERM === 'dumb') return;
    this.#io.stderr.write(`${WIPE}judged ${done} of ${total} files`);
    this.#isShown = true;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#isShown) this.#io.stderr.write(WIPE);
    this.#isShown = false;
  }
}
