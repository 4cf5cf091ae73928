import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import { delimiter } from 'node:path';
import { type TestContext, test } from 'node:test';
import { changesSince, nextCommit } from '../../src/git/change.ts';
import { GitError } from '../../src/git/git-error.ts';
import { findWorktree } from '../../src/git/worktree.ts';
import { openRepo, type Repo, type RepoOptions, withRepo } from '../support/repo.ts';

/** Enough lines for git to recognise the file when one of them changes. */
const text = (name: string, line = '') => `${name}\n`.repeat(20) + line;

/** A repository with a commit of some files. */
function repoWith(t: TestContext, files: Record<string, string>, options?: RepoOptions): Repo {
  const repo = withRepo(t, options);
  repo.stage(files);
  repo.git('commit', '-qm', 'first');
  return repo;
}

/** What the next commit changes: the texts before, by path. */
async function changes(repo: Repo, env = repo.env): Promise<Record<string, string[]>> {
  const place = { cwd: repo.path, env };
  return textsBefore(repo, await nextCommit(place, await findWorktree(place)));
}

async function textsBefore(
  repo: Repo,
  files: Awaited<ReturnType<typeof nextCommit>>,
): Promise<Record<string, string[]>> {
  const entries = files.map(async (file) => {
    const texts = (await file.before()).map((id) => repo.git('cat-file', 'blob', id).stdout);
    return [file.path, texts] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

test('a modified file has the version of HEAD before it, and a new one has none', async (t) => {
  const repo = repoWith(t, { 'a.yml': 'a\n' });
  repo.stage({ 'a.yml': 'changed\n', 'new.yml': 'new\n' });
  assert.deepEqual(await changes(repo), { 'a.yml': ['a\n'], 'new.yml': [] });
});

test('on an unborn HEAD everything is new', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'a\n' });
  assert.deepEqual(await changes(repo), { 'a.yml': [] });
});

test('a file that was moved, also when it was changed on the way, has what it was before', async (t) => {
  const repo = repoWith(t, { 'old/a.yml': text('a'), 'old/b.yml': text('b'), 'c.yml': text('c') });
  repo.git('mv', 'old', 'new');
  repo.stage({ 'new/b.yml': text('b', 'more\n'), 'copy.yml': text('c') });
  assert.deepEqual(await changes(repo), {
    'new/a.yml': [text('a')],
    'new/b.yml': [text('b')],
    'copy.yml': [],
  });
});

test('renames are found whatever the configuration says of them', async (t) => {
  const repo = repoWith(t, { 'a.yml': text('a'), 'z.yml': text('z') });
  for (const [name, value] of [
    ['diff.renames', 'false'],
    ['diff.renameLimit', '1'],
    ['diff.noPrefix', 'true'],
  ] as const)
    repo.git('config', name, value);
  repo.git('mv', 'a.yml', 'b.yml');
  repo.git('mv', 'z.yml', 'y.yml');
  repo.stage({ 'b.yml': text('a', 'b\n'), 'y.yml': text('z', 'y\n') });
  assert.deepEqual(await changes(repo), { 'b.yml': [text('a')], 'y.yml': [text('z')] });
});

test('a link or a submodule is no earlier version of a file', async (t) => {
  const repo = withRepo(t);
  symlinkSync('nowhere', repo.at('link.yml'));
  repo.git('add', '.');
  repo.git('commit', '-qm', 'first');
  rmSync(repo.at('link.yml'));
  repo.stage({ 'link.yml': 'nowhere' });
  assert.deepEqual(await changes(repo), { 'link.yml': [] });
});

test('git is asked for renames once, and only when a new file has to be explained', async (t) => {
  const repo = repoWith(t, { 'a.yml': 'a\n' });
  const git = repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  repo.write('../counted/git', `#!/bin/sh\necho >>'${repo.at('../count')}'\nexec '${git}' "$@"\n`, 0o755);
  const env = { ...repo.env, PATH: repo.at('../counted') + delimiter + repo.env.PATH };
  const started = async (files: Record<string, string>) => {
    repo.stage(files);
    const place = { cwd: repo.path, env };
    const changed = await nextCommit(place, await findWorktree(place));
    repo.write('../count', '');
    await Promise.all(changed.map((file) => file.before()));
    return repo.read('../count').length;
  };
  assert.equal(await started({ 'a.yml': 'changed\n' }), 0);
  assert.equal(await started({ 'b.yml': '', 'c.yml': '', 'd.yml': '' }), 1);
});

/** Branches `main` and `side` that have both changed something. */
function diverged(t: TestContext, options?: RepoOptions): Repo {
  const files = { 'both.yml': text('both'), 'ours.yml': 'old\n', 'theirs.yml': 'old\n', 'same.yml': 'old\n' };
  const repo = repoWith(t, files, options);
  repo.git('checkout', '-qb', 'side');
  repo.stage({ 'both.yml': `side\n${text('both')}`, 'theirs.yml': 'side\n', 'added-there.yml': 'side\n' });
  repo.git('commit', '-qm', 'side');
  repo.git('checkout', '-q', 'main');
  repo.stage({ 'both.yml': text('both', 'main\n'), 'ours.yml': 'main\n' });
  repo.git('commit', '-qm', 'main');
  return repo;
}

const BOTH = { 'both.yml': [text('both', 'main\n'), `side\n${text('both')}`] };

test('a merge changes what differs from all its parents', async (t) => {
  for (const objectFormat of ['sha1', 'sha256'] as const)
    await t.test(objectFormat, async (t) => {
      const repo = diverged(t, { objectFormat });
      repo.git('merge', '-q', '--no-commit', 'side');
      assert.deepEqual(await changes(repo), BOTH);
      repo.stage({ 'same.yml': 'changed while merging\n', 'theirs.yml': 'changed as well\n' });
      assert.deepEqual(await changes(repo), {
        ...BOTH,
        'same.yml': ['old\n', 'old\n'],
        'theirs.yml': ['old\n', 'side\n'],
      });
    });
});

test('a merge in a linked worktree is known by its own note', async (t) => {
  const repo = diverged(t);
  const linked = openRepo(repo.at('../linked'), repo.env);
  repo.git('worktree', 'add', '-q', '--detach', linked.path, 'main');
  linked.git('merge', '-q', '--no-commit', 'side');
  assert.deepEqual(await changes(linked), BOTH);
  assert.deepEqual(await changes(repo), {});
});

test('a merge that does not stop is known by what git tells its hooks', async (t) => {
  const repo = diverged(t);
  repo.git('merge', '-q', '--no-commit', 'side');
  rmSync(repo.at('.git/MERGE_HEAD'));
  const side = repo.git('rev-parse', 'side').stdout.trim();
  assert.deepEqual(await changes(repo, { ...repo.env, [`GITHEAD_${side}`]: 'side' }), BOTH);
  assert.deepEqual(Object.keys(await changes(repo, { ...repo.env, GITHEAD_side: side })), [
    'added-there.yml',
    'both.yml',
    'theirs.yml',
  ]);
});

test('a merge of several branches changes what differs from each of them', async (t) => {
  const repo = repoWith(t, { 'a.yml': '0\n' });
  for (const name of ['x', 'y', 'z']) {
    repo.git('checkout', '-qb', name, 'main');
    repo.stage({ [`${name}.yml`]: `${name}\n` });
    repo.git('commit', '-qm', name);
  }
  repo.git('checkout', '-q', 'main');
  repo.git('merge', '-q', '--no-ff', '--no-commit', 'x', 'y', 'z');
  assert.deepEqual(await changes(repo), {});
  repo.stage({ 'y.yml': 'mine\n', 'a.yml': '1\n' });
  assert.deepEqual(await changes(repo), { 'a.yml': Array(4).fill('0\n'), 'y.yml': ['y\n'] });
});

test('a file that one side moved and the other one changed has both versions before it', async (t) => {
  const repo = repoWith(t, { 'a.yml': text('a') });
  repo.git('checkout', '-qb', 'side');
  repo.git('mv', 'a.yml', 'b.yml');
  repo.git('commit', '-qm', 'moved');
  repo.git('checkout', '-q', 'main');
  repo.stage({ 'a.yml': text('a', 'main\n') });
  repo.git('commit', '-qm', 'changed');
  repo.git('merge', '-q', '--no-commit', 'side');
  assert.deepEqual(await changes(repo), { 'b.yml': [text('a', 'main\n'), text('a')] });
});

test('a branch that is merged and is gone is trouble, not a commit without other parents', async (t) => {
  const repo = diverged(t);
  repo.write('.git/MERGE_HEAD', `${'1'.repeat(40)}\n`);
  await assert.rejects(changes(repo), GitError);
});

test('since a branch was left: commits and what is staged count together, renames included', async (t) => {
  const repo = diverged(t);
  const base = repo.git('merge-base', 'main', 'side').stdout.trim();
  repo.git('mv', 'both.yml', 'moved.yml');
  const files = await changesSince({ cwd: repo.path, env: repo.env }, [base]);
  assert.deepEqual(await textsBefore(repo, files), { 'moved.yml': [text('both')], 'ours.yml': ['old\n'] });
});

test('a partial clone is told what it lacks, and fetches nothing', async (t) => {
  const origin = repoWith(t, { 'a.yml': text('a') });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  origin.git('mv', 'a.yml', 'b.yml');
  origin.stage({ 'b.yml': text('a', 'b\n') });
  origin.git('commit', '-qm', 'moved');
  const clone = openRepo(origin.at('../clone'), origin.env);
  origin.git('clone', '-q', '--filter=blob:none', `file://${origin.path}`, clone.path);
  const base = clone.git('rev-parse', 'HEAD~1').stdout.trim();
  const [file] = await changesSince({ cwd: clone.path, env: clone.env }, [base]);
  await assert.rejects(
    async () => file?.before(),
    (error) => {
      assert.ok(error instanceof GitError);
      assert.match(error.message, /^this partial clone lacks object [0-9a-f]{40}, /);
      assert.match(error.diagnostic.help ?? '', /`git cat-file -e [0-9a-f]{40}`/);
      return true;
    },
  );
});
