/** How much a violation of a rule weighs: `error` rejects the commit, `warn` and `info` are told, `off` is not. */
export type Level = 'error' | 'warn' | 'info' | 'off';

/** What else than violations at level `error` makes a run fail. */
export type FailOn = 'warn' | 'unknown';

/** What a project settles for everybody who works on it. Absent: the default. */
export interface Settings {
  /** Names of built-in packs; empty for none. */
  readonly packs?: readonly string[];
  /** Rule files and folders, relative to the folder of the settings. */
  readonly rules?: readonly string[];
  /** Globs, relative to the folder of the settings: only these files are judged. Default: all that may be templates. */
  readonly include?: readonly string[];
  /** Globs, relative to the folder of the settings: these files are not judged. */
  readonly exclude?: readonly string[];
  /** Level by name of rule, instead of that of its pack; `error` for rules of the project. */
  readonly severity?: Readonly<Record<string, Level>>;
  readonly suppressions?: readonly ConfiguredSuppression[];
  /** Which violations count: all of them (the default), or only those that the change adds. */
  readonly report?: 'all' | 'new';
  readonly failOn?: readonly FailOn[];
  /** Whether templates are judged as what CloudFormation makes of their intrinsic functions. Default: true. */
  readonly intrinsics?: boolean;
}

/** An excuse for a rule in a file that cannot, or should not, hold it itself. */
export interface ConfiguredSuppression {
  readonly rule: string;
  /** Glob, relative to the folder of the settings. */
  readonly file: string;
  /** Logical id; absent: every resource of the file. */
  readonly resource?: string;
  readonly reason: string;
  /** Last day on which it counts, as `2027-03-31`. */
  readonly until?: string;
}
