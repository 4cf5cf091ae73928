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

const question = (text: string, subject = '0'): Question => ({ subject, parts: [Buffer.from(text)] });
const answer = (text: string, totals = TOTALS): Answer => ({ lines: Buffer.from(text), totals });

test('an answer is recalled as it was kept, for its question only', (t) => {
  const store = diskStore(temporaryFolder(t), ROOMY);
  const told = answer('a.yml:1:2  é › 𝒳\nb\n\n');
  keepAnswer(store, question('what?'), told);
  assert.deepEqual(recallAnswer(store, question('what?')), told);
  assert.equal(recallAnswer(store, question('what!')), undefined);
  assert.equal(recallAnswer(store, question('what?', '1')), undefined);
});

test('an answer without lines, about a shard, is one as well', (t) => {
  const store = diskStore(temporaryFolder(t), ROOMY);
  const told = answer('', { ...TOTALS, shard: { index: 2, count: 3 } });
  keepAnswer(store, question('what?'), told);
  assert.deepEqual(recallAnswer(store, question('what?')), told);
});

test('of a whole report no more is kept than its totals', (t) => {
  const folder = temporaryFolder(t);
  const store = diskStore(folder, ROOMY);
  const report = { ...TOTALS, elapsed: 3, findings: [{ message: 'said in the lines' }] };
  keepAnswer(store, question('what?'), answer('lines', report));
  assert.deepEqual(recallAnswer(store, question('what?'))?.totals, TOTALS);
});

test('there are four answers at most, and none of more than 8 MiB', (t) => {
  const folder = temporaryFolder(t);
  const store = diskStore(folder, ROOMY);
  for (const subject of '0123456789abcdef') keepAnswer(store, question('what?', subject), answer('this'));
  assert.equal(readdirSync(folder).length, 4);
  const known = () => recallAnswer(store, question('what?'))?.lines.toString();
  keepAnswer(store, question('what?'), answer('x'.repeat(4 * 1024 * 1024)));
  assert.equal(known(), 'this');
  keepAnswer(store, { subject: '0', parts: [Buffer.alloc(8 * 1024 * 1024)] }, answer('that'));
  assert.equal(known(), 'this');
  keepAnswer(store, question('what?'), answer('x'.repeat(3 * 1024 * 1024)));
  assert.equal(known()?.length, 3 * 1024 * 1024);
});
