'use strict';

/*
 * Starts the bundle with V8's code cache, without which compiling it is the largest part of a short run. It is plain
 * CommonJS because loading an ES module costs several milliseconds more, and it is not bundled, since the bundle is
 * what it loads. The cache lies where tools keep theirs in `node_modules`, is made once for each build and each V8,
 * and may vanish, be stale, damaged or impossible to write at any time: then the bundle is simply compiled.
 */

const { createHash } = require('node:crypto');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { basename, dirname, join } = require('node:path');
const { cachedDataVersionTag } = require('node:v8');
const { Script } = require('node:vm');

const BUNDLE = join(__dirname, 'main.cjs');
const DIGEST_SIZE = 20;

const packageRoot = dirname(__dirname);
const parent = dirname(packageRoot);
const folder = join(basename(parent) === 'node_modules' ? parent : packageRoot, '.cache', 'ecs-guard-staged');
const cache = join(folder, `${__BUILD_ID__}-${cachedDataVersionTag().toString(16)}`);

const cachedData = readCache();
const script = new Script(wrap(readFileSync(BUNDLE, 'utf8')), {
  filename: BUNDLE,
  ...(cachedData && { cachedData }),
});
const bundle = { exports: {} };
script.runInThisContext()(bundle.exports, require, bundle, BUNDLE, __dirname);

if (cachedData === undefined || script.cachedDataRejected)
  bundle.exports.finished.then(() => {
    // What has run is in the cache, and the next run may well need more than this one did.
    bundle.exports.warmUp();
    writeCache(script.createCachedData());
  });

/** V8 checks the version and flags, but neither the content nor that it belongs to this source. */
function readCache() {
  try {
    const bytes = readFileSync(cache);
    const data = bytes.subarray(DIGEST_SIZE);
    return bytes.subarray(0, DIGEST_SIZE).equals(digest(data)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function writeCache(data) {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = `${cache}-${Math.random().toString(36).slice(2)}.tmp`;
    writeFileSync(temporary, Buffer.concat([digest(data), data]), { flag: 'wx' });
    renameSync(temporary, cache);
    for (const name of readdirSync(folder)) if (!name.startsWith(__BUILD_ID__)) rmSync(join(folder, name));
  } catch {
    // Nothing depends on it.
  }
}

function digest(data) {
  return createHash('sha1').update(data).digest();
}
