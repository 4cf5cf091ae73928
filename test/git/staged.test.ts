import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readBlobs } from '../../src/git/blobs.ts';
import { GitError } from '../../src/git/git-error.ts';
import { parseRawDiff, stagedFiles } from '../../src/git/staged.ts';
import { InternalError } from '../../src/source/invariant.ts';
import { openRepo, type Repo, temporaryFolder, withRepo } from '../support/repo.ts';

const placeOf = (repo: Repo, cwd = repo.path) => ({ cwd, env: repo.env });

async function stagedPaths(repo: Repo, cwd = repo.path): Promise<string[]> {
  return (await stagedFiles(placeOf(repo, cwd))).map((file) => file.path);
}

/** Path and content of everything staged. */
async function stagedContent(repo: Repo, env: Record<string, string> = {}): Promise<Record<string, string>> {
  const place = { cwd: repo.path, env: { ...repo.env, ...env } };
  const files = await stagedFiles(place);
  const blobs = await readBlobs(place, repo.at('.git/objects'), files);
  return Object.fromEntries(files.map((file) => [file.path, String(blobs.get(file.blob))]));
}

/** Makes the next commit keep the index that git shows to hooks. Returns the path of the copy. */
function keepIndexOfCommit(repo: Repo): string {
  const copy = join(repo.path, '..', 'index-of-commit');
  repo.write('.git/hooks/pre-commit', `#!/bin/sh\ncp "$GIT_INDEX_FILE" '${copy}'\n`, 0o755);
  return copy;
}

test('nothing is staged in a fresh repository', async (t) => {
  assert.deepEqual(await stagedPaths(withRepo(t)), []);
});

test('on an unborn HEAD every file in the index is staged', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'b.yml': 'b\n', 'a.yml': 'a\n' });
  assert.deepEqual(await stagedContent(repo), { 'a.yml': 'a\n', 'b.yml': 'b\n' });
});

test('added, modified, renamed and copied files are listed, deleted and untouched ones are not', async (t) => {
  const repo = withRepo(t);
  const long = 'line\n'.repeat(50);
  repo.stage({ 'kept.yml': '1\n', 'deleted.yml': '2\n', 'modified.yml': '3\n', 'renamed.yml': long });
  repo.git('commit', '-qm', 'first');
  repo.git('rm', '-q', 'deleted.yml');
  repo.git('mv', 'renamed.yml', 'new-name.yml');
  repo.stage({ 'modified.yml': '33\n', 'added.yml': '4\n', 'copied.yml': long });
  repo.write('untracked.yml', '5\n');
  repo.git('config', 'diff.renames', 'copies');
  assert.deepEqual(await stagedContent(repo), {
    'added.yml': '4\n',
    'copied.yml': long,
    'modified.yml': '33\n',
    'new-name.yml': long,
  });
});

test('a file edited or deleted after it was staged counts with its staged content', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.stage({ 'edited.yml': 'staged\n', 'gone.yml': 'staged too\n' });
  repo.write('edited.yml', 'later\n');
  unlinkSync(repo.at('gone.yml'));
  assert.deepEqual(await stagedContent(repo), { 'edited.yml': 'staged\n', 'gone.yml': 'staged too\n' });
});

test('a change of mode alone is a change', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'a\n' });
  repo.git('commit', '-qm', 'first');
  repo.git('update-index', '--chmod=+x', 'a.yml');
  const [file] = await stagedFiles(placeOf(repo));
  assert.equal(file?.mode, '100755');
});

test('a symbolic link that becomes a file is listed; a file that becomes a link is not', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'was-file.yml': 'a\n' });
  symlinkSync('was-file.yml', repo.at('was-link.yml'));
  repo.git('add', '.');
  repo.git('commit', '-qm', 'first');
  for (const name of ['was-link.yml', 'was-file.yml']) unlinkSync(repo.at(name));
  symlinkSync('elsewhere', repo.at('was-file.yml'));
  repo.write('was-link.yml', 'b\n');
  repo.git('add', '.');
  assert.deepEqual(await stagedContent(repo), { 'was-link.yml': 'b\n' });
});

test('symbolic links and submodules are left out', async (t) => {
  const repo = withRepo(t, { committed: true });
  const other = withRepo(t, { committed: true });
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.path, 'sub.yml');
  symlinkSync('README.md', repo.at('link.yml'));
  repo.git('add', 'link.yml');
  assert.deepEqual(await stagedPaths(repo), ['.gitmodules']);
});

test('a file that is only intended to be added has nothing staged', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.write('later.yml', 'x\n');
  repo.git('add', '--intent-to-add', 'later.yml');
  assert.deepEqual(await stagedPaths(repo), []);
});

test('an empty file is staged like any other', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'empty.yml': '' });
  assert.deepEqual(await stagedContent(repo), { 'empty.yml': '' });
});

test('unmerged files are left out', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'base\n' });
  repo.git('commit', '-qm', 'base');
  repo.git('checkout', '-qb', 'side');
  repo.stage({ 'a.yml': 'side\n' });
  repo.git('commit', '-qm', 'side');
  repo.git('checkout', '-q', 'main');
  repo.stage({ 'a.yml': 'main\n' });
  repo.git('commit', '-qm', 'main');
  assert.equal(repo.tryGit(['merge', 'side']).status, 1);
  assert.deepEqual(await stagedPaths(repo), []);
});

const ODD_NAMES = [
  'with space.yml',
  ' leading and trailing ',
  'quote".yml',
  "apostrophe'.yml",
  'back\\slash.yml',
  'new\nline.yml',
  'tab\t.yml',
  'ünïcode-日本.yml',
  '-dash.yml',
  ':(glob)**.yml',
  ':!not.yml',
  'star*.yml',
  '[ab].yml',
  '$(command).yml',
];

test('odd file names come through as they are', async (t) => {
  const repo = withRepo(t);
  repo.stage(Object.fromEntries(ODD_NAMES.map((name) => [name, `content of ${name}`])));
  const content = await stagedContent(repo);
  assert.deepEqual(Object.keys(content).sort(), [...ODD_NAMES].sort());
  for (const name of ODD_NAMES) assert.equal(content[name], `content of ${name}`);
});

test('a name that is not UTF-8 is shown with its bytes escaped', async (t) => {
  const repo = withRepo(t);
  const bytes = Buffer.from('caf\xe9.yml', 'latin1');
  const blob = repo.run('git', ['hash-object', '-w', '--stdin'], { input: 'x\n' }).stdout.trim();
  const entry = Buffer.concat([Buffer.from(`100644 ${blob}\t`), bytes, Buffer.from('\0')]);
  repo.run('git', ['update-index', '-z', '--index-info'], { input: entry });
  const [file] = await stagedFiles(placeOf(repo));
  assert.equal(file?.path, 'caf\\351.yml');
  assert.equal(file?.blob, blob);
});

test('from a subfolder the whole repository is listed, with paths from its top', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': '', 'deep/er/b.yml': '' });
  repo.git('config', 'diff.relative', 'true');
  assert.deepEqual(await stagedPaths(repo, repo.at('deep/er')), ['a.yml', 'deep/er/b.yml']);
});

test('a repository with SHA-256 object names works', async (t) => {
  const repo = withRepo(t, { objectFormat: 'sha256' });
  repo.stage({ 'a.yml': 'a\n' });
  const [file] = await stagedFiles(placeOf(repo));
  assert.equal(file?.blob.length, 64);
  assert.deepEqual(await stagedContent(repo), { 'a.yml': 'a\n' });
});

test('a detached HEAD is compared with like a branch', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.git('checkout', '-q', '--detach');
  repo.stage({ 'a.yml': 'a\n' });
  assert.deepEqual(await stagedPaths(repo), ['a.yml']);
});

test('a linked worktree has its own staged files', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.stage({ 'main.yml': '' });
  const linked = openRepo(join(repo.path, '..', 'linked'), repo.env);
  repo.git('worktree', 'add', '-q', linked.path);
  linked.stage({ 'linked.yml': '' });
  assert.deepEqual(await stagedPaths(repo), ['main.yml']);
  assert.deepEqual(await stagedPaths(linked), ['linked.yml']);
});

test('inside a submodule its own index counts', async (t) => {
  const repo = withRepo(t, { committed: true });
  const other = withRepo(t, { committed: true });
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.path, 'sub');
  const sub = openRepo(repo.at('sub'), repo.env);
  sub.stage({ 'a.yml': 'in submodule\n' });
  assert.deepEqual(await stagedContent(sub), { 'a.yml': 'in submodule\n' });
});

test('a sparse checkout lists staged files that are not on disk', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'in/a.yml': '1\n', 'out/b.yml': '1\n' });
  repo.git('commit', '-qm', 'first');
  repo.git('sparse-checkout', 'set', '--sparse-index', 'in');
  const blob = repo.run('git', ['hash-object', '-w', '--stdin'], { input: '2\n' }).stdout.trim();
  repo.git('update-index', '--add', '--cacheinfo', `100644,${blob},out/b.yml`);
  assert.deepEqual(await stagedContent(repo), { 'out/b.yml': '2\n' });
});

test('the index that git names in GIT_INDEX_FILE is the one that is read', async (t) => {
  for (const [args, expected] of [
    [['-a'], { 'a.yml': 'changed\n', 'b.yml': 'changed\n' }],
    [['--', 'b.yml'], { 'b.yml': 'changed\n' }],
  ] as const)
    await t.test(`git commit ${args.join(' ')}`, async (t) => {
      const repo = withRepo(t);
      repo.stage({ 'a.yml': '1\n', 'b.yml': '1\n' });
      repo.git('commit', '-qm', 'first');
      repo.stage({ 'a.yml': 'changed\n' });
      repo.write('b.yml', 'changed\n');
      const GIT_INDEX_FILE = keepIndexOfCommit(repo);
      assert.equal(repo.commit(...args).status, 0);
      repo.git('reset', '-q', '--soft', 'HEAD~');
      assert.deepEqual(await stagedContent(repo, { GIT_INDEX_FILE }), expected);
    });
});

test('a relative GIT_INDEX_FILE is taken from the top of the worktree, also in a subfolder', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'deep/a.yml': '' });
  renameSync(repo.at('.git/index'), repo.at('.git/other-index'));
  const place = { cwd: repo.at('deep'), env: { ...repo.env, GIT_INDEX_FILE: '.git/other-index' } };
  assert.deepEqual(
    (await stagedFiles(place)).map((file) => file.path),
    ['deep/a.yml'],
  );
});

test('GIT_DIR and GIT_WORK_TREE are honoured', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': '' });
  const env = { ...repo.env, GIT_DIR: repo.at('.git'), GIT_WORK_TREE: repo.path };
  const [file] = await stagedFiles({ cwd: temporaryFolder(t), env });
  assert.equal(file?.path, 'a.yml');
});

test('configuration cannot change the list', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'deep/ü b.yml': 'line\n'.repeat(30), 'z.yml': '' });
  const before = await stagedFiles(placeOf(repo));
  const hostile = {
    'core.quotePath': 'true',
    'core.fsmonitor': 'touch ran',
    'core.abbrev': '4',
    'core.pager': 'false',
    'color.ui': 'always',
    'color.diff': 'always',
    'diff.external': 'false',
    'diff.noPrefix': 'true',
    'diff.orderFile': '/nonexistent',
    'diff.relative': 'true',
    'diff.renames': 'copies',
  };
  for (const [name, value] of Object.entries(hostile)) repo.git('config', name, value);
  const env = {
    ...repo.env,
    GIT_EXTERNAL_DIFF: 'false',
    GIT_ICASE_PATHSPECS: '1',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'diff.orderFile',
    GIT_CONFIG_VALUE_0: '/also-nonexistent',
  };
  assert.deepEqual(await stagedFiles({ cwd: repo.at('deep'), env }), before);
  assert.throws(() => repo.read('ran'), { code: 'ENOENT' });
});

test('listing writes nothing: the index keeps its bytes, although its times are stale', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.stage({ 'a.yml': 'a\n' });
  repo.write('a.yml', 'a\n');
  const before = repo.run('cat', ['.git/index']).stdout;
  mkdirSync(repo.at('.git/index.lock'));
  assert.deepEqual(await stagedPaths(repo), ['a.yml']);
  assert.equal(repo.run('cat', ['.git/index']).stdout, before);
});

async function failure(t: TestContext, act: (folder: string) => Promise<unknown>) {
  const folder = temporaryFolder(t);
  try {
    await act(folder);
  } catch (error) {
    assert.ok(error instanceof GitError);
    assert.equal(error.diagnostic.code, 'git');
    return error.diagnostic;
  }
  assert.fail('expected a git error');
}

test('outside of a repository the trouble is named, with a way out', async (t) => {
  const env = withRepo(t).env;
  const diagnostic = await failure(t, (cwd) => stagedFiles({ cwd, env }));
  assert.equal(diagnostic.message, 'this is not a git repository');
  assert.match(diagnostic.help ?? '', /git init/);
});

test("another person's repository needs safe.directory, and the exact command is given", async (t) => {
  const repo = withRepo(t);
  const env = { ...repo.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
  const diagnostic = await failure(t, () => stagedFiles({ cwd: repo.path, env }));
  assert.equal(diagnostic.message, `git does not trust \`${repo.path}\`, because another user owns it`);
  assert.equal(diagnostic.help, `git config --global --add safe.directory '${repo.path}'`);
});

test('a corrupt index is trouble, not an empty list', async (t) => {
  const repo = withRepo(t);
  writeFileSync(repo.at('.git/index'), 'garbage that is longer than a header of an index');
  const diagnostic = await failure(t, () => stagedFiles(placeOf(repo)));
  assert.equal(diagnostic.message, 'git cannot read its index');
});

test('when the commit of HEAD is missing, everything in the index counts as staged', async (t) => {
  const repo = withRepo(t, { committed: true });
  const head = repo.git('rev-parse', 'HEAD').stdout.trim();
  rmSync(repo.at(`.git/objects/${head.slice(0, 2)}/${head.slice(2)}`));
  assert.deepEqual(await stagedPaths(repo), ['README.md']);
});

test('a HEAD that cannot be read is trouble, not an empty list', async (t) => {
  const repo = withRepo(t, { committed: true });
  const tree = repo.git('rev-parse', 'HEAD^{tree}').stdout.trim();
  rmSync(repo.at(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`));
  repo.stage({ 'a.yml': '' });
  const diagnostic = await failure(t, () => stagedFiles(placeOf(repo)));
  assert.match(diagnostic.message, /^`git diff` failed: /);
});

test('a record of an unknown form is a bug, not a file less', () => {
  const ids = `${'0'.repeat(40)} ${'a'.repeat(40)}`;
  assert.equal(parseRawDiff(Buffer.from(`:000000 100644 ${ids} A\0a.yml\0`)).length, 1);
  for (const record of [
    `:000000 100644 ${ids} X\0a.yml\0`,
    `:000000 100644 ${ids} A\0cut short`,
    `:100644 100644 ${ids} R100\0only-one-path.yml\0`,
    'nonsense\0a.yml\0',
  ])
    assert.throws(() => parseRawDiff(Buffer.from(record)), InternalError);
});

test('content without an object id is not listed', () => {
  const zeros = '0'.repeat(40);
  assert.deepEqual(parseRawDiff(Buffer.from(`:000000 100644 ${zeros} ${zeros} A\0a.yml\0`)), []);
});
