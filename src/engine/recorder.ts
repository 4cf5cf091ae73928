import { invariant } from '../source/invariant.ts';
import type { Value } from '../value/value.ts';
import { type Compiled, type Evaluate, type Select, startOf } from './environment.ts';
import type { Check, EventRecord, TraceEvent } from './record.ts';
import type { Result } from './result.ts';
import type { Status } from './status.ts';

type Selection = Extract<TraceEvent, { kind: 'selection' }>;

/**
 * How much is recorded. `failures`: of rules that fail, what makes them fail; neither filters nor conditions are part of that.
 * `reasons`: all that verdicts rest on. `native`: what the native tool records, which looks at every resource, and not only at
 * those of the types that filters ask for, but tells neither what filters do with scalars nor what variables rest on.
 */
export type Detail = 'failures' | 'reasons' | 'native';

/** Collects the event tree of the second tier. */
export class Recorder {
  readonly detail: Detail;
  readonly #open: EventRecord[] = [];
  /** Those that were referred to. */
  readonly #rules = new Map<string, EventRecord>();
  #root: EventRecord | undefined;

  constructor(detail: Detail) {
    this.detail = detail;
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
    // Every rule has a verdict.
    const isInRule = this.#open.length > 1;
    if (this.detail === 'failures' && status !== 'FAIL' && isInRule) this.#open.at(-1)?.children.pop();
  }

  /** Starts to record what values rest on. */
  openSelection(of: Selection['of']): void {
    if (this.detail === 'reasons') this.open({ kind: 'selection', of, given: [] });
  }

  /**
   * Ends what {@link openSelection} started. Undefined when the values rest on nothing that is recorded.
   *
   * @param given arguments of which the function leaves out some
   */
  closeSelection(given: readonly Result[] = []): EventRecord | undefined {
    const record = this.detail === 'reasons' ? this.#open.at(-1) : undefined;
    if (record === undefined) return undefined;
    this.close('SKIP', { ...(record.event as Selection), given });
    if (record.children.length > 0 || given.length > 0) return record;
    this.#open.at(-1)?.children.pop();
    return undefined;
  }

  /** What is being recorded of the values that are being selected. */
  get selection(): EventRecord | undefined {
    const record = this.#open.at(-1);
    return record?.event.kind === 'selection' ? record : undefined;
  }

  /** Records below the innermost open event what was recorded before. */
  repeat(record: EventRecord): void {
    this.#open.at(-1)?.children.push(record);
  }

  /** Keeps the record of a rule that was referred to, which is the last one, for {@link repeatRule}. */
  keepRule(name: string): void {
    const record = this.detail === 'reasons' ? this.#open.at(-1)?.children.at(-1) : undefined;
    if (record?.event.kind === 'rule') this.#rules.set(name, record);
  }

  /** Records a rule below another reference to it. */
  repeatRule(name: string): void {
    const record = this.#rules.get(name);
    if (record !== undefined) this.repeat(record);
  }

  check(check: Check): void {
    if (this.detail === 'failures' && (check.kind === 'success' || check.clause === null)) return;
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

/** Wraps a selection so that what its values rest on is recorded, if anybody wants to know. */
export function basing(of: Selection['of'], select: Select): Select {
  return (scope, context) => {
    const { recorder } = scope.run;
    recorder?.openSelection(of);
    const values = select(scope, context);
    recorder?.closeSelection();
    return values;
  };
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

/** {@link traced} for what decides whether something is judged at all. */
export function tracedAside(evaluate: Evaluate, event: (context: Value) => TraceEvent): Evaluate {
  const evaluateTraced = traced(evaluate, event);
  return (scope, context) => {
    const { run } = scope;
    const { recorder } = run;
    if (recorder?.detail !== 'failures') return evaluateTraced(scope, context);
    run.recorder = null;
    const status = evaluate(scope, context);
    run.recorder = recorder;
    return status;
  };
}

/** {@link traced} for a compiled clause or block. */
export function tracedCompiled(compiled: Compiled, event: (context: Value) => TraceEvent): Compiled {
  return { evaluate: traced(compiled.evaluate, event), total: compiled.total };
}
