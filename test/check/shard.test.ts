import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { check } from '../../src/check/check.ts';
import { isInShard } from '../../src/check/shard.ts';
import type { Report, Shard } from '../../src/report/report.ts';
import { type Cleanup, type Repo, withRepo } from '../support/repo.ts';
import { taskDefinition } from '../support/templates.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** Good, bad and broken templates, some of them staged, and a rule that cannot judge most of them. */
function repoWithFixtures(t: Cleanup): Repo {
  const repo = withRepo(t);
  repo.write('odd.guard', 'rule odd { Resources.*.Properties.Family > %undefined_variable }\n');
  for (const folder of ['ecs', 'malformed', 'templates'])
    cpSync(`${FIXTURES}${folder}`, repo.at(folder), { recursive: true });
  repo.stage({ 'staged/bad.yml': taskDefinition('root'), 'staged/good.yml': taskDefinition('1000') });
  return repo;
}

const judged = (repo: Repo, paths: string[], shard?: Shard, cwd = repo.path): Promise<Report> =>
  check({ cwd, env: repo.env, paths, shard, rules: [repo.at('odd.guard')], elapsed: () => 0 });

const texts = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();

for (let count = 1; count <= 7; count++)
  test(`${count} shards together find what one run finds, and no two of them the same`, async (t) => {
    const repo = repoWithFixtures(t);
    const whole = await judged(repo, ['.']);
    const parts = await Promise.all(
      Array.from({ length: count }, (_, at) => judged(repo, ['.'], { index: at + 1, count })),
    );
    for (const list of ['templates', 'findings', 'diagnostics'] as const) {
      assert.ok(whole[list].length > 7, list);
      assert.deepEqual(texts(parts.flatMap((part): readonly unknown[] => part[list])), texts(whole[list]));
    }
    assert.ok(parts.every(({ counts }) => counts.rules === whole.counts.rules));
    if (count > 1) assert.ok(parts.every(({ templates }) => templates.length < whole.templates.length));
  });

test('a file is in the same shard however it is named and from wherever', async (t) => {
  const repo = repoWithFixtures(t);
  const shard = { index: 2, count: 3 };
  const named = (report: Report) => report.templates.map(({ path }) => path.replace(/^(\.\.\/)?ecs\//, ''));
  const expected = named(await judged(repo, ['ecs'], shard));
  assert.ok(expected.length > 0);
  assert.deepEqual(named(await judged(repo, ['.'], shard, repo.at('ecs'))), expected);
  assert.deepEqual(named(await judged(repo, ['../ecs', repo.at('ecs')], shard, repo.at('staged'))), expected);
});

test('trouble that is not about a template is trouble in every shard', async (t) => {
  const repo = repoWithFixtures(t);
  repo.write('odd.guard', 'rule {');
  for (const index of [1, 2, 3]) {
    const { diagnostics } = await judged(repo, ['ecs/sound.yaml', 'missing.yml'], { index, count: 3 });
    assert.deepEqual(diagnostics.map(({ code }) => code).sort(), ['rules-syntax', 'template-unreadable']);
  }
});

test('files with names that count up are shared out evenly', () => {
  for (const count of [2, 3, 4, 7]) {
    const sizes = Array.from({ length: count }, () => 0);
    for (let file = 0; file < 5000; file++)
      for (let at = 0; at < count; at++)
        if (isInShard(`stacks/stack-${file}/template-${file}.yml`, { index: at + 1, count })) sizes[at]! += 1;
    assert.equal(
      sizes.reduce((sum, size) => sum + size),
      5000,
    );
    for (const size of sizes) assert.ok(Math.abs(size - 5000 / count) < 0.1 * (5000 / count), `${sizes}`);
  }
});
