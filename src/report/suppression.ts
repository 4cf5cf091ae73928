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
  /**
   * Paths of the values that it is about, in the form of the path of a finding: it covers these values and all below
   * them. They are several where the text it stands at is repeated by aliases.
   */
  readonly scopes: readonly string[];
  /**
   * Paths of values that begin where it stands, as a map begins with its first key. Violations of theirs are reported
   * there, so it covers them as well, but not what else is below.
   */
  readonly beginning?: readonly string[];
  /** Only what stands in containers of this name; absent: that does not matter. */
  readonly container?: string;
  /** First and last line of the document that it is in, when the file holds several; 1-based. */
  readonly lines?: readonly [first: number, last: number];
  /**
   * Whether it is in the form that other tools for Guard rules read as well. That one knows no reason and names rules that
   * may not be active here, so neither is asked of it.
   */
  readonly shared: boolean;
  /** Whether a rule of that name was judged. Of another one nobody knows here whether anything needs the excuse. */
  readonly judged: boolean;
  /** The same in two versions of a template when people would call it the same excuse. */
  readonly identity: string;
}
