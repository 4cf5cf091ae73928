import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { indexEntries, isPartialCommit, updateIndex, writeBlob } from '../../src/git/index-entries.ts';
import { mergeFile } from '../../src/git/merge-file.ts';
import { DiagnosticError } from '../../src/source/diagnostic.ts';
import { temporaryFolder, withRepo } from '../support/repo.ts';

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

test('any number of files is looked up, from any folder, by names of any kind', async (t) => {
  const repo = withRepo(t);
  const names = ['-a.yml', 'ü\nz.yml', ...Array.from({ length: 250 }, (_, at) => `deep/${at}.yml`)];
  repo.stage(Object.fromEntries(names.map((name) => [name, name])));
  const found = await indexEntries({ cwd: repo.at('deep'), env: repo.env }, repo.path, names);
  assert.deepEqual(found.map(({ path }) => path).sort(), [...names].sort());
  assert.equal(found[0]?.blob, repo.git('rev-parse', ':-a.yml').stdout.trim());
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

test('what is not text is not brought together, and nothing of it stays in the folder for temporary files', async (t) => {
  const repo = withRepo(t);
  const folder = temporaryFolder(t);
  await withTemporaryFolder(folder, async () => {
    const place = { cwd: repo.path, env: repo.env };
    const [base, ours, theirs] = ['\0a', '\0b', '\0c'].map((text) => Buffer.from(text));
    assert.equal(await mergeFile(place, { base: base!, ours: ours!, theirs: theirs! }), null);
    assert.deepEqual(readdirSync(folder), []);
  });
});

test('a machine without git, or without a folder for temporary files, is told so', async (t) => {
  const folder = temporaryFolder(t);
  const content = Buffer.from('a');
  const versions = { base: content, ours: content, theirs: content };
  await assert.rejects(mergeFile({ cwd: folder, env: { PATH: folder } }, versions), {
    message: 'git was not found',
  });
  await withTemporaryFolder(`${folder}/gone`, () =>
    assert.rejects(mergeFile({ cwd: folder, env: process.env }, versions), (error) => {
      assert.ok(error instanceof DiagnosticError);
      assert.deepEqual(error.diagnostic, {
        code: 'git',
        message: `no temporary files can be made in \`${folder}/gone\`: ENOENT`,
        help: 'let the variable TMPDIR, on Windows TEMP, name a folder that you may write to',
      });
      return true;
    }),
  );
});

async function withTemporaryFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await work();
  } finally {
    process.env.TMPDIR = before;
    if (before === undefined) delete process.env.TMPDIR;
  }
}
