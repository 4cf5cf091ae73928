import { spawnSync } from 'node:child_process';
import { run } from '../../../src/cli/run.ts';
import { captureIo } from '../../support/io.ts';

/** One command line and its surroundings. */
export interface CommandLine {
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export async function ownEnding(line: CommandLine): Promise<Ending> {
  const { cwd, env = {}, stdin = '' } = line;
  const io = captureIo({ cwd, env, stdin });
  const exitCode = await run(line.arguments, io);
  return { stdout: io.out(), stderr: io.err(), exitCode };
}

export function nativeEnding(binary: string, line: CommandLine): Ending {
  const { cwd, env = {}, stdin = '' } = line;
  const options = { cwd, env, input: stdin, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  const { stdout, stderr, status } = spawnSync(binary, line.arguments, options);
  return { stdout, stderr, exitCode: status };
}

/** Exit codes of a clean error and of a failure. */
const AFTER_A_CRASH: readonly (number | null)[] = [255, 19];

/** How often the native tool is asked again for an order that it leaves to chance. */
const ATTEMPTS = 8;

/**
 * How the two differ on one command line, or undefined. Elapsed times do not count, nor does the order of what the
 * native tool has in a hash map. Where it crashes, a clean error is wanted, or a report of the failure.
 */
export async function difference(binary: string, line: CommandLine): Promise<string | undefined> {
  const own = normal(await ownEnding(line));
  let native = normal(nativeEnding(binary, line));
  if (native.exitCode === 101 || native.exitCode === null)
    return AFTER_A_CRASH.includes(own.exitCode) ? undefined : `native crashes, own exit code ${own.exitCode}`;
  for (let attempt = 1; attempt < ATTEMPTS && own.stdout !== native.stdout; attempt++)
    native = normal(nativeEnding(binary, line));
  if (own.exitCode !== native.exitCode) return `exit code ${own.exitCode} instead of ${native.exitCode}`;
  if (own.stderr !== native.stderr) return firstDifference('stderr', own.stderr, native.stderr);
  if (own.stdout === native.stdout || unordered(own.stdout) === unordered(native.stdout)) return undefined;
  return firstDifference('stdout', own.stdout, native.stdout);
}

function normal({ stdout, stderr, exitCode }: Ending): Ending {
  return { stdout: timeless(stdout), stderr: withSortedNames(timeless(stderr)), exitCode };
}

/** The rules to choose from, in an error about one that does not exist, come from a hash map. */
function withSortedNames(text: string): string {
  return text.replace(/(?<=Rule Names = |not found, candidate )\[(.*)\]/, (_, names: string) =>
    names.split(', ').sort().join(', '),
  );
}

/** Some compilers print the type names in contexts with a lifetime. */
function timeless(text: string): string {
  return text
    .replaceAll(/(<test[a-z]+ .*)time="\d+"/g, '$1time="0"')
    .replaceAll("<'_>#disjunction", '#disjunction');
}

/** The lines of a report in any order, without code excerpts, which depend on what was printed before them. */
function unordered(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*(\u001b\[92m)?\s*(\d+\.|Code:)/.test(line))
    .sort()
    .join('\n');
}

function firstDifference(stream: string, own: string, native: string): string {
  let at = 0;
  while (at < own.length && own[at] === native[at]) at++;
  const excerpt = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 80), at + 160));
  return `${stream} from character ${at}:\n  own    ${excerpt(own)}\n  native ${excerpt(native)}`;
}
