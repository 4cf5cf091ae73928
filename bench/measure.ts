import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

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
  /** Half of the runs took between these. */
  readonly quartiles: readonly [number, number];
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
      const elapsed = timeOnce(command);
      if (round > 0) times[index]?.push(elapsed);
    }
  }
  return commands.map(({ name }, index) => summarise(name, times[index] ?? []));
}

/** Milliseconds of one run. @throws {Error} as {@link measure} does */
export function timeOnce(command: Command): number {
  const { argv, cwd } = command;
  const [file = '', ...args] = argv;
  command.before?.();
  const start = performance.now();
  const { status, error, stderr } = spawnSync(file, args, {
    cwd,
    env: environment(command),
    maxBuffer: 2 ** 30,
  });
  const elapsed = performance.now() - start;
  if (error !== undefined) throw error;
  assertExpected(command, status, stderr.toString());
  return elapsed;
}

/**
 * Largest amount of memory that a command's own process held at a time, in bytes. Linux keeps that mark itself, for as
 * long as the process lives, so this looks all the time.
 *
 * @returns null where there is no such mark
 */
export async function peakMemory(command: Command): Promise<number | null> {
  const [file = '', ...args] = command.argv;
  command.before?.();
  const child = spawn(file, args, { cwd: command.cwd, env: environment(command), stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('exit', resolve),
  );
  let peak: number | null = null;
  while (child.exitCode === null && child.signalCode === null) {
    peak = highWaterMark(child.pid) ?? peak;
    await setImmediate();
  }
  assertExpected(command, await ended, '');
  return peak;
}

function highWaterMark(pid: number | undefined): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

function assertExpected({ name, expected }: Command, status: number | null, stderr: string): void {
  if (status === null || !expected.includes(status))
    throw new Error(`${name} ended with ${status}: ${stderr.slice(0, 500)}`);
}

/** Certificates named in the environment cost every start of Node some 80 ms and have nothing to do with us. */
function environment({ env }: Command): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1', ...env };
}

function summarise(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { name, median: at(0.5), fastest: at(0), quartiles: [at(0.25), at(0.75)] };
}
