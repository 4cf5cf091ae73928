import type { Value } from '../value/value.ts';

/** What somebody wrote to excuse violations of one rule. */
export interface Claim {
  /** Offset of where it is written. */
  readonly start: number;
  readonly rule: string;
  /** Null: none is given. */
  readonly reason: string | null;
  /** A day as `2027-03-31`; null: none is given. */
  readonly until: string | null;
  /** What it is about, with all below: one value, or the copies of one that aliases make; never empty. */
  readonly values: readonly Value[];
  /** What begins where it is written, which it is about without what is below. */
  readonly beginning?: readonly Value[];
  /** Name of the only containers that it is about. */
  readonly container?: string | undefined;
  /** Slash-joined keys and indices below the values, when it is only about what stands there. */
  readonly path?: string | undefined;
  /** Whether it is in the form that other tools for Guard rules read as well. */
  readonly shared: boolean;
}

/** Something that was meant as a claim, and cannot be one. */
export interface BadClaim extends Mistake {
  /** Offset of where it is written. */
  readonly start: number;
}

/** What is wrong: a clause to follow `this excuse does not count: `. */
export interface Mistake {
  readonly mistake: string;
}
