import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { after, type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { packTarball, withInstalled } from '../support/installed.ts';
import { Random } from '../support/random.ts';
import { type Outcome, openRepo, type Repo } from '../support/repo.ts';
import { taskDefinition } from '../support/templates.ts';

/* What happens around the program: processes die, disks are full, and others do the same at the same time. */

const CLI = 'node_modules/ecs-guard-staged/dist/cli.cjs';
const CACHE = '.git/ecs-guard';

const tarball = packTarball({ after });

function repoWith(t: TestContext, files: Readonly<Record<string, string>>): Repo {
  const repo = withInstalled(t, tarball);
  repo.stage(files);
  return repo;
}

const TEMPLATES = Object.fromEntries(
  Array.from({ length: 8 }, (_, at) => [`t${at}.yml`, taskDefinition(at % 2 === 0 ? 'root' : 'app')]),
);

/** Everything that a run shows, without the time it took. */
function shown({ status, stdout, stderr }: Outcome): Outcome {
  return { status, stdout: stdout.replace(/\d+ ms/, 'n ms'), stderr };
}

const check = (repo: Repo, ...args: string[]) => shown(repo.run(process.execPath, [CLI, ...args]));

/** Starts the program and kills it after some milliseconds. */
async function killed(repo: Repo, args: readonly string[], delay: number): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: repo.path, env: repo.env, stdio: 'ignore' });
  const ended = once(child, 'close');
  await setTimeout(delay);
  child.kill('SIGKILL');
  await ended;
}

test('a run that is killed at any moment leaves nothing behind that changes the next one', async (t) => {
  const repo = repoWith(t, TEMPLATES);
  const expected = check(repo, '--no-cache');
  const staged = repo.git('diff', '--cached', '--raw').stdout;
  const random = new Random(8);
  for (let at = 0; at < 100; at++) {
    if (at % 10 === 0) rmSync(repo.at(CACHE), { recursive: true, force: true });
    await killed(repo, [], 20 + random.below(100));
    if (at % 10 === 9) assert.deepEqual(check(repo), expected);
  }
  assert.deepEqual(check(repo), expected);
  assert.equal(repo.git('diff', '--cached', '--raw').stdout, staged);
  assert.equal(existsSync(repo.at('.git/index.lock')), false);
  repo.git('fsck', '--strict');
});

test('setting up that is killed at any moment leaves each file as it was or as it should be', async (t) => {
  const repo = repoWith(t, {});
  const own = '#!/bin/sh\necho mine\n';
  const reset = () => {
    rmSync(repo.at('.git/hooks'), { recursive: true, force: true });
    repo.write('.git/hooks/pre-commit', own, 0o755);
  };
  reset();
  assert.equal(check(repo, 'init').status, 0);
  const done = repo.read('.git/hooks/pre-commit');
  assert.notEqual(done, own);
  const random = new Random(9);
  for (let at = 0; at < 60; at++) {
    reset();
    await killed(repo, ['init'], 30 + random.below(100));
    const found = repo.read('.git/hooks/pre-commit');
    assert.ok(found === own || found === done, JSON.stringify(found));
  }
  reset();
  check(repo, 'init');
  assert.equal(repo.read('.git/hooks/pre-commit'), done);
});

test('fifty hooks at once, in a repository and a worktree of it, all say the same', async (t) => {
  const repo = repoWith(t, TEMPLATES);
  repo.git('commit', '--quiet', '--no-verify', '--message', 'templates');
  repo.git('worktree', 'add', '--quiet', '--detach', '../other');
  const worktrees = [repo, openRepo(`${repo.path}/../other`, repo.env)];
  for (const { stage } of worktrees)
    stage({ 'new.yml': taskDefinition('root'), 't1.yml': taskDefinition('0') });
  const expected = check(repo, '--no-cache');
  const runs = Array.from({ length: 50 }, async (_, at) => {
    const { path, env } = worktrees[at % 2]!;
    const child = spawn(process.execPath, [repo.at(CLI)], { cwd: path, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    const [status] = await once(child, 'close');
    return shown({ status, stdout, stderr });
  });
  for (const run of await Promise.all(runs)) assert.deepEqual(run, expected);
  assert.deepEqual(check(repo), expected);
});

test('a disk that takes no more data costs time and nothing else', {
  skip: process.platform === 'win32',
}, (t) => {
  const repo = repoWith(t, TEMPLATES);
  const expected = check(repo, '--no-cache');
  // Every write to a file fails: the limit of the size of files is zero.
  const full = repo.run('sh', ['-c', `ulimit -f 0; trap '' XFSZ; exec "$0" ${CLI}`, process.execPath]);
  assert.deepEqual(shown(full), expected);
  assert.deepEqual(existsSync(repo.at(CACHE)) ? readdirSync(repo.at(CACHE)) : [], []);
  assert.deepEqual(check(repo), expected);
});

test('a home and a repository that cannot be written to change no answer', {
  skip: process.getuid?.() === 0,
}, (t) => {
  const repo = repoWith(t, TEMPLATES);
  const expected = check(repo, '--no-cache');
  repo.run('chmod', ['-R', 'a-w', '.git', repo.env.HOME!]);
  t.after(() => repo.run('chmod', ['-R', 'u+w', '.git', repo.env.HOME!]));
  assert.deepEqual(check(repo), expected);
});

test('a folder that is gone is no verdict', { skip: process.platform === 'win32' }, (t) => {
  const repo = repoWith(t, TEMPLATES);
  const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1"';
  const { status, stderr } = repo.run('sh', ['-c', script, process.execPath, repo.at(CLI)]);
  assert.equal(status, 2, stderr);
});
