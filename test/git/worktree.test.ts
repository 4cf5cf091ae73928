import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIXED_ARGUMENTS } from '../../src/git/exec.ts';
import { LIST_POLICY_FILES } from '../../src/git/policy-files.ts';
import { ASK_REPOSITORY } from '../../src/git/repository.ts';
import { LIST_STAGED } from '../../src/git/staged.ts';
import { findWorktree, worktreeFromAnswers } from '../../src/git/worktree.ts';
import { withRepo } from '../support/repo.ts';

test('answers gathered beforehand are worth as much as those that git is asked for', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.stage({
    'a.yml': 'a: 1\n',
    'two\nlines/complete.yml': 'b: 2\n',
    'two\nlines/package.json': '{}\n',
    'own.guard': '',
  });
  const ask = (args: readonly string[]) => repo.git(...FIXED_ARGUMENTS, ...args).stdout;
  const [repository, policyFiles, staged] = [ASK_REPOSITORY, LIST_POLICY_FILES, LIST_STAGED].map(ask);
  const answers = Buffer.from(`${repository}${policyFiles}${staged}complete`);
  const place = { cwd: repo.path, env: repo.env };
  const { listed, ...worktree } = worktreeFromAnswers(answers, place) ?? {};
  assert.deepEqual(worktree, await findWorktree(place));
  assert.deepEqual([`${listed?.policyFiles}`, `${listed?.staged}`], [policyFiles, staged]);
});

test('answers without their last word are not used', () => {
  for (const text of ['', 'complet', ':100644 100644 a b M\0a.yml\0']) {
    assert.equal(worktreeFromAnswers(Buffer.from(text), { cwd: '/', env: {} }), undefined, text);
  }
});
