import type { Source } from '../source/source.ts';
import type { Value } from '../value/value.ts';

/** A document as Guard sees it, with the text its positions point into. */
export interface Template {
  readonly source: Source;
  readonly root: Value;
  /**
   * What stands in the file for a value of `root`, where something else was put in its place: what an intrinsic function
   * gives, or a task definition in the spelling of CloudFormation. Absent: every value stands there as it is.
   */
  readonly written?: (value: Value) => Value;
  /** A text about properties with their names as the file spells them. Absent: rules spell them in the same way. */
  readonly spelled?: (text: string) => string;
  /** Whether a value was taken from something secret. Absent: its place tells. */
  readonly isSecret?: (value: Value) => boolean;
}
