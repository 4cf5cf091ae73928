import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readSettings } from '../../src/config/config.ts';
import { DiagnosticError } from '../../src/source/diagnostic.ts';
import { temporaryFolder } from '../support/repo.ts';

const PACKS = ['baseline', 'published'] as const;

function folderWith(t: TestContext, files: Record<string, string>): string {
  const folder = temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const settings = (t: TestContext, files: Record<string, string>) => readSettings(folderWith(t, files), PACKS);

/** Where and what; the text of the help is not promised. */
async function complaint(t: TestContext, files: Record<string, string>): Promise<string> {
  try {
    await settings(t, files);
  } catch (error) {
    assert.ok(error instanceof DiagnosticError);
    const { code, file, line, column, message, help } = error.diagnostic;
    assert.equal(code, 'configuration');
    assert.notEqual(help, undefined);
    return `${file}:${line}:${column} ${message}`;
  }
  return assert.fail('the settings were accepted');
}

test('without a settings file everything has its default', async (t) => {
  assert.deepEqual(await settings(t, {}), {});
  assert.deepEqual(
    await settings(t, { 'package.json': '{ "devDependencies": { "ecs-guard-staged": "1" } }' }),
    {},
  );
});

test('settings are read from a file of their own or from package.json', async (t) => {
  const expected = { packs: ['published'], rules: ['rules', 'more/own.guard'] };
  const text = JSON.stringify(expected);
  assert.deepEqual(await settings(t, { '.ecs-guardrc.json': text }), expected);
  assert.deepEqual(await settings(t, { 'package.json': `{ "name": "x", "ecs-guard": ${text} }` }), expected);
});

test('an empty list of packs means none', async (t) => {
  assert.deepEqual(await settings(t, { '.ecs-guardrc.json': '{ "packs": [] }' }), { packs: [] });
});

test('settings in both places are refused, because one of them would be ignored', async (t) => {
  assert.equal(
    await complaint(t, { '.ecs-guardrc.json': '{}', 'package.json': '{\n  "ecs-guard": {}\n}' }),
    'package.json:2:16 there are settings both here and in `.ecs-guardrc.json`',
  );
});

test('an unknown setting is refused at its place', async (t) => {
  assert.equal(
    await complaint(t, { '.ecs-guardrc.json': '{\n  "rules": [],\n  "pack": ["baseline"]\n}' }),
    '.ecs-guardrc.json:3:11 there is no setting `pack`',
  );
});

test('values of the wrong type are refused at their place', async (t) => {
  const inFile = (text: string) => complaint(t, { '.ecs-guardrc.json': text });
  assert.equal(await inFile('[]'), '.ecs-guardrc.json:1:1 the settings must be an object');
  assert.equal(await inFile('{"rules": "a"}'), '.ecs-guardrc.json:1:11 `rules` must be a list of texts');
  assert.equal(await inFile('{"rules": ["a", 1]}'), '.ecs-guardrc.json:1:17 `rules` must hold texts only');
  assert.equal(await inFile('{"packs": ["strict"]}'), '.ecs-guardrc.json:1:12 there is no pack `strict`');
});

test('a settings file that is empty, broken or no file is refused', async (t) => {
  assert.match(await complaint(t, { '.ecs-guardrc.json': '' }), /the settings file is empty$/);
  assert.match(
    await complaint(t, { '.ecs-guardrc.json': '{\n "rules": [' }),
    /^\.ecs-guardrc\.json:\d+:\d+ /,
  );
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, '.ecs-guardrc.json'));
  await assert.rejects(readSettings(folder, PACKS), /the settings cannot be read: EISDIR/);
});
