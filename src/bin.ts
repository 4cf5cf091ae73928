export { warmUp } from './check/warm-up.ts';

import { readFileSync } from 'node:fs';
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

function output(stream: NodeJS.WriteStream) {
  stream.on('error', ignoreClosedPipe);
  return { isTTY: stream.isTTY === true, write: (text: string) => void stream.write(text) };
}

// The exit code is only set, never forced by process.exit(), so that what was written still drains.
process.exitCode = 2;
export const finished = run(process.argv.slice(2), {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  cwd: process.cwd(),
  env: process.env,
  now: () => performance.now(),
  readStdin,
}).then((code) => {
  process.exitCode = code;
});
