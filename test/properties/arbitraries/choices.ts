import fc from 'fast-check';

/** Decisions in a row, which begin anew when they are used up. Without any, all are for the first way. */
export class Choices {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number {
    if (this.#numbers.length === 0) return 0;
    return this.#numbers[this.#at++ % this.#numbers.length]! % limit;
  }

  pick<T>(ways: readonly T[]): T {
    return ways[this.below(ways.length)]!;
  }

  /** True once in so many times. */
  rarely(oneIn: number): boolean {
    return this.below(oneIn) === oneIn - 1;
  }
}

/** Numbers for {@link Choices}. */
export const decisions = fc.array(fc.nat({ max: 5039 }), { maxLength: 40 });
