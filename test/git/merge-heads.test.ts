import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readMergeHeads } from '../../src/git/merge-heads.ts';
import { findRepository } from '../../src/git/repository.ts';
import { type Repo, temporaryFolder, withRepo } from '../support/repo.ts';

async function heads(repo: Repo): Promise<string[]> {
  const place = { cwd: repo.path, env: repo.env };
  return readMergeHeads((await findRepository(place)).mergeHead, place);
}

test('a merge that stopped is noted with all that is merged, until it is committed', async (t) => {
  const repo = withRepo(t, { committed: true });
  for (const name of ['x', 'y']) {
    repo.git('checkout', '-qb', name, 'main');
    repo.stage({ [name]: name });
    repo.git('commit', '-qm', name);
  }
  repo.git('checkout', '-q', 'main');
  assert.deepEqual(await heads(repo), []);
  repo.git('merge', '-q', '--no-ff', '--no-commit', 'x', 'y');
  assert.deepEqual(await heads(repo), repo.git('rev-parse', 'x', 'y').stdout.trim().split('\n'));
  repo.git('commit', '-qm', 'merged');
  assert.deepEqual(await heads(repo), []);
});

test('git tells the hooks of a merge that does not stop what is merged', async (t) => {
  const repo = withRepo(t, { committed: true });
  repo.git('checkout', '-qb', 'side');
  repo.git('commit', '-qm', 'side', '--allow-empty');
  repo.git('checkout', '-q', 'main');
  repo.git('commit', '-qm', 'main', '--allow-empty');
  repo.write('.git/hooks/pre-merge-commit', '#!/bin/sh\nls .git/MERGE_HEAD\nenv >../environment\n', 0o755);
  const { stderr } = repo.git('merge', '--no-edit', 'side');
  assert.match(stderr, /MERGE_HEAD/);
  const env = Object.fromEntries(
    repo
      .read('../environment')
      .split('\n')
      .map((line) => [line.split('=')[0], '']),
  );
  assert.deepEqual(readMergeHeads(repo.at('.git/MERGE_HEAD'), { cwd: repo.path, env }), [
    repo.git('rev-parse', 'side').stdout.trim(),
  ]);
});

test('variables that only look alike name no commit', (t) => {
  const cwd = temporaryFolder(t);
  const env = { GITHEAD_: '', GITHEAD_main: 'x', [`GITHEAD_${'a'.repeat(41)}`]: 'x', GIT_HEAD: 'x' };
  assert.deepEqual(readMergeHeads(join(cwd, 'MERGE_HEAD'), { cwd, env }), []);
});

test('a note that is not made of object ids is damaged', (t) => {
  const cwd = temporaryFolder(t);
  const file = join(cwd, 'MERGE_HEAD');
  const id = 'a'.repeat(40);
  for (const [note, ids] of [
    ['', []],
    [`${id}\n`, [id]],
    [`${id}\n${id}\n`, [id, id]],
  ] as const) {
    writeFileSync(file, note);
    assert.deepEqual(readMergeHeads(file, { cwd, env: {} }), ids);
  }
  for (const note of ['\n', 'HEAD\n', '--output=x\n', id, `${id}\n\n`, `${id}\nx\n`, `${id} x\n`]) {
    writeFileSync(file, note);
    assert.throws(() => readMergeHeads(file, { cwd, env: {} }), /note of what is being merged/);
  }
});
