import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gitVersion, parseGitVersion, runsConfiguredHooks } from '../../src/git/version.ts';
import { withRepo } from '../support/repo.ts';

test('versions of all builds of git are read', () => {
  for (const [text, major, minor] of [
    ['git version 2.39.5\n', 2, 39],
    ['git version 2.54.0.windows.1\n', 2, 54],
    ['git version 2.50.1 (Apple Git-155)\n', 2, 50],
    ['git version 2.54.0-rc1\n', 2, 54],
    ['git version 2.54.GIT\n', 2, 54],
    ['git version 2.55.0.123.gabcdef\n', 2, 55],
    ['git version 3.0\n', 3, 0],
  ] as const)
    assert.deepEqual(parseGitVersion(text), { major, minor }, text);
});

test('what is no version is none', () => {
  for (const text of [
    '',
    'git version',
    'git version 2',
    'hub version 2.54.0',
    'git version unknown',
    '2.54.0',
  ])
    assert.equal(parseGitVersion(text), null, text);
});

test('hooks in the configuration are run since 2.54', () => {
  const runs = (major: number, minor: number) => runsConfiguredHooks({ major, minor });
  assert.deepEqual([runs(2, 53), runs(2, 9), runs(1, 99)], [false, false, false]);
  assert.deepEqual([runs(2, 54), runs(2, 100), runs(3, 0)], [true, true, true]);
  assert.equal(runsConfiguredHooks(null), false);
});

test('the git of this machine has a version', async (t) => {
  const { path: cwd, env } = withRepo(t);
  assert.notEqual(await gitVersion({ cwd, env }), null);
});
