import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GOOD_TASK } from '../bench/templates.ts';
import { withRepo } from './support/repo.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PROGRAM = [process.execPath, '--import', import.meta.resolve('tsx'), `${ROOT}src/bin.ts`] as const;

/** More than a pipe holds. */
const VIOLATIONS = 2000;

/** A repository in which `check all.yml` has that many violations. */
function careless(t: Parameters<typeof withRepo>[0]): string {
  const repo = withRepo(t);
  const task = GOOD_TASK.split('\n').slice(2).join('\n').replace("'1000:1000'", 'root');
  const tasks = Array.from({ length: VIOLATIONS }, (_, at) => task.replace('Task:', `Task${at}:`));
  repo.write('all.yml', `Resources:\n${tasks.join('')}`);
  return repo.path;
}

/** Runs a program whose standard output blocks nobody, as parents in Node may leave theirs behind. */
const UNBLOCK = `
  const child = require('node:child_process').spawn(process.argv[1], process.argv.slice(2), { stdio: 'inherit' });
  process.stdout.on('error', () => {});
  child.on('exit', (code) => { process.exitCode = code; });
`;

test('a slow reader gets all of a long report, even through a pipe that blocks nobody', async (t) => {
  const argv = ['-e', UNBLOCK, ...PROGRAM, 'check', '--no-cache', 'all.yml'];
  const child = spawn(process.execPath, argv, { cwd: careless(t) });
  const ended = once(child, 'close');
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    await setTimeout(10);
  }
  assert.equal(text.split('\n').filter((line) => line.includes('tasks_denied_root_user')).length, VIOLATIONS);
  assert.deepEqual(await ended, [1, null]);
});

test('a reader that goes away changes nothing about the exit code', {
  skip: process.platform === 'win32',
}, (t) => {
  const run = `{ ${PROGRAM.map((part) => `'${part}'`).join(' ')} check --no-cache all.yml; echo $? >&2; } | head -1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', run], { cwd: careless(t), encoding: 'utf8' });
  assert.equal(stdout.split('\n').length, 2);
  assert.match(stderr, /^1$/m);
});
