import type { Environment, Io } from '../../src/cli/io.ts';

export interface CapturedIo extends Io {
  /** What was written so far. */
  out(): string;
  err(): string;
}

/**
 * An {@link Io} that keeps what is written to it and whose clock stands still.
 *
 * @param terminal whether both outputs claim to be a terminal; default: they are pipes
 */
export function captureIo({
  cwd,
  env = { PATH: process.env.PATH },
  terminal = false,
  stdin = '',
}: {
  cwd: string;
  env?: Environment;
  terminal?: boolean;
  stdin?: string;
}): CapturedIo {
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err') => ({
    isTTY: terminal,
    write: (text: string | Uint8Array) => {
      written[name] += Buffer.from(text).toString();
    },
  });
  return {
    stdout: output('out'),
    stderr: output('err'),
    cwd,
    env,
    runtime: process.version,
    now: () => 0,
    readStdin: async () => new TextEncoder().encode(stdin),
    prepareFor: () => undefined,
    out: () => written.out,
    err: () => written.err,
  };
}
