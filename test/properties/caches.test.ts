import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Pack } from '../../src/check/pack-names.ts';
import { printRules } from '../../src/language/printer.ts';
import { temporaryFolder } from '../support/repo.ts';
import { template } from './arbitraries/data.ts';
import { ecsTemplate } from './arbitraries/ecs.ts';
import { jsonOf } from './arbitraries/notation.ts';
import { rulesFile } from './arbitraries/rules.ts';
import { holds, weighted } from './property.ts';

// Code that was not built has no name for its build, and keeps nothing without one.
Object.assign(globalThis, { __BUILD_ID__: 'from-source' });
const { check } = await import('../../src/check/check.ts');

/** Rules that ask the clock may say something else each time. */
const rules = rulesFile.map(printRules).filter((text) => !text.includes('now('));

const EXCUSE = '# ecs-guard-ignore-file tasks_require_user: why\n';

const content = weighted<string>(
  [3, template.map(jsonOf)],
  [3, fc.tuple(fc.constantFrom('', EXCUSE), ecsTemplate.map(jsonOf)).map((parts) => parts.join(''))],
  [1, fc.constantFrom('Resources: [', 'Resources:\n  A: {Type: A::B}\n', '- no template\n', '')],
);

/** One run: which content each file has by then, and by what it is judged. */
const run = fc.record({
  files: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
  rules: fc.uniqueArray(fc.nat({ max: 1 }), { minLength: 1, maxLength: 2 }),
  packs: fc.constantFrom<readonly Pack[]>([], ['baseline']),
  intrinsics: fc.boolean(),
});

const cases = fc.record({
  contents: fc.array(content, { minLength: 4, maxLength: 4 }),
  rules: fc.tuple(rules, rules),
  runs: fc.array(run, { minLength: 1, maxLength: 3 }),
});

test('what is remembered of earlier runs, by these and other rules, on these and other files, changes no report', async (t) => {
  const folder = temporaryFolder(t);
  const cache = join(folder, 'cache');
  const cwd = join(folder, 'files');
  mkdirSync(cwd);
  await holds(15, cases, async ({ contents, rules: texts, runs }) => {
    rmSync(cache, { recursive: true, force: true });
    for (const [at, text] of texts.entries()) writeFileSync(join(cwd, `${at}.guard`), text);
    for (const { files, rules: chosen, packs, intrinsics } of runs) {
      for (const [at, which] of files.entries()) writeFileSync(join(cwd, `${at}.yml`), contents[which]!);
      const judged = async (kept: string | null) => {
        const report = await check({
          ...{ cwd, env: { HOME: folder, PATH: process.env.PATH }, packs, intrinsics },
          paths: files.map((_, at) => `${at}.yml`),
          rules: chosen.map((at) => join(cwd, `${at}.guard`)),
          ...{ cache: kept, runtime: process.version, today: '2027-03-31', elapsed: () => 0 },
        });
        return JSON.stringify(report, null, 1);
      };
      const expected = await judged(null);
      assert.equal(await judged(cache), expected, 'cold');
      assert.equal(await judged(cache), expected, 'warm');
    }
  });
});
