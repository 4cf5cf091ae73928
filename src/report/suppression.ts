/** An excuse: somebody has decided that a rule does not count in one place, and says why. */
export interface Suppression {
  /** Name of the rule. */
  readonly rule: string;
  /** Null: none was given. */
  readonly reason: string | null;
  /** Last day on which it counts, as `2027-03-31`; null: it counts for ever. */
  readonly until: string | null;
  /** Where it is written: the template itself, or a settings file, as the user knows it. */
  readonly file: string;
  /** 1-based; 0 when that is not known. */
  readonly line: number;
  /** 1-based, in characters; 0 when that is not known. */
  readonly column: number;
}

/** A suppression that a template holds. */
export interface ContentSuppression extends Omit<Suppression, 'file'> {
  /** Path of the value that it is about, in the form of the path of a finding: it covers that value and all below it. */
  readonly scope: string;
  /**
   * Whether it is in the form that other tools for Guard rules read as well. That one knows no reason and names rules that
   * may not be active here, so neither is asked of it.
   */
  readonly shared: boolean;
}
