import type { Program } from '../../engine/compile.ts';
import type { Status } from '../../engine/status.ts';
import type { Subject } from '../../engine/subject.ts';
import { ruleName } from '../../report/record-context.ts';
import { verdictsOf } from './evaluation.ts';
import { Failure } from './failure.ts';
import type { Files } from './files.ts';
import { JsonError } from './json-reader.ts';
import { readUnitTests, type UnitTest } from './unit-tests.ts';

/** Exit codes of `test`. */
export const EXIT = { clean: 0, unusable: 1, unmet: 7 } as const;

/** How one rule did in one case. `statuses`: what was found before a match; all of them when there is none. */
export interface RuleOutcome {
  readonly rule: string;
  readonly statuses: readonly Status[];
}

/**
 * The statuses of each rule in a case. Rules that share a name count as one.
 *
 * @throws {Failure} when the rules cannot be evaluated
 */
export function outcomesOf(program: Program, subject: Subject): RuleOutcome[] {
  const byName = new Map<string, Status[]>();
  for (const { rule, status } of verdictsOf(program, subject).rules) {
    const name = ruleName(rule, program.source);
    const statuses = byName.get(name);
    if (statuses === undefined) byName.set(name, [status]);
    else statuses.push(status);
  }
  return [...byName].map(([rule, statuses]) => ({ rule, statuses }));
}

/** Among rules of one name one with the expected status is enough, but all must be skipped to count as that. */
export function isMet(expected: Status, { statuses }: RuleOutcome): boolean {
  return expected === 'SKIP' ? statuses.every((status) => status === 'SKIP') : statuses.includes(expected);
}

/** @throws {Failure} for a word that is no status */
export function statusNamed(word: string): Status {
  if (word === 'PASS' || word === 'FAIL' || word === 'SKIP') return word;
  throw new Failure(`Types or variable assignments are incompatible \`Status code is incorrect ${word}\``);
}

/** A unit-test file that cannot be used. The message is the native tool's, up to a comma. */
export class TestFileError extends Error {
  override readonly name = 'TestFileError';
}

/**
 * @param suffix what stands behind the message of a malformed file
 * @throws {TestFileError} for a file that cannot be read or is malformed
 * @throws {Failure} for keys that are no strings
 */
export function readTestFile(files: Files, path: string, suffix: string): UnitTest[] {
  let text: string;
  try {
    text = files.readText(path);
  } catch (error) {
    if (error instanceof Failure) throw new TestFileError(error.message);
    throw error;
  }
  try {
    return readUnitTests(path, text, files.limits);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const problem = `Unable to process data in file ${path}, Error ${error.message}${suffix}`;
    throw new TestFileError(`Parser Error when parsing \`${problem}\``);
  }
}
