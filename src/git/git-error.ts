import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';

/** How a git process went wrong. */
export interface GitFailure {
  /** The arguments, without `git` itself and the settings that every call has. */
  readonly command: readonly string[];
  /** Null when git did not start or was ended by a signal. */
  readonly exitCode: number | null;
  /** What it had answered by then. */
  readonly stdout: Buffer;
  readonly stderr: string;
  /** What stopped it, when that was not git's own decision: a code such as `ENOENT`, or the name of a signal. */
  readonly interruption?: string;
}

/** A git process that could not start, or did not end with 0. Its diagnostic says what to do about it. */
export class GitError extends DiagnosticError {
  readonly failure: GitFailure;

  constructor(failure: GitFailure) {
    super(explain(failure));
    this.failure = failure;
  }
}

function explain(failure: GitFailure): Diagnostic {
  const { stderr, interruption } = failure;
  if (interruption === 'ENOENT')
    return problem('git was not found', 'install git, or add the folder it is in to PATH');
  const owner = /detected dubious ownership in repository at '(.*)'/.exec(stderr)?.[1];
  if (owner !== undefined)
    return problem(
      `git does not trust \`${owner}\`, because another user owns it`,
      `git config --global --add safe.directory '${owner}'`,
    );
  if (/^fatal: not a git repository/im.test(stderr))
    return problem(
      'this is not a git repository',
      'run the command inside one, or create one with `git init`',
    );
  if (/index file (corrupt|smaller than expected)|bad (index file|signature)/.test(stderr))
    return problem(
      'git cannot read its index',
      'delete the file `.git/index` and rebuild it with `git reset`',
    );
  const lacking = /could not fetch ([0-9a-f]+) from promisor remote/.exec(stderr)?.[1];
  if (lacking !== undefined)
    return problem(
      `this partial clone lacks object ${lacking}, which a promisor remote has`,
      `let git fetch it, \`git cat-file -e ${lacking}\`, or clone without \`--filter\``,
    );
  return problem(`\`git ${failure.command[0]}\` failed: ${reason(failure)}`);
}

/** The last complaint is the one that ended the process; what stands before it are warnings and hints. */
function reason({ stderr, exitCode, interruption }: GitFailure): string {
  if (interruption !== undefined) return interruption;
  const complaints = stderr.split('\n').filter((line) => /^(fatal|error): /.test(line));
  return complaints.at(-1)?.replace(/^\w+: /, '') ?? `exit code ${exitCode}`;
}

function problem(message: string, help?: string): Diagnostic {
  return { code: 'git', message, ...(help !== undefined && { help }) };
}
