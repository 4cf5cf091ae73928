import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentId, digestOfTexts } from '../../src/cache/digest.ts';
import { withRepo } from '../support/repo.ts';

test('a content has the id that git gives it where it uses SHA-256', (t) => {
  const repo = withRepo(t, { objectFormat: 'sha256' });
  repo.write('a.yml', 'ü: 1\n');
  assert.equal(contentId(Buffer.from('ü: 1\n')), repo.git('hash-object', 'a.yml').stdout.trim());
});

test('texts that run together in other places have another digest', () => {
  const lists = [['ab', 'c'], ['a', 'bc'], ['abc'], ['', 'abc'], ['a', 'b', 'c'], ['c', 'ab'], []];
  const digests = lists.map(digestOfTexts);
  assert.equal(new Set(digests).size, lists.length);
  for (const digest of digests) assert.match(digest, /^[0-9a-f]{64}$/);
});
