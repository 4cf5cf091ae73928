import type { Program } from '../../engine/compile.ts';
import { evaluate, trace, type Verdicts } from '../../engine/evaluate.ts';
import { EvaluationError } from '../../engine/evaluation-error.ts';
import type { EventRecord } from '../../engine/record.ts';
import type { Subject } from '../../engine/subject.ts';
import { Failure } from './failure.ts';

/** @throws {Failure} when the rules cannot be evaluated on the data */
export function verdictsOf(program: Program, subject: Subject): Verdicts {
  return failing(() => evaluate(program, subject));
}

/** What happened during the evaluation, for reports. @throws {Failure} as {@link verdictsOf} */
export function recordsOf(program: Program, subject: Subject): EventRecord {
  return failing(() => trace(program, subject));
}

function failing<T>(evaluation: () => T): T {
  try {
    return evaluation();
  } catch (error) {
    throw error instanceof EvaluationError ? new Failure(error.message) : error;
  }
}
