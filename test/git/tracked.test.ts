import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { trackedFiles } from '../../src/git/tracked.ts';
import { withRepo } from '../support/repo.ts';

test('all files of the index are listed from any folder, by what is staged of them', async (t) => {
  for (const objectFormat of ['sha1', 'sha256'] as const) {
    const repo = withRepo(t, { objectFormat, committed: true });
    repo.stage({ 'a.yml': 'staged\n', 'deep/er/b.yml': '', 'two\nlines\t.yml': '', 'ü.yml': '' });
    repo.write('a.yml', 'edited\n');
    repo.write('untracked.yml', '');
    symlinkSync('a.yml', repo.at('link.yml'));
    repo.git('add', 'link.yml');
    const expected = ['README.md', 'a.yml', 'deep/er/b.yml', 'two\nlines\t.yml', 'ü.yml'];
    for (const cwd of [repo.path, repo.at('deep/er')]) {
      const files = await trackedFiles({ cwd, env: repo.env }, repo.path);
      assert.deepEqual(
        files.map(({ path }) => path),
        expected,
      );
      assert.equal(repo.git('cat-file', 'blob', files[1]?.blob ?? '').stdout, 'staged\n');
    }
  }
});

test('files that are not merged yet are left out', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.git('checkout', '-qb', 'side');
  repo.stage({ 'README.md': 'side\n' });
  repo.git('commit', '-qm', 'side');
  repo.git('checkout', '-q', 'main');
  repo.stage({ 'README.md': 'main\n', 'a.yml': '' });
  repo.git('commit', '-qm', 'main');
  assert.equal(repo.tryGit(['merge', '-q', 'side']).status, 1);
  const files = await trackedFiles({ cwd: repo.path, env: repo.env }, repo.path);
  assert.deepEqual(
    files.map(({ path }) => path),
    ['a.yml'],
  );
});
