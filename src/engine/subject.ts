import type { Value } from '../value/value.ts';

/** One document under judgement, with what all rule files share about it. */
export class Subject {
  readonly root: Value;

  constructor(root: Value) {
    this.root = root;
  }
}
