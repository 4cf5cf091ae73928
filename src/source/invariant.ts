/** A bug in this package: never caused by what a user wrote. Callers let it propagate with its stack. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** @throws {InternalError} when `condition` is false. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}

/** Closes a `switch` over a union: a new member does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new InternalError(`unexpected value ${JSON.stringify(value)}`);
}
