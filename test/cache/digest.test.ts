import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentId, digestOfTexts, sha1 } from '../../src/cache/digest.ts';
import { sha1 as ownSha1 } from '../../src/git/sha1.ts';
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

test('what many verdicts name has the same id as what few do', () => {
  for (const length of [0, 1, 55, 56, 64, 5000]) {
    const parts = [Buffer.alloc(length, 'a'), Buffer.from('ü')];
    assert.equal(sha1(parts), ownSha1(parts));
  }
});
