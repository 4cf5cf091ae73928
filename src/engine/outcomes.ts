import type { AccessClause } from '../language/ast.ts';
import type { Value } from '../value/value.ts';
import type { Incomparable } from './record.ts';
import type { Recorder } from './recorder.ts';
import type { Result, Unresolved } from './result.ts';
import type { Status } from './status.ts';

/** Counts the tests of one access clause. The first tier needs no more; {@link RecordedOutcomes} also writes them down. */
export class Outcomes {
  #passes = 0;
  #fails = 0;
  readonly #matchAll: boolean;

  constructor(matchAll: boolean) {
    this.#matchAll = matchAll;
  }

  /** Whether further tests cannot change the verdict. */
  get settled(): boolean {
    return (this.#matchAll ? this.#fails : this.#passes) > 0;
  }

  /** Without `some`, every test must pass, and none at all is a pass; with `some`, one must pass. */
  get status(): Status {
    if (this.#matchAll) return this.#fails > 0 ? 'FAIL' : 'PASS';
    return this.#passes > 0 ? 'PASS' : 'FAIL';
  }

  /** A test that held, of what is there against nothing, one value or several. */
  pass(_from: Result | null, _to: Value | readonly Value[] | null): void {
    this.#passes++;
  }

  unary(_value: Result): void {
    this.#fails++;
  }

  /** The selection of an `!empty` check was empty. */
  nothingSelected(): void {
    this.#fails++;
  }

  /** A failed comparison; `to` is null when the left side is missing. */
  comparison(_from: Result, _to: Value | Unresolved | null, _incomparable: Incomparable | null): void {
    this.#fails++;
  }

  /** A failed test of one value against several, which may depend on others as well. */
  membership(_from: Value, _to: readonly Value[], _others?: readonly Value[]): void {
    this.#fails++;
  }
}

/** {@link Outcomes} of the second tier: never settled, so that every test is recorded. */
export class RecordedOutcomes extends Outcomes {
  readonly #clause: AccessClause;
  readonly #recorder: Recorder;

  constructor(clause: AccessClause, recorder: Recorder) {
    super(clause.query.matchAll);
    this.#clause = clause;
    this.#recorder = recorder;
  }

  override get settled(): boolean {
    return false;
  }

  override pass(from: Result | null, to: Value | readonly Value[] | null): void {
    super.pass(from, to);
    this.#recorder.check({ kind: 'success', clause: this.#clause, from, to });
  }

  override unary(value: Result): void {
    super.unary(value);
    this.#recorder.check({ kind: 'unary', clause: this.#clause, value });
  }

  override nothingSelected(): void {
    super.nothingSelected();
    this.#recorder.check({ kind: 'no-value-for-empty', clause: this.#clause });
  }

  override comparison(from: Result, to: Value | Unresolved | null, incomparable: Incomparable | null): void {
    super.comparison(from, to, incomparable);
    const { operator, negated } = this.#clause;
    this.#recorder.check({
      kind: 'comparison',
      clause: this.#clause,
      operator,
      negated,
      from,
      to,
      incomparable,
    });
  }

  override membership(from: Value, to: readonly Value[], others?: readonly Value[]): void {
    super.membership(from, to, others);
    const { operator, negated } = this.#clause;
    this.#recorder.check({ kind: 'membership', clause: this.#clause, operator, negated, from, to, others });
  }
}
