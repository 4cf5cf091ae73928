import { DiagnosticError } from '../source/diagnostic.ts';

/** A command line that cannot be meant as it is; `help` says what to write instead. */
export function usageError(message: string, help?: string): DiagnosticError {
  return new DiagnosticError({ code: 'usage', message, ...(help === undefined ? {} : { help }) });
}
