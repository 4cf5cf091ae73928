/** A place for people and other tools: both numbers are 1-based, columns count characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One text with a name. Everything else refers to it by UTF-16 offset. */
export class Source {
  readonly name: string;
  readonly text: string;
  #lineStarts: number[] | undefined;

  /**
   * @param name path or label, as messages print it
   * @param text decoded text, without a byte order mark
   */
  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  /** Position of an offset. Offsets behind the end answer as the end does. */
  position(offset: number): Position {
    const starts = this.#starts();
    const line = lastAtOrBefore(starts, offset);
    return { line: line + 1, column: codePoints(this.text, starts[line] ?? 0, offset) + 1 };
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

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function codePoints(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end && at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}
