import { invariant } from '../source/invariant.ts';
import type { Value } from '../value/value.ts';
import { type Compiled, type Evaluate, startOf } from './environment.ts';
import type { Check, EventRecord, TraceEvent } from './record.ts';
import type { Status } from './status.ts';

/** Collects the event tree of the second tier. */
export class Recorder {
  /** Whether filters record every resource that they look at, and not only those of the types that they ask for. */
  readonly seesAll: boolean;
  readonly #open: EventRecord[] = [];
  #root: EventRecord | undefined;

  constructor(seesAll: boolean) {
    this.seesAll = seesAll;
  }

  /** Starts an event; what is recorded until {@link close} happens inside it. */
  open(event: TraceEvent): void {
    const record: EventRecord = { event, status: 'SKIP', children: [] };
    this.#open.at(-1)?.children.push(record);
    this.#root ??= record;
    this.#open.push(record);
  }

  /** Ends the innermost open event; `event` replaces what it was opened with, where that depends on the status. */
  close(status: Status, event?: TraceEvent): void {
    const record = this.#open.pop();
    invariant(record !== undefined, 'a record was closed that was never opened');
    record.status = status;
    if (event !== undefined) record.event = event;
  }

  check(check: Check): void {
    this.open({ kind: 'check', check });
    this.close(check.kind === 'success' ? 'PASS' : 'FAIL');
  }

  /** Tells of the access clause that is being evaluated that its query selected nothing. */
  noteEmptySelection(): void {
    const event = this.#open.at(-1)?.event;
    if (event?.kind === 'access-clause') event.selectedNothing = true;
  }

  /** The finished tree. */
  get root(): EventRecord {
    invariant(this.#root !== undefined && this.#open.length === 0, 'the event tree is not finished');
    return this.#root;
  }
}

/** Wraps an evaluation so that the second tier records it; the first tier does not notice. */
export function traced(evaluate: Evaluate, event: (context: Value) => TraceEvent): Evaluate {
  return (scope, context) => {
    const { recorder } = scope.run;
    if (recorder === null) return evaluate(scope, context);
    recorder.open(event(startOf(context)));
    const status = evaluate(scope, context);
    recorder.close(status);
    return status;
  };
}

/** {@link traced} for a compiled clause or block. */
export function tracedCompiled(compiled: Compiled, event: (context: Value) => TraceEvent): Compiled {
  return { evaluate: traced(compiled.evaluate, event), total: compiled.total };
}
