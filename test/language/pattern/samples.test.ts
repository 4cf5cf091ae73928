import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samplesOf } from '../../../src/language/pattern/samples.ts';
import { compilePattern } from '../../../src/language/pattern.ts';

const PATTERNS: readonly (readonly [pattern: string, samples: readonly string[]])[] = [
  ['root', ['root']],
  [':(latest|stable)$', [':latest', ':stable']],
  ['^[0-9]{3}-[^a-z]+$', ['000-0']],
  ['(?i)^windows', ['windows']],
  ['^a?b*c+.$', ['cx']],
  ['^(?!x)y', ['y']],
  ['^(?=z)y', []],
];

for (const [pattern, samples] of PATTERNS)
  test(`/${pattern}/ has the samples ${JSON.stringify(samples)}`, () => {
    const found = samplesOf(pattern);
    for (const sample of samples) assert.ok(compilePattern(pattern)?.test(sample));
    assert.deepEqual(found, samples);
  });

test('a pattern of many alternatives has a bounded number of samples', () => {
  assert.ok(samplesOf(`^${'(a|b|c)'.repeat(30)}$`).length <= 16);
});
