/** Lines shown behind the first one of an excerpt. */
const CONTEXT = 5;

/** A numbered line of the data file. */
export interface CodeLine {
  readonly number: number;
  readonly text: string;
}

/**
 * Excerpts of the data file as the native tool cuts them out. All excerpts of one report share a cursor that counts
 * wrongly once it has been moved back, so later excerpts show wrong numbers, other lines or nothing; and near the start
 * of the file it looks for a line that no file has. Both can be seen in fixtures/reports/code-excerpts.
 */
export class CodeExcerpts {
  readonly #lines: readonly string[];
  /** Lines that were read so far, with the numbers they were given. */
  readonly #seen: CodeLine[] = [];
  /** How many lines were taken from the file. */
  #taken = 0;
  #number = 0;

  constructor(text: string) {
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    this.#lines = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  /**
   * Up to six lines around a value.
   *
   * @param line the value's line, counted from 0
   */
  around(line: number): CodeLine[] {
    // On the first two lines the native subtraction wraps around to a line number that is never reached.
    const first = this.#seek(line < 2 ? Number.POSITIVE_INFINITY : Math.max(1, line - 2));
    const lines = first === undefined ? [] : [first];
    for (let count = 0; count < CONTEXT; count++) {
      const next = this.#next();
      if (next === undefined) break;
      lines.push(next);
    }
    return lines;
  }

  #next(): CodeLine | undefined {
    const seen = this.#seen[this.#number];
    if (seen === undefined) return this.#take();
    this.#number++;
    return seen;
  }

  #seek(number: number): CodeLine | undefined {
    if (this.#seen.length > number) {
      this.#number = number;
      return this.#seen[number - 1];
    }
    while (this.#take() !== undefined) {
      if (this.#number === number) return this.#seen[number - 1];
    }
    return undefined;
  }

  /** Reads one more line. What it returns is not that line but the one that the cursor believes to be there. */
  #take(): CodeLine | undefined {
    const text = this.#lines[this.#taken];
    if (text === undefined) return undefined;
    this.#taken++;
    this.#number++;
    this.#seen.push({ number: this.#number, text });
    return this.#seen[this.#number - 1];
  }
}
