import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../src/source/nearest.ts';

test('a typing mistake finds the word that was meant', () => {
  assert.equal(nearest('--formt', ['--quiet', '--format']), '--format');
  assert.equal(nearest('wroker.yml', ['worker.yml', 'readme.md']), 'worker.yml');
  assert.equal(nearest('pack', ['packs', 'rules']), 'packs');
});

test('a word unlike all others finds nothing', () => {
  assert.equal(nearest('--colour', ['--quiet', '--format']), undefined);
  assert.equal(nearest('x', []), undefined);
});

test('of equally near words the first one is taken', () => {
  assert.equal(nearest('b.yml', ['a.yml', 'c.yml']), 'a.yml');
});
