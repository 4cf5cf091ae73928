import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { blobId, sha1 } from '../../src/git/sha1.ts';
import { withRepo } from '../support/repo.ts';

test('digests are those of SHA-1, at every length around the block size and in any number of parts', () => {
  const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 37 + 11) % 256));
  for (let length = 0; length <= bytes.length; length++) {
    const message = bytes.subarray(0, length);
    const expected = createHash('sha1').update(message).digest('hex');
    const half = length >> 1;
    assert.equal(sha1([message]), expected, `${length} bytes`);
    assert.equal(
      sha1([message.subarray(0, half), message.subarray(half)]),
      expected,
      `${length} bytes, in two parts`,
    );
  }
});

test('a content has the id that git gives it', (t) => {
  const repo = withRepo(t);
  const content = Buffer.from('ü: 1\r\n\0');
  repo.write('a.yml', content);
  assert.equal(blobId(content), repo.git('hash-object', 'a.yml').stdout.trim());
});
