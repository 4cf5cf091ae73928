import type { Scope } from '../../check/index-inputs.ts';
import type { CheckRequest } from '../../check/job.ts';
import type { Report } from '../../report/report.ts';
import type { Io } from '../io.ts';
import type { Options, OptionTable } from '../options.ts';
import { usageError } from '../usage-error.ts';

/** The options about repairs. */
export const FIX_OPTIONS = {
  fix: { kind: 'flag', help: 'repair what has one safe answer: in what is staged, or in the named files' },
  'dry-run': { kind: 'flag', help: 'with --fix: print the difference and change nothing' },
} as const satisfies OptionTable;

/**
 * What to do before reporting, if more than a check is asked for.
 *
 * @param readable whether standard output is for people
 * @throws {DiagnosticError} when the options contradict each other
 */
export async function chosenRepair(
  { fix, 'dry-run': dryRun, quiet }: Options<typeof FIX_OPTIONS> & { readonly quiet: boolean },
  scope: Scope,
  readable: boolean,
  io: Io,
): Promise<((request: CheckRequest) => Promise<Report>) | undefined> {
  if (dryRun && !fix) throw usageError('`--dry-run` is about repairs', 'write `--fix --dry-run`');
  if (!fix) return undefined;
  if (scope !== 'staged')
    throw usageError(
      '`--fix` repairs what is staged, or files that are named',
      'leave out the scope, or name files',
    );
  const { runFix } = await import('./fix.ts');
  const output = readable && !dryRun ? io.stdout : io.stderr;
  return (request) => runFix(request, { dryRun, quiet, output }, io);
}
