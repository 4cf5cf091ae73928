import type { Shard } from '../../report/report.ts';
import { usageError } from '../usage-error.ts';

/**
 * Reads the value of `--shard`, such as `2/4`.
 *
 * @param committing whether it is a commit that is judged: then as a whole, since nobody would judge the rest of it
 * @throws {DiagnosticError} when there is no such shard, or may not be
 */
export function parseShard(text: string, committing: boolean): Shard {
  const [, index, count] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count)
    throw usageError(
      `option \`--shard\` cannot be \`${text}\``,
      'name one of several parts, counted from 1: `--shard 2/4` is the second of four',
    );
  if (committing)
    throw usageError(
      'option `--shard` is not for commits: a commit is judged as a whole',
      'say what to share out: `--all`, `--base REF`, or files and folders, for example `--shard 2/4 --all`',
    );
  return { index, count };
}
