import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findRepository, mainWorktree } from '../../src/git/repository.ts';
import { openRepo, withRepo } from '../support/repo.ts';

test('folders are absolute, also when asked from a subfolder', async (t) => {
  const repo = withRepo(t);
  repo.write('deep/er/file', '');
  assert.deepEqual(await findRepository({ cwd: repo.at('deep/er'), env: repo.env }), {
    top: repo.path,
    commonDirectory: repo.at('.git'),
    hooks: repo.at('.git/hooks'),
  });
});

test('core.hooksPath decides where hooks are', async (t) => {
  const repo = withRepo(t);
  repo.git('config', 'core.hooksPath', '.githooks');
  assert.equal((await findRepository({ cwd: repo.path, env: repo.env })).hooks, repo.at('.githooks'));
});

test('a linked worktree shares the hooks of the main one', async (t) => {
  const repo = withRepo(t, { committed: true });
  const linked = openRepo(join(repo.path, '..', 'linked tree'), repo.env);
  repo.git('worktree', 'add', '-q', '-b', 'linked', linked.path);
  const place = { cwd: linked.path, env: repo.env };
  assert.deepEqual(await findRepository(place), {
    top: linked.path,
    commonDirectory: repo.at('.git'),
    hooks: repo.at('.git/hooks'),
  });
  assert.equal(await mainWorktree(place), repo.path);
});
