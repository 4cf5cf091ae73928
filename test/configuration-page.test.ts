import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PACKS } from '../src/check/pack-names.ts';
import { run } from '../src/cli/run.ts';
import { mistakesIn } from '../src/config/mistakes.ts';
import { captureIo } from './support/io.ts';
import { withRepo } from './support/repo.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const PAGE = read('docs/configuration.md');
const schema = JSON.parse(read('ecs-guardrc.schema.json'));
const blocks = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code = '']) => code,
  );

test('the settings that the page shows can be used, with a schema that the package has', () => {
  const [settings = ''] = blocks(PAGE, 'json');
  assert.deepEqual(mistakesIn(JSON.parse(settings), PACKS), []);
  const path = JSON.parse(settings).$schema.replace('./node_modules/ecs-guard-staged/', '');
  assert.ok(JSON.parse(read('package.json')).files.includes(path));
});

test('the page tells of every setting and its default', () => {
  const rows = [...PAGE.matchAll(/^\| `(\w+)` \| (?:`([^`]+)`)?/gm)];
  const told = Object.fromEntries(rows.map(([, key = '', value]) => [key, value]));
  const { $schema, ...properties } = schema.properties;
  assert.ok($schema);
  assert.deepEqual(Object.keys(told), Object.keys(properties));
  for (const [key, property] of Object.entries<{ default?: unknown }>(properties)) {
    const { default: value } = property;
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    assert.equal(told[key], shown, key);
  }
});

test('a mistake looks as the page shows it', async (t) => {
  const shown = blocks(PAGE, 'text').find((block) => block.includes('help:'));
  const repo = withRepo(t);
  repo.stage({ '.ecs-guardrc.json': '{\n  "packs": ["basline"]\n}\n' });
  const io = captureIo({ cwd: repo.path, env: repo.env });
  assert.equal(await run([], io), 2);
  assert.equal(io.err(), shown);
});
