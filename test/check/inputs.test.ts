import assert from 'node:assert/strict';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readContents } from '../../src/check/contents.ts';
import { indexInputs } from '../../src/check/index-inputs.ts';
import type { Inputs } from '../../src/check/inputs.ts';
import { namedInputs } from '../../src/check/named-inputs.ts';
import { findWorktreeIfAny } from '../../src/check/repository.ts';
import type { GitPlace } from '../../src/git/exec.ts';
import { findWorktree, type Worktree } from '../../src/git/worktree.ts';
import { type Repo, temporaryFolder, withRepo } from '../support/repo.ts';

async function staged(repo: Repo, folder = '.') {
  const place = { cwd: repo.at(folder), env: repo.env };
  const worktree = await findWorktree(place);
  return contents(place, worktree, await indexInputs(place, worktree, 'staged'));
}

async function named(repo: Repo, paths: string[], folder = '.') {
  const place = { cwd: repo.at(folder), env: repo.env };
  const worktree = await findWorktreeIfAny(place);
  return contents(place, worktree, await namedInputs(place, worktree, paths));
}

async function contents(place: GitPlace, worktree: Worktree | null, inputs: Inputs) {
  const { files, diagnostics } = await readContents(place, worktree, inputs.files);
  return {
    files: Object.fromEntries(files.map(({ input, bytes }) => [input.path, bytes.toString()])),
    staged: inputs.staged,
    diagnostics: [...inputs.diagnostics, ...diagnostics].map(({ message }) => message),
  };
}

test('staged content counts, whatever became of the file on disk', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'edited.yml': 'staged', 'deleted.yml': 'staged too', 'notes.md': 'text' });
  repo.write('edited.yml', 'edited');
  rmSync(repo.at('deleted.yml'));
  repo.write('untracked.yml', 'untracked');
  const expected = { 'deleted.yml': 'staged too', 'edited.yml': 'staged' };
  assert.deepEqual(await staged(repo), { files: expected, staged: true, diagnostics: [] });
});

test('everything staged is judged from any folder, and named as seen from there', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a/one.yml': '1', 'b/two.json': '2' });
  assert.deepEqual((await staged(repo, 'a')).files, { 'one.yml': '1', '../b/two.json': '2' });
});

test('of a named file the staged content counts when it has any, and the disk otherwise', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'staged.yml': 'staged' });
  repo.write('staged.yml', 'edited');
  repo.write('loose.yml', 'loose');
  assert.deepEqual(await named(repo, ['staged.yml', 'loose.yml']), {
    files: { 'loose.yml': 'loose', 'staged.yml': 'staged' },
    staged: false,
    diagnostics: [],
  });
  assert.deepEqual(await named(repo, [repo.at('staged.yml')]), {
    files: { 'staged.yml': 'staged' },
    staged: true,
    diagnostics: [],
  });
});

test('a named file that is staged and gone from disk is still judged', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'folder/gone.yml': 'staged' });
  rmSync(repo.at('folder'), { recursive: true });
  const expected = { 'folder/gone.yml': 'staged' };
  assert.deepEqual((await named(repo, ['folder/gone.yml'])).files, expected);
  assert.deepEqual((await named(repo, ['folder'])).files, expected);
});

test('a named folder stands for what may be a template below it', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'infra/deep/staged.template': 'staged', 'other.yml': 'other' });
  repo.write('infra/loose.json', 'loose');
  repo.write('infra/readme.md', 'text');
  repo.write('infra/node_modules/package/own.yml', 'foreign');
  assert.deepEqual((await named(repo, ['infra'])).files, {
    'infra/loose.json': 'loose',
    'infra/deep/staged.template': 'staged',
  });
});

test('a named file is taken whatever it is called, and once however often it is named', async (t) => {
  const repo = withRepo(t);
  repo.write('stack.txt', 'text');
  assert.deepEqual((await named(repo, ['stack.txt', './stack.txt', repo.at('stack.txt')])).files, {
    'stack.txt': 'text',
  });
});

test('a path through a symbolic link finds the staged content', {
  skip: process.platform === 'win32',
}, async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'infra/a.yml': 'staged' });
  repo.write('infra/a.yml', 'edited');
  const link = join(temporaryFolder(t), 'link');
  symlinkSync(repo.path, link);
  assert.deepEqual((await named(repo, [join(link, 'infra/a.yml')])).files, { 'infra/a.yml': 'staged' });
});

test('a path that does not exist is a diagnostic, and the others are still read', async (t) => {
  const repo = withRepo(t);
  repo.write('worker.yml', 'text');
  const { files, diagnostics } = await named(repo, ['wroker.yml', 'worker.yml']);
  assert.deepEqual(files, { 'worker.yml': 'text' });
  assert.deepEqual(diagnostics, ['there is no file or folder `wroker.yml`']);
});

test('a path that cannot be looked at is a diagnostic, and the others are still read', {
  skip: process.platform === 'win32',
}, async (t) => {
  const repo = withRepo(t);
  repo.write('worker.yml', 'text');
  symlinkSync('loop.yml', repo.at('loop.yml'));
  const { files, diagnostics } = await named(repo, ['loop.yml', 'x'.repeat(300), 'worker.yml']);
  assert.deepEqual(files, { 'worker.yml': 'text' });
  assert.deepEqual(diagnostics, ['it cannot be read: ELOOP', 'it cannot be read: ENAMETOOLONG']);
});

test('a folder that nobody may look into is a diagnostic, and what is beside it is still read', {
  skip: process.platform === 'win32' || process.getuid?.() === 0,
}, async (t) => {
  const repo = withRepo(t);
  repo.write('infra/worker.yml', 'text');
  repo.write('infra/locked/a.yml', 'text');
  chmodSync(repo.at('infra/locked'), 0);
  const { files, diagnostics } = await named(repo, ['infra']);
  chmodSync(repo.at('infra/locked'), 0o700);
  assert.deepEqual(files, { 'infra/worker.yml': 'text' });
  assert.deepEqual(diagnostics, ['it cannot be read: EACCES']);
});

test('outside of a repository named files are read from disk', async (t) => {
  const folder = temporaryFolder(t);
  const repo = withRepo(t);
  repo.write('a.yml', 'text');
  rmSync(repo.at('.git'), { recursive: true });
  const place = { cwd: repo.path, env: { ...repo.env, GIT_CEILING_DIRECTORIES: folder } };
  const worktree = await findWorktreeIfAny(place);
  assert.equal(worktree, null);
  const { files, staged: allStaged } = await contents(
    place,
    worktree,
    await namedInputs(place, worktree, ['.']),
  );
  assert.deepEqual({ files, allStaged }, { files: { 'a.yml': 'text' }, allStaged: false });
});

/** What the versions before the files say, by the paths that are named. */
async function before(repo: Repo, paths: string[]) {
  const place = { cwd: repo.path, env: repo.env };
  const worktree = await findWorktreeIfAny(place);
  const { files } = await namedInputs(place, worktree, paths);
  const texts = files.map(async (input) => {
    const versions = await input.before?.();
    return [input.path, versions?.map(({ blob }) => repo.git('cat-file', 'blob', blob).stdout)] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

test('named files start from HEAD, whether they are staged, edited, moved or not known to git', async (t) => {
  const repo = withRepo(t);
  const text = 'line\n'.repeat(20);
  repo.stage({ 'staged.yml': 'staged\n', 'edited.yml': 'edited\n', 'moved.yml': text });
  repo.git('commit', '-qm', 'first');
  repo.stage({ 'staged.yml': 'changed\n' });
  repo.git('mv', 'moved.yml', 'here.yml');
  repo.write('edited.yml', 'changed\n');
  repo.write('unknown.yml', 'new\n');
  assert.deepEqual(await before(repo, ['.']), {
    'edited.yml': ['edited\n'],
    'here.yml': [text],
    'staged.yml': ['staged\n'],
    'unknown.yml': [],
  });
});

test('what a merge takes over is left out of files that a hook names, and judged when people name it', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.git('checkout', '-qb', 'side');
  repo.stage({ 'theirs.yml': 'theirs' });
  repo.git('commit', '-qm', 'side');
  repo.git('checkout', '-q', 'main');
  repo.stage({ 'ours.yml': 'ours' });
  repo.git('commit', '-qm', 'main');
  repo.git('merge', '-q', '--no-commit', 'side');
  repo.stage({ 'ours.yml': 'merged' });
  const paths = ['ours.yml', 'theirs.yml'];
  assert.deepEqual((await named(repo, paths)).files, { 'ours.yml': 'merged', 'theirs.yml': 'theirs' });
  assert.deepEqual(await before(repo, ['theirs.yml']), { 'theirs.yml': ['theirs'] });
  const place = { cwd: repo.path, env: { ...repo.env, GIT_INDEX_FILE: repo.at('.git/index') } };
  const worktree = await findWorktree(place);
  const inputs = await namedInputs(place, worktree, paths);
  assert.deepEqual(
    inputs.files.map(({ path }) => path),
    ['ours.yml'],
  );
});
