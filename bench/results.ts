import type { Timing } from './measure.ts';

/** Everything that one run measured: plain JSON, from which the table and the plot are made. */
export interface Results {
  readonly environment: Environment;
  readonly jobs: readonly Job[];
  readonly curves: readonly Curve[];
}

export interface Environment {
  /** What was measured, by the name of the build: the shortened id of its commit. */
  readonly commits: Readonly<Record<string, string>>;
  /** ISO 8601, without the time. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  readonly git: string;
  /** Version of the native tool, or null without one. */
  readonly native: string | null;
}

export interface Job {
  readonly title: string;
  readonly about: string;
  readonly rounds: number;
  /** One for each build that was measured. */
  readonly ours: readonly Measured[];
  readonly references: readonly (Measured & { readonly budget: number })[];
}

export interface Measured extends Timing {
  /** Bytes at most; null where memory was not measured. */
  readonly memory: number | null;
}

export interface Curve {
  /** What grows. */
  readonly title: string;
  readonly points: readonly Point[];
}

/** Milliseconds of one size. */
export interface Point {
  readonly size: number;
  readonly ours: number;
  /** Null where it was not measured. */
  readonly native: number | null;
}
