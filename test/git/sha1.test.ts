import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha1 } from '../../src/git/sha1.ts';

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
