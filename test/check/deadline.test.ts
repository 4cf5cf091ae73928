import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { DeadlineError, withDeadline } from '../../src/check/deadline.ts';
import { withRepo } from '../support/repo.ts';

test('work gives its result, and errors pass through as they are', () => {
  assert.equal(
    withDeadline(60, () => 7),
    7,
  );
  const error = new RangeError('mine');
  assert.throws(
    () =>
      withDeadline(60, () => {
        throw error;
      }),
    (thrown) => thrown === error,
  );
});

test('work that does not end is given up, also in the middle of a pattern', () => {
  const endless = () => {
    for (;;);
  };
  assert.throws(() => withDeadline(0.05, endless), DeadlineError);
  assert.throws(() => withDeadline(0.05, () => /^(a+)+$/.test(`${'a'.repeat(60)}!`)), DeadlineError);
});

const RESOURCES = Array.from({ length: 80 }, (_, at) => `  R${at}:\n    Type: AWS::ECS::Cluster\n`).join('');
/** Looks at all resources for each of all resources, and so on. */
const ENDLESS = `let all = Resources.*
rule endless { %all[ %all[ %all[ %all[ %all[ Type exists ] !empty ] !empty ] !empty ] !empty ] !empty }
`;

test('rules that take too long are an error of the file, and other files are judged', async (t) => {
  const repo = withRepo(t);
  repo.write('endless.guard', ENDLESS);
  repo.write('large.yml', `Resources:\n${RESOURCES}`);
  repo.write('small.yml', 'Resources:\n  R:\n    Type: AWS::ECS::Cluster\n');
  const { templates, diagnostics } = await check({
    cwd: repo.path,
    env: { ...repo.env, ECS_GUARD_TIMEOUT: '0.1' },
    paths: ['large.yml', 'small.yml'],
    packs: [],
    rules: ['endless.guard'],
    elapsed: () => 0,
  });
  assert.deepEqual(templates, [
    { path: 'large.yml', status: 'ERROR' },
    { path: 'small.yml', status: 'PASS' },
  ]);
  assert.deepEqual(
    diagnostics.map(({ file, message }) => `${file}: ${message}`),
    ['large.yml: judging it took more than 2.1 seconds, so it was given up'],
  );
});

test('a time limit that is none is refused', async (t) => {
  const repo = withRepo(t);
  const request = { cwd: repo.path, paths: [], elapsed: () => 0 };
  for (const limit of ['0', '-1', 'long', '1e9'])
    await assert.rejects(
      check({ ...request, env: { ...repo.env, ECS_GUARD_TIMEOUT: limit } }),
      /ECS_GUARD_TIMEOUT/,
    );
});
