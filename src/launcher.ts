#!/usr/bin/env node
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/*
 * Stands before a bundle and loads it with V8's code cache, without which compiling it is the largest part of a short run. The cache lies where tools keep theirs in `node_modules`, is made once for each launcher, each build and each
 * Node, and may vanish, be stale, damaged or impossible to write at any time: then the bundle is simply compiled.
 */

/** Digest of the build. */
declare const __BUILD_ID__: string;
/** Name of the launcher. */
declare const __LAUNCHER__: string;
/** Name of the bundle that it loads. */
declare const __BUNDLE__: string;
/** Of CommonJS. */
declare const __dirname: string;
declare const require: NodeJS.Require;
declare const exports: object;

interface Bundle {
  /** Runs what another run may need. */
  warmUp?(): Promise<void>;
}

const BUNDLE = join(__dirname, `${__BUNDLE__}.cjs`);

const packageRoot = dirname(__dirname);
const parent = dirname(packageRoot);
const folder = join(basename(parent) === 'node_modules' ? parent : packageRoot, '.cache', 'ecs-guard-staged');
const { version, arch, argv } = process;
// What the hook needs must not depend on what else was run before its first run.
const user = argv[2] === 'hook' ? `${__LAUNCHER__}-of-hook` : __LAUNCHER__;
const cache = join(folder, `${__BUILD_ID__}-${user}-${version}-${arch}`);

const cachedData = readCache();
// The bundle is a function expression without any character beyond ASCII. Reading it as such is fastest, and putting it
// together here would copy it.
const script = new Script(readFileSync(BUNDLE, 'latin1'), {
  filename: BUNDLE,
  ...(cachedData && { cachedData }),
});
const bundle = { exports: {} as Bundle };
script.runInThisContext()(bundle.exports, require, bundle, BUNDLE, __dirname);
Object.assign(exports, bundle.exports);

if (cachedData === undefined || script.cachedDataRejected) {
  process.once('beforeExit', async () => {
    // What has run is in the cache, and the next run may well need more than this one did.
    await bundle.exports.warmUp?.();
    writeCache(script.createCachedData());
  });
}

/**
 * V8 checks its version and flags, and the length of the source, but not what the cache holds. So it stands there twice,
 * which shows damage as a checksum would, without loading what computes one.
 */
function readCache(): Buffer | undefined {
  try {
    const bytes = readFileSync(cache);
    const data = bytes.subarray(0, bytes.length / 2);
    return data.equals(bytes.subarray(data.length)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function writeCache(data: Buffer): void {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = `${cache}-${Math.random().toString(36).slice(2)}.tmp`;
    writeFileSync(temporary, Buffer.concat([data, data]), { flag: 'wx' });
    renameSync(temporary, cache);
    for (const name of readdirSync(folder)) if (!name.startsWith(__BUILD_ID__)) rmSync(join(folder, name));
  } catch {
    // Nothing depends on it.
  }
}
