import type { Io } from '../io.ts';

/** Enough text for one write. */
const CHUNK_CHARACTERS = 1 << 16;

/**
 * Collects what a command says, and passes it on in few writes. The order between the two streams is kept, since both
 * may lead to the same terminal or file.
 */
export class Transcript {
  readonly #io: Io;
  #stream: 'stdout' | 'stderr' = 'stdout';
  #parts: string[] = [];
  #length = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  out(text: string): void {
    this.#add('stdout', text);
  }

  error(text: string): void {
    this.#add('stderr', text);
  }

  flush(): void {
    if (this.#length > 0) this.#io[this.#stream].write(this.#parts.join(''));
    this.#parts = [];
    this.#length = 0;
  }

  #add(stream: 'stdout' | 'stderr', text: string): void {
    if (text === '') return;
    if (stream !== this.#stream || this.#length > CHUNK_CHARACTERS) this.flush();
    this.#stream = stream;
    this.#parts.push(text);
    this.#length += text.length;
  }
}
