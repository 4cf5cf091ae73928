import type { Rule } from '../language/ast.ts';
import { PatternLimitError } from '../language/pattern/limit.ts';
import { isStackOverflow } from '../source/stack-overflow.ts';
import type { Program } from './compile.ts';
import { type Run, Scope } from './environment.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { EventRecord } from './record.ts';
import { Recorder } from './recorder.ts';
import type { Status } from './status.ts';
import type { Subject } from './subject.ts';

/** The verdict of a rule file on one document, and of each of its rules in order, the default rule first. */
export interface Verdicts {
  readonly status: Status;
  readonly rules: readonly RuleVerdict[];
}

export interface RuleVerdict {
  readonly rule: Rule;
  readonly status: Status;
}

/** What an evaluation may take from its surroundings. */
export interface EvaluationOptions {
  /** Current time in milliseconds since the Unix epoch, for the function `now`. Default: the system's clock. */
  readonly now?: () => number;
}

/**
 * Tier 1: verdicts only, with short cuts wherever they cannot be noticed.
 *
 * @throws {EvaluationError} when a rule cannot be judged on this document
 */
export function evaluate(program: Program, subject: Subject, options: EvaluationOptions = {}): Verdicts {
  return precedent(program, subject) ?? run(program, subject, null, options.now);
}

/** Verdicts that do not depend on what is in the resources and other sections of a document; undefined if they do. */
export function precedent(program: Program, subject: Subject): Verdicts | undefined {
  return program.precedents.verdictsOn(subject, (outline, now) => run(program, outline, null, now));
}

/**
 * Tier 2: the same program with recording on. It evaluates the whole file, since what is recorded under a rule depends
 * on which rule used a variable or another rule first.
 *
 * @throws {EvaluationError} as {@link evaluate}
 */
export function trace(program: Program, subject: Subject, options: EvaluationOptions = {}): EventRecord {
  return recorded(program, subject, new Recorder('native'), options);
}

/**
 * What makes rules fail, and nothing else but the verdicts of all rules.
 *
 * @throws {EvaluationError} as {@link evaluate}
 */
export function traceFailures(
  program: Program,
  subject: Subject,
  options: EvaluationOptions = {},
): EventRecord {
  return recorded(program, subject, new Recorder('failures'), options);
}

/**
 * {@link trace} without the resources that are of other types than a filter asks for, and with what the values of clauses rest on.
 *
 * @throws {EvaluationError} as {@link evaluate}
 */
export function traceReasons(
  program: Program,
  subject: Subject,
  options: EvaluationOptions = {},
): EventRecord {
  return recorded(program, subject, new Recorder('reasons'), options);
}

function recorded(
  program: Program,
  subject: Subject,
  recorder: Recorder,
  { now }: EvaluationOptions,
): EventRecord {
  recorder.open({ kind: 'file', ruleCount: program.rules.length });
  const { status } = run(program, subject, recorder, now);
  recorder.close(status);
  return recorder.root;
}

function run(
  program: Program,
  subject: Subject,
  recorder: Recorder | null,
  now: () => number = Date.now,
): Verdicts {
  const context: Run = { subject, recorder, verdicts: new Map(), now, limits: program.limits };
  const scope = new Scope(context, null, subject.root);
  const rules: RuleVerdict[] = [];
  for (const { rule, compiled } of program.rules) {
    const reuse = recorder === null && program.reusable(rule);
    const known = reuse ? context.verdicts.get(rule.name) : undefined;
    const status =
      known === undefined || known === 'running'
        ? guarded(rule, () => compiled.evaluate(scope, subject.root))
        : known;
    if (reuse) context.verdicts.set(rule.name, status);
    rules.push({ rule, status });
  }
  return { status: combine(rules), rules };
}

function combine(rules: readonly RuleVerdict[]): Status {
  if (rules.some(({ status }) => status === 'FAIL')) return 'FAIL';
  return rules.some(({ status }) => status === 'PASS') ? 'PASS' : 'SKIP';
}

/**
 * What makes the native tool crash is an evaluation error, too: patterns that take too long, and a stack that ends. Every
 * one tells which rule it is about.
 */
function guarded<T>(rule: Rule, evaluation: () => T): T {
  try {
    return evaluation();
  } catch (error) {
    const known = evaluationErrorOf(error);
    if (known === undefined) throw error;
    known.rule ??= rule;
    throw known;
  }
}

function evaluationErrorOf(error: unknown): EvaluationError | undefined {
  if (error instanceof EvaluationError) return error;
  if (error instanceof PatternLimitError) return new EvaluationError('data', error.message);
  if (!isStackOverflow(error)) return undefined;
  return new EvaluationError('incompatible', 'The rules call each other, or the data is nested, too deeply');
}
