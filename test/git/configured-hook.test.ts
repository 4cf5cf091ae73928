import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { configuredHookCommands, configureHook, unconfigureHook } from '../../src/git/configured-hook.ts';
import { GitError } from '../../src/git/git-error.ts';
import { withRepo } from '../support/repo.ts';

test('a configured hook is found, and taken back without a trace', async (t) => {
  const repo = withRepo(t);
  const place = { cwd: repo.path, env: repo.env };
  const before = repo.read('.git/config');
  assert.deepEqual(await configuredHookCommands(place), []);
  assert.equal(await unconfigureHook(place), false);
  await configureHook(place, 'pre-commit', 'run "this"\nand that');
  await configureHook(place, 'pre-merge-commit', 'run "this"\nand that');
  const setting = (name: string) =>
    repo.git('config', '--local', '--get-all', `hook.ecs-guard-staged.${name}`).stdout;
  assert.equal(setting('event'), 'pre-commit\npre-merge-commit\n');
  assert.equal(setting('command'), 'run "this"\nand that\n');
  assert.deepEqual(await configuredHookCommands(place), ['run "this"\nand that']);
  assert.equal(await unconfigureHook(place), true);
  assert.deepEqual(await configuredHookCommands(place), []);
  assert.equal(repo.read('.git/config'), before);
});

test("other people's hooks are found in every scope, and stay", async (t) => {
  const repo = withRepo(t);
  const place = { cwd: repo.path, env: repo.env };
  repo.git('config', '--global', 'hook.lint.command', 'lint');
  repo.git('config', '--global', 'hook.ecs-guard-staged.command', 'ours of all repositories');
  repo.git('config', 'hook.two.words.command', 'two words');
  repo.git('config', 'hooks.command', 'no hook');
  await configureHook(place, 'pre-commit', 'ours');
  assert.equal(await unconfigureHook(place), true);
  assert.deepEqual(await configuredHookCommands(place), ['lint', 'ours of all repositories', 'two words']);
  assert.equal(await unconfigureHook(place), false);
});

test('a configuration that cannot be read is trouble, not one without hooks', async (t) => {
  const repo = withRepo(t);
  const place = { cwd: repo.path, env: repo.env };
  writeFileSync(repo.at('.git/config'), '[');
  for (const action of [configuredHookCommands, unconfigureHook])
    await assert.rejects(action(place), GitError);
  await assert.rejects(configureHook(place, 'pre-commit', 'ours'), GitError);
});
