import { realpathSync } from 'node:fs';
import { replaceFile } from '../../check/replace-file.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';

/**
 * Puts another text into a file of the user, in one step: whatever happens meanwhile, it is the old or the new one. Behind a
 * symbolic link it is the file there that changes.
 *
 * @param before what the file said when `after` was made of it
 * @throws {DiagnosticError} when it says something else by now, or is not UTF-8, and would be damaged
 */
export function replaceText(file: string, before: string, after: string): void {
  const target = realpathSync(file);
  if (replaceFile(target, Buffer.from(before), Buffer.from(after))) return;
  throw new DiagnosticError({
    code: 'configuration',
    file,
    message: 'the file is not UTF-8, or somebody else is writing to it, so it was left alone',
    help: 'save it as UTF-8, and try again',
  });
}
