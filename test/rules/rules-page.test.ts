import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rulesPage } from '../../scripts/rules-page.ts';
import { shippedRules } from '../support/rules.ts';

test('docs/rules.md lists every rule as it is now', () => {
  const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
  assert.equal(page, rulesPage(), 'run `npm run rules-table`');
  for (const { pack, name } of shippedRules()) assert.ok(page.includes(`../rules/${pack}/${name}.md`), name);
});

test('the readme counts the rules of each pack', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const counts = [...readme.matchAll(/^- `(\w+)`.* (\d+) rules?\b/gm)].map(([, pack, count]) => [
    pack,
    Number(count),
  ]);
  const rulesIn = (pack: string) => shippedRules().filter((rule) => rule.pack === pack).length;
  assert.deepEqual(
    counts,
    ['baseline', 'recommended', 'strict'].map((pack) => [pack, rulesIn(pack)]),
  );
});
