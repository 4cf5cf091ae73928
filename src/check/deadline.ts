import { Script } from 'node:vm';

/** Work that was given up because it took too long. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Where the script below finds what it is to run: scripts see globals only. */
const shared: { ecsGuardWork?: () => void } & typeof globalThis = globalThis;

const WORK = new Script('ecsGuardWork()');

/**
 * Runs work that nobody awaits and gives it up after a time. V8 interrupts it wherever it is, in the middle of a pattern
 * too, so that no rule and no template can hang a commit.
 *
 * @param seconds more than 0
 * @throws {DeadlineError} and what the work throws
 */
export function withDeadline<Result>(seconds: number, work: () => Result): Result {
  let result: { readonly value: Result } | undefined;
  shared.ecsGuardWork = () => {
    result = { value: work() };
  };
  try {
    WORK.runInThisContext({ timeout: Math.ceil(seconds * 1000) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new DeadlineError(`more than ${seconds} seconds`);
    throw error;
  } finally {
    delete shared.ecsGuardWork;
  }
  return result!.value;
}
