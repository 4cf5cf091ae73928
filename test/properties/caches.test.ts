import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Pack } from '../../src/check/pack-names.ts';
import { printRules } from '../../src/language/printer.ts';
import { temporaryFolder } from '../support/repo.ts';
import { taskDefinition } from '../support/templates.ts';
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
  [2, template.map(jsonOf)],
  [4, fc.tuple(fc.constantFrom('', EXCUSE), ecsTemplate.map(jsonOf)).map((parts) => parts.join(''))],
  [1, fc.constantFrom('Resources: [', 'Resources:\n  A: {Type: A::B}\n', '- no template\n', '')],
);

/** What it comes to depends on whether its function is understood. */
const WITH_FUNCTION = `Parameters: { User: { Type: String, Default: root } }
${taskDefinition('!Ref User')}`;

/** What a run is about. Contents and rules are known by their numbers. */
interface Run {
  /** Of each file. */
  readonly files: readonly number[];
  /** Of each rule file. */
  readonly texts: readonly number[];
  readonly packs: readonly Pack[];
  readonly intrinsics: boolean;
}

const files = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 });
const texts = fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 2 });
const packs = fc.constantFrom<readonly Pack[]>(['baseline'], ['baseline'], []);
const intrinsics = fc.boolean();

/** In one thing each run is different from the one before; the first one is repeated as it is. */
const change = fc.oneof<fc.Arbitrary<Partial<Run>>[]>(
  ...[fc.record({ files }), fc.record({ texts }), fc.record({ packs })],
  ...[fc.record({ intrinsics }), fc.record({ intrinsics })],
);

const cases = fc.record({
  contents: fc.tuple(fc.constant(WITH_FUNCTION), content, content, content),
  rules: fc.tuple(rules, rules),
  first: fc.record<Run>({ files, texts, packs, intrinsics }),
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
});

test('what is remembered of earlier runs, by these and other rules, on these and other files, changes no report', async (t) => {
  const folder = temporaryFolder(t);
  const cache = join(folder, 'cache');
  const cwd = join(folder, 'files');
  mkdirSync(cwd);
  await holds(18, cases, async ({ contents, rules: rulesTexts, first, changes }) => {
    rmSync(cache, { recursive: true, force: true });
    let now = first;
    for (const change of [{}, {}, ...changes]) {
      now = { ...now, ...change };
      for (const [at, which] of now.files.entries()) writeFileSync(join(cwd, `${at}.yml`), contents[which]!);
      for (const [at, which] of now.texts.entries())
        writeFileSync(join(cwd, `${at}.guard`), rulesTexts[which]!);
      const judged = async (kept: string | null) => {
        const report = await check({
          ...{
            cwd,
            env: { HOME: folder, PATH: process.env.PATH },
            packs: now.packs,
            intrinsics: now.intrinsics,
          },
          paths: now.files.map((_, at) => `${at}.yml`),
          rules: now.texts.map((_, at) => join(cwd, `${at}.guard`)),
          ...{ cache: kept, runtime: process.version, today: '2027-03-31', elapsed: () => 0 },
        });
        return JSON.stringify(report, null, 1);
      };
      const expected = await judged(null);
      assert.equal(await judged(cache), expected);
    }
  });
});
