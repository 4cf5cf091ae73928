import { DiagnosticError } from '../../source/diagnostic.ts';

/**
 * Does something with a file.
 *
 * @param shown how to call the file in messages
 * @param what the file is for, as it begins a sentence
 * @throws {DiagnosticError} when the file system refuses
 */
export function withFile<T>(shown: string, what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new DiagnosticError({
        code: 'configuration',
        file: shown,
        message: `${what} cannot be written: ${error.message}`,
        help: 'check who owns the folder, and what its permissions are',
      });
    throw error;
  }
}
