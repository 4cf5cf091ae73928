import { fstatSync, readFileSync, statSync, writeSync } from 'node:fs';
import type { Output } from './cli/io.ts';
import { Optimizer } from './cli/optimizer.ts';
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
const STDOUT = 1;
const STDERR = 2;

/** Those that something was written to. */
const streams: NodeJS.WriteStream[] = [];

/** Streams are made when they are needed, since that takes longer than most reports. */
function output(descriptor: number, stream: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined;
  const open = () => {
    if (opened === undefined) {
      opened = stream().on('error', ignoreClosedPipe);
      streams.push(opened);
    }
    return opened;
  };
  return {
    get isTTY() {
      return toldTerminal(descriptor) ?? (isDevice(descriptor) && open().isTTY === true);
    },
    write(text) {
      const direct = opened === undefined && takesBytes(descriptor);
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      const rest = direct ? writeAtOnce(descriptor, bytes) : text;
      if (rest.length > 0) open().write(rest);
    },
  };
}

/** What the hook says of standard output, if it is the hook that runs this: a shell knows, and Node takes milliseconds. */
function toldTerminal(descriptor: number): boolean | undefined {
  const viewer = process.env.ECS_GUARD_VIEWER;
  return descriptor === STDOUT && viewer !== undefined ? viewer.startsWith('terminal ') : undefined;
}

/** Terminals of Windows need a stream, which knows what characters they take. */
function takesBytes(descriptor: number): boolean {
  return process.platform !== 'win32' || !isDevice(descriptor);
}

/** Whether there may be a terminal, which streams and what they load are needed for. Nobody reads what is thrown away. */
function isDevice(descriptor: number): boolean {
  const facts = fstatSync(descriptor);
  return facts.isCharacterDevice() && facts.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

/** @returns what a pipe is not ready for */
function writeAtOnce(descriptor: number, bytes: Uint8Array): Uint8Array {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A shell that has no standard error may use its number for something else, that cannot be written to.
    if (code === 'EPIPE' || code === 'EBADF') return Buffer.alloc(0);
    if (code !== 'EAGAIN') throw error;
  }
  return bytes.subarray(at);
}

/** As `performance.now()`, which loads the machinery of performance observers. */
function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

// What goes wrong outside of a run, such as a working directory that is gone, is no verdict: Node would make it a 1.
process.once('uncaughtException', (error) => {
  writeSync(STDERR, `ecs-guard-staged failed: ${error.stack}\n`);
  process.exit(2);
});
process.exitCode = 2;
// Node has this function from 20.16 on. An import would be too late, and waiting for it would hold up the program.
const optimizer = new Optimizer(process.version, () => process.getBuiltinModule?.('node:v8'));
run(process.argv.slice(2), {
  stdout: output(STDOUT, () => process.stdout),
  stderr: output(STDERR, () => process.stderr),
  cwd: process.cwd(),
  env: process.env,
  runtime: process.version,
  now: milliseconds,
  readStdin,
  prepareFor: (bytes) => optimizer.prepareFor(bytes),
}).then((code) => {
  optimizer.restore();
  process.exitCode = code;
  // Node takes milliseconds to leave everything in order. Nobody needs that, unless something has yet to be written.
  const done = streams.every(({ writableLength }) => writableLength === 0);
  if (done && process.listenerCount('beforeExit') === 0) process.exit();
});
