import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { DiagnosticError } from '../source/diagnostic.ts';
import { GitError } from './git-error.ts';

/** Where git runs and what it inherits: `GIT_DIR`, `GIT_INDEX_FILE` and the like are honoured. */
export interface GitPlace {
  /** Absolute path of a folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Settings by which a person's or a repository's configuration could change what git prints, or make a question run
 * a program. `-c` wins over every configuration file and over `GIT_CONFIG_COUNT`.
 */
const SETTINGS = {
  'core.quotePath': 'false',
  'core.fsmonitor': 'false',
  'core.untrackedCache': 'keep',
  'color.ui': 'false',
  'diff.relative': 'false',
  'diff.renames': 'false',
  // The documented way to cancel an order file, whose absence would otherwise be fatal.
  'diff.orderFile': '/dev/null',
} as const;

/** What stands before every command. */
export const FIXED_ARGUMENTS: readonly string[] = [
  '--no-pager',
  '--no-optional-locks',
  '--no-replace-objects',
  ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

/** Variables of every git process; undefined ones are taken away. */
export const FIXED_ENVIRONMENT = {
  // Messages are matched to find the way out, so they must come in one language.
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // A missing object of a partial clone is an answer, not a reason to use the network. Git before 2.45 does not know
  // the first variable, but it uses no transport that the second one does not name.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  // Set for each call anew; each of the others is fatal beside it, and would change what a pattern means.
  GIT_LITERAL_PATHSPECS: undefined,
  GIT_GLOB_PATHSPECS: undefined,
  GIT_NOGLOB_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined,
} as const;

/**
 * Runs git, for reading; only `configured-hook.ts` and `index-entries.ts` write, settings and repaired files.
 *
 * @param args the command and its arguments; no shell is involved
 * @param input for git's standard input
 * @param pathspecs what paths among the arguments are taken for
 * @returns git's standard output, unchanged
 * @throws {DiagnosticError} when the folder does not exist
 * @throws {GitError} when git cannot start or ends with anything but 0
 */
export async function runGit(
  place: GitPlace,
  args: readonly string[],
  input: string | Uint8Array = '',
  pathspecs: 'literal' | 'patterns' = 'literal',
): Promise<Buffer> {
  // A commit whose hook asked git already starts no process, and does not pay for being able to.
  const { spawn } = await import('node:child_process');
  const child = spawn('git', [...FIXED_ARGUMENTS, ...args], {
    cwd: place.cwd,
    env: {
      ...place.env,
      ...FIXED_ENVIRONMENT,
      ...(pathspecs === 'literal' && { GIT_LITERAL_PATHSPECS: '1' }),
    },
    stdio: 'pipe',
    windowsHide: true,
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  feed(child, input);
  return new Promise((resolve, reject) => {
    const fail = (exitCode: number | null, interruption?: string) =>
      reject(
        new GitError({
          command: args,
          exitCode,
          stdout: stdout(),
          stderr: stderr().toString(),
          ...(interruption !== undefined && { interruption }),
        }),
      );
    child.on('error', (error: NodeJS.ErrnoException) => {
      // A missing folder is reported with the same code as a missing program.
      if (existsSync(place.cwd)) fail(null, error.code ?? error.message);
      else
        reject(new DiagnosticError({ code: 'git', message: `the folder \`${place.cwd}\` does not exist` }));
    });
    child.on('close', (exitCode, signal) => {
      if (exitCode === 0) resolve(stdout());
      else fail(exitCode, signal ?? undefined);
    });
  });
}

/** Gathers what a stream gives; the returned function joins it. */
function collect(stream: Readable): () => Buffer {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
}

function feed(child: ChildProcessByStdio<Writable, Readable, Readable>, input: string | Uint8Array): void {
  // A process that ends before it has read everything breaks the pipe; its exit code tells why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
}
