import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheDirectory } from '../../src/cache/directory.ts';

test('inside a repository the cache is in its common directory', () => {
  assert.equal(cacheDirectory('/repo/.git', { HOME: '/home/me' }), join('/repo/.git', 'ecs-guard'));
});

test('outside of a repository it is in the cache folder of the user', () => {
  assert.equal(cacheDirectory(null, { XDG_CACHE_HOME: '/cache', HOME: '/me' }), join('/cache', 'ecs-guard'));
  assert.equal(cacheDirectory(null, { HOME: '/me' }), join('/me', '.cache', 'ecs-guard'));
  assert.equal(cacheDirectory(null, { LOCALAPPDATA: '/local' }), join('/local', 'ecs-guard', 'cache'));
});

test('a relative cache folder is ignored, as its specification demands', () => {
  assert.equal(
    cacheDirectory(null, { XDG_CACHE_HOME: 'cache', HOME: '/me' }),
    join('/me', '.cache', 'ecs-guard'),
  );
});

test('a user without any folder has no cache', () => {
  assert.equal(cacheDirectory(null, {}), null);
});
