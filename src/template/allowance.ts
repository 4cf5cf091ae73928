import { DiagnosticError } from '../source/diagnostic.ts';
import { type Limits, raising } from '../source/limits.ts';
import type { Source } from '../source/source.ts';

/** Raised at the first value of a text that is one too many, or stands too deep. The message says what the limit is. */
export class ExcessError extends Error {
  override readonly name = 'ExcessError';
  /** UTF-16 offset. */
  readonly at: number;
  /** What to do about it. */
  readonly help: string;

  constructor(message: string, help: string, at: number) {
    super(message);
    this.at = at;
    this.help = help;
  }

  /** @param source the text in which `at` is */
  asDiagnostic(source: Source): DiagnosticError {
    const { message, help, at } = this;
    const code = 'template-too-large';
    return new DiagnosticError({ code, file: source.name, ...source.position(at), message, help });
  }
}

/** What is left to one text of the values that it may have. */
export class Allowance {
  readonly #limits: Limits;
  #values = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * Counts a value.
   *
   * @param at UTF-16 offset
   * @throws {ExcessError}
   */
  count(at: number): void {
    const { values } = this.#limits;
    if (++this.#values <= values) return;
    throw new ExcessError(
      `there are more than ${values} values, with what aliases unfold to`,
      `split the file, or repeat fewer anchors within other anchors; ${raising('values')}`,
      at,
    );
  }

  /**
   * To be called for each list and map.
   *
   * @param depth lists and maps that it stands in
   * @param at UTF-16 offset
   * @throws {ExcessError}
   */
  enter(depth: number, at: number): void {
    const { nesting } = this.#limits;
    if (depth < nesting) return;
    throw new ExcessError(
      `values are nested more than ${nesting} levels deep`,
      `no template needs that: check how it was generated; ${raising('nesting')}`,
      at,
    );
  }
}
