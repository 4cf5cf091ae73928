#!/usr/bin/env node
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/*
 * Loads the bundles of the package with V8's code cache, without which compiling them is the largest part of a short run. The
 * cache lies where tools keep theirs in `node_modules`, is made once for each part, each build and each Node, and may vanish,
 * be stale, damaged or impossible to write at any time: then the bundle is simply compiled.
 */

/** Digest of the build. */
declare const __BUILD_ID__: string;
/** The bundle in which each part of the program is. */
declare const __PARTS__: Readonly<Record<string, string>>;
/** The part that this launcher starts with. */
declare const __START__: string;
/** Of CommonJS. */
declare const __dirname: string;
declare const require: NodeJS.Require;
declare const exports: object;

interface Part {
  /** Runs what another run may need. */
  warmUp?(): Promise<void>;
}

const packageRoot = dirname(__dirname);
const parent = dirname(packageRoot);
const folder = join(basename(parent) === 'node_modules' ? parent : packageRoot, '.cache', 'ecs-guard-staged');
const { version, arch, argv } = process;
// What the hook needs must not depend on what else was run before its first run.
const user = argv[2] === 'hook' ? '-of-hook' : '';

const loaded = new Map<string, Part>();

Object.assign(exports, requirePart(__START__));

/** What bundles `require`: other parts, and the modules of Node. */
function requirePart(name: string): unknown {
  const bundle = __PARTS__[name];
  if (bundle === undefined) return require(name);
  const part = loaded.get(name) ?? loadPart(name, join(__dirname, bundle));
  loaded.set(name, part);
  return part;
}

function loadPart(name: string, path: string): Part {
  const cache = join(folder, `${__BUILD_ID__}-${name}${user}-${version}-${arch}`);
  const cachedData = readCache(cache);
  // The bundle is a function expression without any character beyond ASCII. Reading it as such is fastest, and putting it
  // together here would copy it.
  const script = new Script(readFileSync(path, 'latin1'), {
    filename: path,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} as Part };
  script.runInThisContext()(module.exports, requirePart, module, path, __dirname);
  const part = module.exports;
  if (cachedData === undefined || script.cachedDataRejected) {
    process.once('beforeExit', async () => {
      // What has run is in the cache, and the next run may well need more than this one did.
      await part.warmUp?.();
      writeCache(cache, script.createCachedData());
    });
  }
  return part;
}

/**
 * V8 checks its version and flags, and the length of the source, but not what the cache holds. So it stands there twice,
 * which shows damage as a checksum would, without loading what computes one.
 */
function readCache(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    const data = bytes.subarray(0, bytes.length / 2);
    return data.equals(bytes.subarray(data.length)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function writeCache(path: string, data: Buffer): void {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = `${path}-${Math.random().toString(36).slice(2)}.tmp`;
    writeFileSync(temporary, Buffer.concat([data, data]), { flag: 'wx' });
    renameSync(temporary, path);
    for (const name of readdirSync(folder)) if (!name.startsWith(__BUILD_ID__)) rmSync(join(folder, name));
  } catch {
    // Nothing depends on it.
  }
}
