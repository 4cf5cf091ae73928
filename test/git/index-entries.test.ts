import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexEntries, isPartialCommit, updateIndex, writeBlob } from '../../src/git/index-entries.ts';
import { mergeFile } from '../../src/git/merge-file.ts';
import { withRepo } from '../support/repo.ts';

test('what is stored is what was given, whatever line endings and filters git is set to', async (t) => {
  const repo = withRepo(t);
  repo.git('config', 'core.autocrlf', 'true');
  repo.write('.gitattributes', '* filter=none text\n');
  repo.git('config', 'filter.none.clean', 'echo filtered');
  const content = Buffer.from('a\r\n\0b');
  const id = await writeBlob({ cwd: repo.path, env: repo.env }, content);
  assert.equal(repo.git('cat-file', 'blob', id).stdout, content.toString());
});

test('entries keep their modes, and only those change that are given', async (t) => {
  const repo = withRepo(t);
  const place = { cwd: repo.path, env: repo.env };
  repo.write('a b.yml', 'a', 0o755);
  repo.write('[a].yml', 'b');
  repo.git('add', '.');
  const [entry] = await indexEntries(place, repo.path, ['a b.yml']);
  assert.deepEqual([entry?.path, entry?.mode], ['a b.yml', '100755']);
  const blob = await writeBlob(place, Buffer.from('new'));
  await updateIndex(place, [{ ...entry!, blob }]);
  assert.equal(repo.git('show', ':a b.yml').stdout, 'new');
  assert.equal(repo.git('show', ':[a].yml').stdout, 'b');
  assert.match(repo.git('ls-files', '--stage').stdout, /^100755 \w+ 0\ta b\.yml$/m);
});

test('files that git overlooks, or that are in conflict, have no entry to replace', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'a', 'b.yml': 'b', 'c.yml': 'c' });
  repo.git('update-index', '--assume-unchanged', 'a.yml');
  repo.git('update-index', '--skip-worktree', 'b.yml');
  const id = repo.git('rev-parse', ':c.yml').stdout.trim();
  repo.run('git', ['update-index', '--index-info'], {
    input: `0 ${'0'.repeat(40)}\tc.yml\n100644 ${id} 1\tc.yml\n`,
  });
  const found = await indexEntries({ cwd: repo.path, env: repo.env }, repo.path, ['a.yml', 'b.yml', 'c.yml']);
  assert.deepEqual(found, []);
});

test('an index that git makes for one commit is known by its name', () => {
  const partial = (file?: string) => isPartialCommit({ cwd: '/', env: { GIT_INDEX_FILE: file } });
  assert.deepEqual(
    [undefined, '.git/index', '/r/.git/index.lock', '/r/.git/next-index-123.lock'].map(partial),
    [false, false, false, true],
  );
});

test('changes of different lines come together, also where the repository of a hook is named relative to it', async (t) => {
  const repo = withRepo(t);
  const place = { cwd: repo.path, env: { ...repo.env, GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index' } };
  const base = Buffer.from('1\n2\n3\n4\n5');
  const ours = Buffer.from('one\n2\n3\n4\n5');
  const merged = await mergeFile(place, { base, ours, theirs: Buffer.from('1\n2\n3\n4\nfive') });
  assert.equal(merged?.toString(), 'one\n2\n3\n4\nfive');
  assert.equal(await mergeFile(place, { base, ours, theirs: Buffer.from('1!\n2\n3\n4\n5') }), null);
});
