#!/usr/bin/env node
import { fstatSync, readFileSync } from 'node:fs';
import type { Output } from './cli/io.ts';
import { run } from './cli/run.ts';

/** A reader that went away, such as `head`, is no reason to fail, and the verdict stays the exit code. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** At once, which spares a short run the machinery of streams; a pipe that is not ready yet is waited for. */
async function readStdin(): Promise<Uint8Array> {
  try {
    return readFileSync(STDIN);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

const STDIN = 0;

/** Streams are made when they are needed: most commits have nothing to say. */
function output(descriptor: number, stream: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined;
  const open = () => {
    opened ??= stream().on('error', ignoreClosedPipe);
    return opened;
  };
  return {
    get isTTY() {
      return fstatSync(descriptor).isCharacterDevice() && open().isTTY === true;
    },
    write: (text) => void open().write(text),
  };
}

/** As `performance.now()`, which loads the machinery of performance observers. */
function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

// The exit code is only set, never forced by process.exit(), so that what was written still drains.
process.exitCode = 2;
run(process.argv.slice(2), {
  stdout: output(1, () => process.stdout),
  stderr: output(2, () => process.stderr),
  cwd: process.cwd(),
  env: process.env,
  runtime: process.version,
  now: milliseconds,
  readStdin,
}).then((code) => {
  process.exitCode = code;
});
