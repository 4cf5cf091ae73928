import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { type Answer, keepAnswer, type Question, recallAnswer } from '../../src/cache/answers.ts';
import { diskStore } from '../../src/cache/store.ts';
import { temporaryFolder } from '../support/repo.ts';

const ROOMY = 100_000_000;

const TOTALS: Answer['totals'] = {
  staged: false,
  templates: [{ path: 'a.yml', status: 'FAIL' }],
  diagnostics: [],
  counts: {
    ...{ templates: 1, failedTemplates: 1, violations: 1, warnings: 0, notes: 0 },
    ...{ unknown: 0, suppressed: 0, old: 0, rules: 7 },
  },
};

const question = (digest: string, subject = '0'): Question => ({ digest, subject });
const answer = (text: string, totals = TOTALS): Answer => ({ lines: Buffer.from(text), totals });

test('an answer is recalled as it was kept, for its question only', (t) => {
  const store = diskStore(temporaryFolder(t), ROOMY);
  const told = answer('a.yml:1:2  é › 𝒳\nb\n\n');
  keepAnswer(store, question('ab'), told);
  assert.deepEqual(recallAnswer(store, question('ab')), told);
  for (const digest of ['ac', 'a', 'abc', 'ab\n{', ''])
    assert.equal(recallAnswer(store, question(digest)), undefined, digest);
  assert.equal(recallAnswer(store, question('ab', '1')), undefined);
});

test('an answer without lines, about a shard, is one as well', (t) => {
  const store = diskStore(temporaryFolder(t), ROOMY);
  const told = answer('', { ...TOTALS, shard: { index: 2, count: 3 } });
  keepAnswer(store, question('ab'), told);
  assert.deepEqual(recallAnswer(store, question('ab')), told);
});

test('of a whole report no more is kept than its totals', (t) => {
  const store = diskStore(temporaryFolder(t), ROOMY);
  const report = { ...TOTALS, elapsed: 3, findings: [{ message: 'said in the lines' }] };
  keepAnswer(store, question('ab'), answer('lines', report));
  assert.deepEqual(recallAnswer(store, question('ab'))?.totals, TOTALS);
});

test('there are 256 answers at most, and none of more than a mebibyte', (t) => {
  const folder = temporaryFolder(t);
  const store = diskStore(folder, ROOMY);
  for (let at = 0; at < 4096; at += 7)
    keepAnswer(store, question('ab', at.toString(16).padStart(3, '0')), answer('this'));
  assert.equal(readdirSync(folder).length, 256);
  const known = () => recallAnswer(store, question('ab', '00'))?.lines.toString();
  keepAnswer(store, question('ab', '00'), answer('x'.repeat(1024 * 1024)));
  assert.equal(known(), 'this');
  keepAnswer(store, question('ab', '00'), answer('x'.repeat(1024 * 1000)));
  assert.equal(known()?.length, 1024 * 1000);
});
