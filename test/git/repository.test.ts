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
    objects: repo.at('.git/objects'),
    mergeHead: repo.at('.git/MERGE_HEAD'),
  });
});

test('core.hooksPath decides where hooks are, and is relative to the top', async (t) => {
  const repo = withRepo(t);
  repo.write('deep/file', '');
  repo.git('config', 'core.hooksPath', '.githooks');
  for (const cwd of [repo.path, repo.at('deep')])
    assert.equal((await findRepository({ cwd, env: repo.env })).hooks, repo.at('.githooks'));
});

test('a linked worktree shares the hooks of the main one', async (t) => {
  const repo = withRepo(t, { committed: true });
  const linked = openRepo(join(repo.path, '..', 'linked tree'), repo.env);
  repo.git('worktree', 'add', '-q', '-b', 'linked', linked.path);
  assert.deepEqual(await findRepository({ cwd: linked.path, env: repo.env }), {
    top: linked.path,
    commonDirectory: repo.at('.git'),
    hooks: repo.at('.git/hooks'),
    objects: repo.at('.git/objects'),
    mergeHead: repo.at('.git/worktrees/linked-tree/MERGE_HEAD'),
  });
});

test('the main worktree is found from a linked one, and from itself', async (t) => {
  const repo = withRepo(t, { committed: true });
  const linked = repo.at('../linked');
  repo.git('worktree', 'add', '-q', '-b', 'linked', linked);
  for (const cwd of [repo.path, linked]) assert.equal(await mainWorktree({ cwd, env: repo.env }), repo.path);
});

test('a submodule is a repository of its own', async (t) => {
  const repo = withRepo(t, { committed: true });
  const other = withRepo(t, { committed: true });
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.path, 'sub');
  assert.deepEqual(await findRepository({ cwd: repo.at('sub'), env: repo.env }), {
    top: repo.at('sub'),
    commonDirectory: repo.at('.git/modules/sub'),
    hooks: repo.at('.git/modules/sub/hooks'),
    objects: repo.at('.git/modules/sub/objects'),
    mergeHead: repo.at('.git/modules/sub/MERGE_HEAD'),
  });
});

test('names with line breaks and blanks at their ends come through', async (t) => {
  const outer = withRepo(t);
  const repo = openRepo(outer.at(' two\nlines '), outer.env);
  outer.write(' two\nlines /deep/file', '');
  repo.git('init', '-q');
  assert.deepEqual(await findRepository({ cwd: repo.at('deep'), env: repo.env }), {
    top: repo.path,
    commonDirectory: repo.at('.git'),
    hooks: repo.at('.git/hooks'),
    objects: repo.at('.git/objects'),
    mergeHead: repo.at('.git/MERGE_HEAD'),
  });
});

test('a bare repository has no worktree', async (t) => {
  const repo = withRepo(t);
  repo.git('init', '-q', '--bare', '../bare');
  await assert.rejects(
    findRepository({ cwd: repo.at('../bare'), env: repo.env }),
    /must be run in a work tree/,
  );
});
