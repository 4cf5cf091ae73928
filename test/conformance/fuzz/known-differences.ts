import type { Sample } from './fuzz.ts';

/** A sample that the two judge differently, and will. It is run all the same; the test fails once they agree. */
export interface KnownDifference {
  readonly name: string;
  readonly reason: string;
  readonly sample: Sample;
  /** Options of `validate --payload` that show the difference. */
  readonly format: string;
  /** Whether another sample's difference is this one. */
  explains(difference: string): boolean;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
