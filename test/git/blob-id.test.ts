import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobId, hasId } from '../../src/git/blob-id.ts';
import { withRepo } from '../support/repo.ts';

test('a content has the id that git gives it', (t) => {
  const repo = withRepo(t);
  const content = Buffer.from('ü: 1\r\n\0');
  repo.write('a.yml', content);
  assert.equal(blobId(content), repo.git('hash-object', 'a.yml').stdout.trim());
});

test('a content has its id and no other, whatever its length and whatever makes the ids', async (t) => {
  for (const objectFormat of ['sha1', 'sha256'] as const) {
    const repo = withRepo(t, { objectFormat });
    for (const length of [0, 1, 16 * 1024, 16 * 1024 + 1, 100_000]) {
      const content = Buffer.alloc(length, 'a: 1\n');
      repo.write('a.yml', content);
      const id = repo.git('hash-object', 'a.yml').stdout.trim();
      assert.equal(await hasId(content, id), true);
      assert.equal(await hasId(Buffer.concat([content, Buffer.from(' ')]), id), false);
    }
  }
});
