import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PACKS } from '../../src/check/pack-names.ts';
import { locatedSettings, settingsKeyPosition } from '../../src/config/located-settings.ts';
import { MANIFEST, mayHoldSettings, plainSettings } from '../../src/config/settings-file.ts';
import { MISTAKEN, USABLE } from './samples.ts';

const JSON_FILE = '.ecs-guardrc.json';
const YAML_FILE = '.ecs-guardrc.yaml';
const located = (name: string, text: string) =>
  locatedSettings(name, `app/${name}`, Buffer.from(text), PACKS);
const plain = (name: string, text: string) => plainSettings(name, Buffer.from(text), PACKS);

/** Where and what. */
function complaints(name: string, text: string): string[] {
  const found = located(name, text);
  assert.equal(found?.settings, null);
  return found.mistakes.map(({ code, file, line, column, message }) => {
    assert.deepEqual([code, file], ['configuration', `app/${name}`]);
    return `${line}:${column} ${message}`;
  });
}

test('settings are the same in a JSON file, in a YAML file, in package.json, and on the quick way', () => {
  for (const [name, settings] of Object.entries(USABLE)) {
    const text = JSON.stringify(settings, null, 2);
    assert.deepEqual(located(JSON_FILE, text)?.settings, settings, name);
    assert.deepEqual(located(YAML_FILE, text)?.settings, settings, name);
    assert.deepEqual(located(MANIFEST, `{ "name": "x", "ecs-guard": ${text} }`)?.settings, settings, name);
    const suppressions = (settings as { suppressions?: unknown }).suppressions;
    assert.deepEqual(plain(JSON_FILE, text), suppressions === undefined ? settings : undefined, name);
  }
});

test('the quick way leaves whatever has to be explained or pointed at', () => {
  for (const [message, settings] of Object.entries(MISTAKEN))
    assert.equal(plain(JSON_FILE, JSON.stringify(settings)), undefined, message);
  assert.equal(plain(JSON_FILE, '{ "packs": [] '), undefined);
  assert.equal(plain(YAML_FILE, '{}'), undefined);
  assert.equal(plain(MANIFEST, 'null'), undefined);
});

test('YAML may be written as people write it', () => {
  const text = `# Ours
packs: []
severity:
  one: warn
  two: off
intrinsics: false
suppressions:
  - rule: one
    file: old.yml
    reason: replaced soon
    until: 2027-03-31
`;
  assert.deepEqual(located(YAML_FILE, text), {
    settings: {
      packs: [],
      severity: { one: 'warn', two: 'off' },
      intrinsics: false,
      suppressions: [{ rule: 'one', file: 'old.yml', reason: 'replaced soon', until: '2027-03-31' }],
    },
    suppressions: [{ line: 8, column: 5 }],
    mistakes: [],
  });
});

test('package.json counts only with the key, whatever else is in it', () => {
  const bytes = (text: string) => Buffer.from(text);
  assert.equal(mayHoldSettings(MANIFEST, bytes('{ "dependencies": { "ecs-guard-staged": "1" } }')), false);
  assert.equal(mayHoldSettings(MANIFEST, bytes('{ "ecs-guard": {} }')), true);
  assert.equal(mayHoldSettings(JSON_FILE, bytes('')), true);
  const elsewhere = '{ "scripts": { "ecs-guard": "x" } }';
  assert.equal(plain(MANIFEST, elsewhere), null);
  assert.equal(located(MANIFEST, elsewhere), null);
});

test('mistakes are told with their places, in every file', () => {
  assert.deepEqual(
    complaints(JSON_FILE, '{\n  "rules": [],\n  "pack": ["baseline"],\n  "packs": ["best"]\n}'),
    ['3:3 there is no setting `pack`', '4:13 there is no pack `best`'],
  );
  assert.deepEqual(complaints(MANIFEST, '{\n  "ecs-guard": {\n    "rules": "a"\n  }\n}'), [
    '3:14 `rules` must be a list',
  ]);
  assert.deepEqual(
    complaints(
      YAML_FILE,
      'severity:\n  one: warning\nsuppressions:\n  - rule: one\n    file: a.yml\nreport:\n',
    ),
    [
      '2:8 there is no level `warning`',
      '4:5 an entry of `suppressions` has no `reason`',
      '6:8 `report` must be a text that is not empty',
    ],
  );
});

test('a file that is empty, broken or has two documents is refused', () => {
  assert.deepEqual(complaints(JSON_FILE, ''), ['undefined:undefined the settings file is empty']);
  assert.match(complaints(JSON_FILE, '{\n "rules": [').join(), /^2:\d+ /);
  assert.deepEqual(complaints(YAML_FILE, 'packs: []\n---\npacks: [baseline]\n'), [
    '3:1 the settings file has a second document',
  ]);
});

test('a key of the settings has a place', () => {
  const text = Buffer.from('{\n  "ecs-guard": {\n    "severity": { "one": "warn" }\n  }\n}');
  assert.deepEqual(settingsKeyPosition(MANIFEST, text, ['severity', 'one']), { line: 3, column: 19 });
  assert.equal(settingsKeyPosition(MANIFEST, text, ['severity', 'two']), undefined);
});
