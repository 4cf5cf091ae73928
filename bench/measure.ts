import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A command under measurement. */
export interface Command {
  readonly name: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Variables on top of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that mean that the command did its job. */
  readonly expected: readonly number[];
  /** Runs before each measurement and is not timed, for example to empty a cache. */
  readonly before?: () => void;
}

/** Wall-clock milliseconds of a command over all runs. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
}

/**
 * Times commands side by side: every round runs each of them once, so that a noisy moment hits all alike. One round
 * warms up the machine's caches and does not count.
 *
 * @throws {Error} when a command ends with an exit code it was not expected to
 */
export function measure(commands: readonly Command[], rounds: number): Timing[] {
  const times = commands.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, command] of commands.entries()) {
      command.before?.();
      const elapsed = time(command);
      if (round > 0) times[index]?.push(elapsed);
    }
  }
  return commands.map(({ name }, index) => summarise(name, times[index] ?? []));
}

function time({ name, argv, cwd, env, expected }: Command): number {
  const [file = '', ...args] = argv;
  const start = performance.now();
  const { status, error, stderr } = spawnSync(file, args, {
    cwd,
    env: { ...environment(), ...env },
    maxBuffer: 2 ** 30,
  });
  const elapsed = performance.now() - start;
  if (error !== undefined) throw error;
  if (status === null || !expected.includes(status)) {
    throw new Error(`${name} ended with ${status}: ${stderr.toString().slice(0, 500)}`);
  }
  return elapsed;
}

/** Certificates named in the environment cost every start of Node some 80 ms and have nothing to do with us. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1' };
}

function summarise(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { name, median: sorted[sorted.length >> 1] ?? Number.NaN, fastest: sorted[0] ?? Number.NaN };
}
