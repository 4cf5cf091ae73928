import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { NO_STORE } from '../../src/cache/store.ts';
import { indexInputs } from '../../src/check/index-inputs.ts';
import { namedInputs } from '../../src/check/named-inputs.ts';
import { displayPath } from '../../src/check/paths.ts';
import { type Policies, policiesFor } from '../../src/check/policies.ts';
import { findWorktree } from '../../src/git/worktree.ts';
import { openRepo, type Repo, type RepoOptions, temporaryFolder, withRepo } from '../support/repo.ts';

/** The policies for what is staged, or for named files as they are on disk. */
async function policies(repo: Repo, { cwd = repo.path, paths = [] as string[] } = {}): Promise<Policies> {
  const place = { cwd, env: repo.env };
  const worktree = await findWorktree(place);
  const { files } =
    paths.length > 0
      ? await namedInputs(place, worktree, paths)
      : await indexInputs(place, worktree, 'staged');
  const where = { place, worktree, store: NO_STORE, fromIndex: paths.length === 0 };
  return policiesFor({ cwd }, where, files);
}

/** Which files go by which settings file, and by which packs. */
async function outline(...args: Parameters<typeof policies>): Promise<Record<string, [string[], string]>> {
  const found = await policies(...args);
  assert.deepEqual(found.diagnostics, []);
  return Object.fromEntries(
    found.policies.map(({ origin, selection, inputs }) => [
      origin.file ?? 'none',
      [inputs.map(({ path }) => path), selection.packs.join()],
    ]),
  );
}

const packs = (...names: string[]) => JSON.stringify({ packs: names });

function repoWith(t: TestContext, files: Record<string, string>, options?: RepoOptions): Repo {
  const repo = withRepo(t, options);
  repo.stage(files);
  return repo;
}

test('without settings there is one policy with the default pack, also when nothing is to be judged', async (t) => {
  const repo = withRepo(t);
  assert.deepEqual(await outline(repo), { none: [[], 'baseline'] });
  repo.stage({ 'a.yml': '', 'x/b.yml': '' });
  assert.deepEqual(await outline(repo), { none: [['a.yml', 'x/b.yml'], 'baseline'] });
});

test('the nearest settings count for each file, in whatever form they are', async (t) => {
  const repo = repoWith(t, {
    '.ecs-guardrc.json': packs('strict'),
    'a.yml': '',
    'apps/a.yml': '',
    'apps/one/package.json': `{ "ecs-guard": ${packs('published')} }`,
    'apps/one/deep/a.yml': '',
    'apps/two/package.json': '{ "name": "two", "dependencies": { "ecs-guard": "1" } }',
    'apps/two/a.yml': '',
    'apps/three/.ecs-guardrc.yaml': 'packs: [baseline]\n',
    'apps/three/a.yml': '',
    'apps/four/.ecs-guardrc.yml': 'rules: [own.guard]\n',
    'apps/four/a.yml': '',
  });
  const expected = {
    '.ecs-guardrc.json': [
      ['.ecs-guardrc.json', 'a.yml', 'apps/a.yml', 'apps/two/a.yml', 'apps/two/package.json'],
      'strict',
    ],
    'apps/four/.ecs-guardrc.yml': [['apps/four/.ecs-guardrc.yml', 'apps/four/a.yml'], 'baseline'],
    'apps/one/package.json': [['apps/one/deep/a.yml', 'apps/one/package.json'], 'published'],
    'apps/three/.ecs-guardrc.yaml': [['apps/three/.ecs-guardrc.yaml', 'apps/three/a.yml'], 'baseline'],
  };
  assert.deepEqual(await outline(repo), expected);
  const fromBelow = await outline(repo, { cwd: repo.at('apps/one') });
  assert.deepEqual(fromBelow['package.json'], [['deep/a.yml', 'package.json'], 'published']);
  assert.deepEqual(fromBelow['../four/.ecs-guardrc.yml']?.[0], ['../four/.ecs-guardrc.yml', '../four/a.yml']);
});

test('what the settings leave out is not judged, also when it is named', async (t) => {
  const repo = repoWith(t, {
    'app/package.json': JSON.stringify({
      'ecs-guard': { include: ['infra', '/*.yml'], exclude: ['*.generated.yml', 'infra/old/**'] },
    }),
    'app/a.yml': '',
    'app/src/b.yml': '',
    'app/infra/c.yml': '',
    'app/infra/d.generated.yml': '',
    'app/infra/old/e.yml': '',
    'other.yml': '',
  });
  const judged = { 'app/package.json': [['app/a.yml', 'app/infra/c.yml'], 'baseline'] };
  assert.deepEqual(await outline(repo), { ...judged, none: [['other.yml'], 'baseline'] });
  assert.deepEqual(await outline(repo, { paths: ['app'] }), judged);
  assert.deepEqual(await outline(repo, { paths: ['app/src/b.yml'] }), {
    'app/package.json': [[], 'baseline'],
  });
});

test('settings that cannot be used are told of, and other folders have their policies', async (t) => {
  const repo = repoWith(t, {
    'a/package.json': '{ "ecs-guard": { "packs": "strict", "exclud": [] } }',
    'a/a.yml': '',
    'b/.ecs-guardrc.json': '{}',
    'b/.ecs-guardrc.yml': '',
    'b/b.yml': '',
    'c/c.yml': '',
  });
  const found = await policies(repo);
  assert.deepEqual(
    found.policies.map(({ inputs }) => inputs.map(({ path }) => path)),
    [['c/c.yml']],
  );
  assert.deepEqual(
    found.diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`),
    [
      'a/package.json:1:27 `packs` must be a list',
      'a/package.json:1:37 there is no setting `exclud`',
      'b/.ecs-guardrc.yml:undefined:undefined there are settings both here and in `b/.ecs-guardrc.json`',
    ],
  );
});

test('settings that cannot be read are no settings that are not there', async (t) => {
  const repo = repoWith(t, { 'a.yml': '' });
  mkdirSync(repo.at('.ecs-guardrc.json'));
  const { policies: none, diagnostics } = await policies(repo);
  assert.deepEqual(none, []);
  assert.match(diagnostics[0]?.message ?? '', /^the settings cannot be read: EISDIR$/);
});

for (const objectFormat of ['sha1', 'sha256'] as const) {
  test(`staged settings count, whatever is on disk, in a repository with ${objectFormat}`, async (t) => {
    const repo = repoWith(t, { '.ecs-guardrc.json': packs('strict'), 'a.yml': '' }, { objectFormat });
    const staged = { '.ecs-guardrc.json': [['.ecs-guardrc.json', 'a.yml'], 'strict'] };
    assert.deepEqual(await outline(repo), staged);
    repo.write('.ecs-guardrc.json', packs('published'));
    assert.deepEqual(await outline(repo), staged);
    repo.git('gc', '--quiet');
    repo.git('commit', '--quiet', '--message', 'first');
    repo.git('repack', '-adq');
    repo.stage({ 'a.yml': 'b' });
    rmSync(repo.at('.ecs-guardrc.json'));
    assert.deepEqual(await outline(repo), { '.ecs-guardrc.json': [['a.yml'], 'strict'] });
  });
}

test('on disk the settings there count for named files', async (t) => {
  const repo = repoWith(t, { '.ecs-guardrc.json': packs('strict'), 'a.yml': '' });
  repo.write('.ecs-guardrc.json', packs('published'));
  assert.deepEqual(await outline(repo, { paths: ['a.yml'] }), {
    '.ecs-guardrc.json': [['a.yml'], 'published'],
  });
});

test('settings that git does not know count before they are added, and after they were only announced', async (t) => {
  const repo = repoWith(t, { 'a.yml': '' });
  repo.write('.ecs-guardrc.yaml', 'packs: [published]\n');
  const expected = { '.ecs-guardrc.yaml': [['a.yml'], 'published'] };
  assert.deepEqual(await outline(repo), expected);
  repo.git('add', '--intent-to-add', '.ecs-guardrc.yaml');
  assert.deepEqual(await outline(repo), expected);
});

test('the search ends at the top of the repository, and the settings there count for files outside of it', async (t) => {
  const repo = repoWith(t, { '.ecs-guardrc.json': packs('strict') });
  const inner = openRepo(repo.at('inner'), repo.env);
  inner.write('a.yml', '');
  inner.git('init', '--quiet');
  assert.deepEqual(await outline(inner, { paths: ['a.yml'] }), { none: [['a.yml'], 'baseline'] });
  const outside = join(temporaryFolder(t), 'b.yml');
  writeFileSync(outside, '');
  assert.deepEqual(await outline(repo, { paths: [outside] }), {
    '.ecs-guardrc.json': [[displayPath(repo.path, outside)], 'strict'],
  });
});
