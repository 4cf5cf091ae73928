import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { packLevels } from '../../src/check/pack-levels.ts';
import { PACKS, type Pack, packLineage, withExtendedPacks } from '../../src/check/pack-names.ts';
import { shippedRules } from '../support/rules.ts';

const TABLE: Record<Pack, Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../rules/levels.json', import.meta.url), 'utf8'),
);

const levelOf = (packs: readonly Pack[], rule: string) => packLevels(packs).get(rule) ?? 'error';

test('a pack comes with those that it extends, and several packs with nothing twice', () => {
  assert.deepEqual(withExtendedPacks(['baseline']), ['baseline']);
  assert.deepEqual(withExtendedPacks(['strict']), ['baseline', 'recommended', 'strict']);
  assert.deepEqual(withExtendedPacks(['published', 'recommended', 'baseline']), [
    'published',
    'baseline',
    'recommended',
  ]);
});

test('every rule of the baseline rejects a commit', () => {
  for (const { name } of shippedRules().filter(({ pack }) => pack === 'baseline'))
    assert.equal(levelOf(['baseline'], name), 'error', name);
});

test('recommended only warns of what almost no template does, and strict rejects it again', () => {
  for (const rule of ['tasks_require_user', 'tasks_readonly_root_filesystem']) {
    assert.equal(levelOf(['recommended'], rule), 'warn');
    assert.equal(levelOf(['strict'], rule), 'error');
  }
  assert.equal(levelOf(['strict'], 'awslogs_denied_blocking'), 'warn');
  assert.equal(levelOf(['recommended'], 'tasks_denied_privileged'), 'error');
});

test('of several packs, the strictest level of a rule counts', () => {
  assert.equal(levelOf(['recommended', 'baseline'], 'tasks_require_user'), 'error');
  assert.equal(levelOf(['baseline', 'recommended'], 'tasks_require_user'), 'error');
  assert.equal(levelOf(['published', 'recommended'], 'services_denied_public_ip'), 'warn');
  assert.equal(levelOf(['baseline', 'recommended'], 'services_denied_public_ip'), 'warn');
});

test('levels are given to rules that the pack has', () => {
  assert.deepEqual(Object.keys(TABLE), PACKS);
  for (const pack of PACKS) {
    const has = shippedRules().filter((rule) => packLineage(pack).includes(rule.pack));
    const known = has.map(({ name }) => name);
    assert.deepEqual(
      Object.keys(TABLE[pack]).filter((name) => !known.includes(name)),
      [],
      pack,
    );
  }
});

test('a rule that gets a level anywhere gets one where it is added', () => {
  const levelled = new Set(PACKS.flatMap((pack) => Object.keys(TABLE[pack])));
  const without = shippedRules().filter(({ pack, name }) => levelled.has(name) && !(name in TABLE[pack]));
  assert.deepEqual(without, []);
});
