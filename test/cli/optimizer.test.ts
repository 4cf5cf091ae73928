import assert from 'node:assert/strict';
import { test } from 'node:test';
import v8, { cachedDataVersionTag as optionsOfV8 } from 'node:v8';
import { Optimizer } from '../../src/cli/optimizer.ts';

const LARGE = 64 * 1024;

test('V8 is set up for a large job, and afterwards as it was', () => {
  const usual = optionsOfV8();
  const optimizer = new Optimizer(process.version, () => v8);
  optimizer.prepareFor(LARGE - 1);
  assert.equal(optionsOfV8(), usual);
  optimizer.prepareFor(1);
  assert.notEqual(optionsOfV8(), usual);
  optimizer.restore();
  assert.equal(optionsOfV8(), usual);
});

test('V8 is left alone where its options are not known', () => {
  const usual = optionsOfV8();
  const optimizer = new Optimizer('v27.0.0', () => v8);
  optimizer.prepareFor(LARGE);
  assert.equal(optionsOfV8(), usual);
  optimizer.restore();
  assert.equal(optionsOfV8(), usual);
});
