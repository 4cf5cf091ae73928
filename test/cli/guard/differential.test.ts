import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GUARD_COMMANDS } from '../../../src/cli/guard/commands.ts';
import { nativeGuard } from '../../support/native.ts';
import { COMMAND_LINES, workspace } from './command-lines.ts';
import { type CommandLine, difference } from './compare.ts';
import { randomArguments } from './random-arguments.ts';

/*
 * The same command lines here and in native cfn-guard 3.2.0. `ECS_GUARD_SEED` chooses other random ones,
 * `ECS_GUARD_RUNS` how many.
 */

const guard = nativeGuard();
const skip =
  guard.path === undefined
    ? guard.reason
    : guard.version !== '3.2.0' && `compares with cfn-guard 3.2.0, this is ${guard.version}`;
const seed = Number(process.env.ECS_GUARD_SEED ?? 1);
const runs = Number(process.env.ECS_GUARD_RUNS ?? 150);

describe('command lines beside the native tool', { skip }, () => {
  test('print and end the same', async (t) => {
    const cwd = workspace(t);
    await expectSame(COMMAND_LINES.map((line) => ({ ...line, cwd })));
  });

  test(`are refused in the same words, whatever they say (seed ${seed})`, async (t) => {
    const cwd = workspace(t);
    const lines = randomArguments(seed, runs, GUARD_COMMANDS);
    await expectSame(lines.map((argv) => ({ arguments: argv, cwd })));
  });
});

async function expectSame(lines: readonly CommandLine[]): Promise<void> {
  const differences: string[] = [];
  for (const line of lines) {
    const found = await difference(guard.path ?? '', line);
    if (found !== undefined) differences.push(`${line.arguments.join(' ')}\n  ${found}`);
  }
  assert.deepEqual(differences, []);
}
