import type { Scope } from '../../check/index-inputs.ts';
import type { Options, OptionTable } from '../options.ts';
import { usageError } from '../usage-error.ts';

/** The options that say what of a repository is judged. */
export const SCOPE_OPTIONS = {
  staged: { kind: 'flag', help: 'judge what is staged; the default without PATH' },
  all: { kind: 'flag', help: 'judge all files that git tracks' },
  base: {
    kind: 'value',
    placeholder: 'REF',
    help: 'judge what HEAD and the index changed since HEAD left REF, such as origin/main',
  },
} as const satisfies OptionTable;

/**
 * The scope that is asked for.
 *
 * @param options of these and `--new`, what was given
 * @param paths that were named
 * @throws {DiagnosticError} when they contradict each other
 */
export function chosenScope(
  options: Options<typeof SCOPE_OPTIONS> & { readonly new: boolean },
  paths: readonly string[],
): Scope {
  const { staged, all, base } = options;
  const given = [
    ...(staged ? ['--staged'] : []),
    ...(all ? ['--all'] : []),
    ...(base === undefined ? [] : ['--base']),
  ];
  const [first, second] = given;
  if (second !== undefined)
    throw usageError(`options \`${first}\` and \`${second}\` contradict each other`, 'choose one of them');
  if (first !== undefined && paths.length > 0)
    throw usageError(
      `option \`${first}\` is about the whole repository, and \`${paths[0]}\` is not`,
      'leave out the option, or the files and folders',
    );
  if (all && options.new)
    throw usageError(
      'with `--all` there is no change, so nothing in it can be new',
      'leave out `--new`, or judge a change: `--staged --new` or `--base REF --new`',
    );
  if (base !== undefined) return { base };
  return all ? 'all' : 'staged';
}
