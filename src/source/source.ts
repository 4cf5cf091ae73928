/** A place for people and other tools: both numbers are 1-based, columns count characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One text with a name. Everything else refers to it by UTF-16 offset. */
export class Source {
  readonly name: string;
  #text: string | (() => string);
  #lineStarts: number[] | undefined;
  #secondHalves: readonly number[] | undefined;

  /**
   * @param name path or label, as messages print it
   * @param text decoded text, without a byte order mark, or what reads it when somebody asks
   */
  constructor(name: string, text: string | (() => string)) {
    this.name = name;
    this.#text = text;
  }

  get text(): string {
    if (typeof this.#text === 'function') this.#text = this.#text();
    return this.#text;
  }

  /** Position of an offset, in time that does not grow with the length of its line. Offsets behind the end answer as the end does. */
  position(offset: number): Position {
    const starts = this.countedStarts();
    const line = Math.max(countBelow(starts, offset + 1), 1);
    const start = starts[line - 1] ?? 0;
    const end = Math.max(Math.min(offset, this.text.length), start);
    this.#secondHalves ??= secondHalves(this.text);
    const pairs = countBelow(this.#secondHalves, end) - countBelow(this.#secondHalves, start);
    return { line, column: end - start - pairs + 1 };
  }

  /** Number of lines; a final line break does not open another line. */
  get lineCount(): number {
    const starts = this.#starts();
    return this.text.endsWith('\n') ? starts.length - 1 : starts.length;
  }

  /** Text of a 1-based line without its line break, or undefined when there is no such line. */
  line(number: number): string | undefined {
    const starts = this.#starts();
    const start = starts[number - 1];
    if (start === undefined || number > this.lineCount) return undefined;
    const next = starts[number];
    return this.text.slice(start, next === undefined ? undefined : next - 1).replace(/\r$/, '');
  }

  /** Where the lines begin that positions count: behind each line feed. */
  protected countedStarts(): readonly number[] {
    return this.#starts();
  }

  #starts(): number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1))
        starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
}

/** How many of some ascending numbers are less than `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Offsets of the second halves of surrogate pairs, which are no characters of their own. Most texts have none. */
function secondHalves(text: string): readonly number[] {
  return Array.from(text.matchAll(/[\udc00-\udfff]/g), ({ index }) => index);
}
