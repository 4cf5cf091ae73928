import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { readCopy } from '../../src/git/worktree-copy.ts';
import { type Repo, withRepo } from '../support/repo.ts';

const idOf = (repo: Repo, path: string) => repo.git('rev-parse', `:${path}`).stdout.trim();

test('a staged file is read from where it was staged, however long it is', async (t) => {
  const repo = withRepo(t);
  for (const length of [0, 1, 16 * 1024, 16 * 1024 + 1, 1_000_000]) {
    const content = Buffer.alloc(length, 'Resources: {}\n');
    repo.stage({ 'a.yml': content });
    assert.deepEqual(await readCopy(repo.at('a.yml'), idOf(repo, 'a.yml')), content);
  }
});

test('what git stored counts, where it gives files the line ends of Windows', async (t) => {
  const repo = withRepo(t);
  repo.git('config', 'core.autocrlf', 'true');
  repo.stage({ 'a.yml': 'a: 1\r\nb: 2\r\n' });
  assert.equal(String(await readCopy(repo.at('a.yml'), idOf(repo, 'a.yml'))), 'a: 1\nb: 2\n');
});

test('a file that holds anything else is not taken for what was staged', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'a: 1\n' });
  for (const other of ['a: 2\n', 'a: 1', 'a: 1\r\n\r\n', '']) {
    repo.write('a.yml', other);
    assert.equal(await readCopy(repo.at('a.yml'), idOf(repo, 'a.yml')), undefined);
  }
});

test('a repository with SHA-256 object names has copies, too', async (t) => {
  const repo = withRepo(t, { objectFormat: 'sha256' });
  repo.stage({ 'a.yml': 'a: 1\n' });
  assert.equal(String(await readCopy(repo.at('a.yml'), idOf(repo, 'a.yml'))), 'a: 1\n');
});

test('nothing but a file is opened, so that nothing can make a commit wait', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'a: 1\n' });
  const id = idOf(repo, 'a.yml');
  symlinkSync('a.yml', repo.at('link.yml'));
  repo.run('mkfifo', [repo.at('pipe.yml')]);
  for (const name of ['link.yml', 'pipe.yml', 'nothing.yml', '.'])
    assert.equal(await readCopy(repo.at(name), id), undefined);
});
