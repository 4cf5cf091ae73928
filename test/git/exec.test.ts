import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runGit } from '../../src/git/exec.ts';
import { GitError } from '../../src/git/git-error.ts';
import { DiagnosticError } from '../../src/source/diagnostic.ts';
import { temporaryFolder, withRepo } from '../support/repo.ts';

test('output comes back untrimmed and undecoded', async (t) => {
  const repo = withRepo(t);
  const input = Buffer.from('\n \xff\0 \n', 'latin1');
  repo.write('odd', input);
  const id = repo.git('hash-object', '-w', 'odd').stdout.trim();
  assert.deepEqual(await runGit({ cwd: repo.path, env: repo.env }, ['cat-file', 'blob', id]), input);
});

test('a failure carries the command, the exit code and what git said', async (t) => {
  const repo = withRepo(t);
  const error = await runGit({ cwd: repo.path, env: repo.env }, ['rev-parse', '--verify', 'nope']).catch(
    (error: unknown) => error,
  );
  assert.ok(error instanceof GitError);
  assert.deepEqual(error.failure, {
    command: ['rev-parse', '--verify', 'nope'],
    exitCode: 128,
    stdout: Buffer.alloc(0),
    stderr: 'fatal: Needed a single revision\n',
  });
  assert.equal(error.message, '`git rev-parse` failed: Needed a single revision');
});

test('messages are understood in any language', async (t) => {
  const env = { ...withRepo(t).env, LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' };
  await assert.rejects(runGit({ cwd: temporaryFolder(t), env }, ['rev-parse', '--git-dir']), {
    message: 'this is not a git repository',
  });
});

test('a machine without git is told what to install', async (t) => {
  const cwd = temporaryFolder(t);
  await assert.rejects(runGit({ cwd, env: { PATH: cwd } }, ['version']), (error) => {
    assert.ok(error instanceof GitError);
    assert.equal(error.message, 'git was not found');
    assert.match(error.diagnostic.help ?? '', /PATH/);
    return true;
  });
});

test('a folder that does not exist is not taken for a missing git', async (t) => {
  const cwd = join(temporaryFolder(t), 'gone');
  await assert.rejects(runGit({ cwd, env: process.env }, ['version']), (error) => {
    assert.ok(error instanceof DiagnosticError);
    assert.equal(error.message, `the folder \`${cwd}\` does not exist`);
    return true;
  });
});

test('a git that a signal ends, or that does not read its input, is a failure', async (t) => {
  const folder = temporaryFolder(t);
  const repo = withRepo(t);
  const env = { ...repo.env, PATH: `${folder}:${repo.env.PATH}` };
  writeFileSync(join(folder, 'git'), '#!/bin/sh\nkill -9 $$\n', { mode: 0o755 });
  await assert.rejects(runGit({ cwd: folder, env }, ['cat-file', '--batch'], 'x\n'.repeat(1_000_000)), {
    message: '`git cat-file` failed: SIGKILL',
  });
});
