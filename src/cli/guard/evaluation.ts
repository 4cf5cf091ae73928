import type { Program } from '../../engine/compile.ts';
import { evaluate, trace, type Verdicts } from '../../engine/evaluate.ts';
import { EvaluationError } from '../../engine/evaluation-error.ts';
import type { EventRecord } from '../../engine/record.ts';
import type { Subject } from '../../engine/subject.ts';
import { tooDeep } from '../../report/too-deep.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { isStackOverflow } from '../../source/stack-overflow.ts';
import { Failure } from './failure.ts';

/** @throws {Failure} when the rules cannot be evaluated on the data */
export function verdictsOf(program: Program, subject: Subject): Verdicts {
  return failing(() => evaluate(program, subject));
}

/** What happened during the evaluation, for reports. @throws {Failure} as {@link verdictsOf} */
export function recordsOf(program: Program, subject: Subject): EventRecord {
  return failing(() => trace(program, subject));
}

/**
 * Runs what may need more stack than there is for data that is nested deeply, which nobody knows beforehand.
 *
 * @param file that is judged
 * @throws {DiagnosticError}
 */
export function withinStack<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    throw new DiagnosticError(tooDeep(file));
  }
}

function failing<T>(evaluation: () => T): T {
  try {
    return evaluation();
  } catch (error) {
    throw error instanceof EvaluationError ? new Failure(error.message) : error;
  }
}
