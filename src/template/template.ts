import type { Source } from '../source/source.ts';
import type { Value } from '../value/value.ts';

/** A document as Guard sees it, with the text its positions point into. */
export interface Template {
  readonly source: Source;
  readonly root: Value;
}
