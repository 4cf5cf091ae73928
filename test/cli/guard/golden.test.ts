import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { run } from '../../../src/cli/run.ts';
import { captureIo } from '../../support/io.ts';
import { nativeGuard } from '../../support/native.ts';
import { temporaryFolder } from '../../support/repo.ts';

/*
 * Each folder of fixtures/drop-in is one run of native 3.2.0: its command line, and what it printed and ended with. All
 * run in a copy of `workspace`. With UPDATE_GOLDEN=1 they are recorded anew from the native tool.
 */

const FIXTURES = fileURLToPath(new URL('../../../fixtures/drop-in/', import.meta.url));
const UPDATE = process.env.UPDATE_GOLDEN === '1';

interface Command {
  readonly arguments: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

for (const name of readdirSync(FIXTURES).filter((entry) => entry !== 'workspace')) {
  const folder = join(FIXTURES, name);
  const command = JSON.parse(readFileSync(join(folder, 'command.json'), 'utf8')) as Command;

  test(`${name}: ${command.arguments.join(' ')}`, async (t) => {
    const cwd = join(temporaryFolder(t), 'workspace');
    cpSync(join(FIXTURES, 'workspace'), cwd, { recursive: true });
    const io = captureIo({ cwd, env: command.env ?? {}, stdin: command.stdin ?? '' });
    const exitCode = await run(command.arguments, io);
    const own = portable({ stdout: io.out(), stderr: io.err(), exitCode }, cwd);
    if (UPDATE) record(folder, () => portable(nativeEnding(command, cwd), cwd), own);
    assert.deepEqual(own, recorded(folder));
  });
}

function nativeEnding({ arguments: argv, env = {}, stdin = '' }: Command, cwd: string): Ending {
  const guard = nativeGuard();
  assert.ok(guard.path !== undefined && guard.version === '3.2.0', 'recording needs native cfn-guard 3.2.0');
  const { stdout, stderr, status } = spawnSync(guard.path, argv, {
    cwd,
    env,
    input: stdin,
    encoding: 'utf8',
  });
  return { stdout, stderr, exitCode: status ?? -1 };
}

/** Without what differs from run to run: where the workspace is, elapsed times, and a compiler's way to print types. */
function portable({ stdout, stderr, exitCode }: Ending, cwd: string): Ending {
  const text = (raw: string) =>
    raw
      .replaceAll(cwd, '<workspace>')
      .replaceAll(cwd.slice(1), '<workspace>')
      .replaceAll(/(<test[a-z]+ .*)time="\d+"/g, '$1time="0"')
      .replaceAll("<'_>#disjunction", '#disjunction');
  return { stdout: text(stdout), stderr: text(stderr), exitCode };
}

/** The native tool leaves some orders to chance: of several runs the one in document order is kept, if there is one. */
function record(folder: string, native: () => Ending, own: Ending): void {
  let ending = native();
  assert.notEqual(ending.exitCode, 101, 'the native tool crashed');
  for (let attempt = 0; attempt < 40 && !isDeepStrictEqual(ending, own); attempt++) ending = native();
  writeFileSync(join(folder, 'stdout.txt'), ending.stdout);
  writeFileSync(join(folder, 'stderr.txt'), ending.stderr);
  writeFileSync(join(folder, 'exit-code.txt'), `${ending.exitCode}\n`);
}

function recorded(folder: string): Ending {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return {
    stdout: read('stdout.txt'),
    stderr: read('stderr.txt'),
    exitCode: Number(read('exit-code.txt')),
  };
}
