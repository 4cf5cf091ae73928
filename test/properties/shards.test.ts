import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { check } from '../../src/check/check.ts';
import type { Shard } from '../../src/report/report.ts';
import { openRepo, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';
import { holds } from './property.ts';

const name = fc
  .tuple(
    fc.constantFrom('', 'a/', 'a/b/', 'a b/', 'é/', '-/'),
    fc.constantFrom('t', 'x', 'stack-1', 'stack-2', 'ü', '[a]', '!a', '"', "'", '#1', '日本'),
    fc.constantFrom('.yml', '.yaml', '.json', '.template', '.txt'),
  )
  .map((parts) => parts.join(''));

const content = fc.constantFrom(
  taskDefinition('root'),
  taskDefinition('1000'),
  taskDefinition('!Ref Unknown'),
  taskDefinition('root # ecs-guard-ignore no_root: why'),
  taskDefinition('root # ecs-guard-ignore'),
  '{"containerDefinitions": [{"name": "a", "image": "i", "user": "root"}]}',
  'Resources: {A: {Type: A::B::C}',
  'no: template\n',
);

const LISTS = ['templates', 'findings', 'unknowns', 'suppressed', 'remarks', 'diagnostics'] as const;

test('shards together find what one run finds, and no two of them the same', async (t) => {
  const repo = withRepo(t);
  repo.write('no-root.guard', NO_ROOT);
  const trees = fc.dictionary(name, content, { minKeys: 1, maxKeys: 12, noNullPrototype: true });
  await holds(12, fc.tuple(trees, fc.integer({ min: 1, max: 6 })), async ([tree, count]) => {
    const cwd = repo.at('tree');
    rmSync(cwd, { recursive: true, force: true });
    mkdirSync(cwd);
    const { write } = openRepo(cwd, repo.env);
    for (const [path, text] of Object.entries(tree)) write(path, text);
    const judged = (shard?: Shard) =>
      check({
        cwd,
        env: repo.env,
        paths: ['.'],
        shard,
        packs: [],
        rules: [repo.at('no-root.guard')],
        cache: null,
        elapsed: () => 0,
      });
    const whole = await judged();
    const parts = await Promise.all(
      Array.from({ length: count }, (_, at) => judged({ index: at + 1, count })),
    );
    for (const list of LISTS) {
      const found = parts.flatMap((part): readonly unknown[] => part[list]);
      assert.deepEqual(texts(found), texts(whole[list]), list);
    }
    for (const counted of ['templates', 'violations', 'suppressed', 'unknown'] as const)
      assert.equal(
        parts.reduce((sum, { counts }) => sum + counts[counted], 0),
        whole.counts[counted],
        counted,
      );
  });
});

const texts = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
