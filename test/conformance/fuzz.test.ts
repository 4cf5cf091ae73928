import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nativeGuard } from '../support/native.ts';
import { corpus } from './fuzz/corpus.ts';
import { compareSample, probe, sampleOf } from './fuzz/fuzz.ts';
import { KNOWN_DIFFERENCES } from './fuzz/known-differences.ts';

/* A short run of `npm run fuzz`. `ECS_GUARD_SEED` chooses other samples, `ECS_GUARD_RUNS` how many. */

const guard = nativeGuard();
const binary = guard.path ?? '';
const skip =
  guard.path === undefined
    ? guard.reason
    : guard.version !== '3.2.0' && `compares with cfn-guard 3.2.0, this is ${guard.version}`;
const seed = Number(process.env.ECS_GUARD_SEED ?? 1);
const runs = Number(process.env.ECS_GUARD_RUNS ?? 150);

test('a seed always makes the same sample', () => {
  const none = { rules: [], data: [] };
  assert.deepEqual(sampleOf(7, none), sampleOf(7, none));
  assert.notDeepEqual(sampleOf(7, none), sampleOf(8, none));
});

describe('random rules on random data beside the native tool', { skip }, () => {
  test(`are judged and reported the same (seeds ${seed} to ${seed + runs - 1})`, async () => {
    const files = corpus();
    const unexpected: string[] = [];
    for (let each = seed; each < seed + runs; each++) {
      for (const { difference } of await probe(each, files, binary)) {
        if (KNOWN_DIFFERENCES.some((known) => known.explains(difference))) continue;
        unexpected.push(`seed ${each}: ${difference}`);
      }
    }
    assert.deepEqual(unexpected, []);
  });

  for (const { name, sample, format, explains } of KNOWN_DIFFERENCES) {
    test(`known difference: ${name}`, async () => {
      const difference = await compareSample(sample, format, binary);
      assert.ok(difference !== undefined, 'the two agree now: take it off the list');
      assert.ok(explains(difference), difference);
    });
  }
});
