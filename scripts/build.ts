import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { parsePacks } from '../src/check/packs.ts';
import { run } from './process.ts';

/*
 * Makes `dist/`: `cli.cjs`, which starts `main.cjs` with a code cache; `guard.cjs`, the native tool's commands; `index.js` with its types, for those who call
 * the checks from their own code; and the licences of what is bundled into both.
 *
 * `main.cjs` is one file although most runs need little of it: with the code cache, functions that are never called
 * cost next to nothing, and what `import()` loads is only evaluated when it is asked for.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = join(ROOT, 'dist');

/** Stands for the digest of the code while that is not known yet. */
const PLACEHOLDER = '@build-id@';

const SHARED: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  metafile: true,
  write: false,
};

/** CommonJS has no import.meta. */
const COMMON_JS: BuildOptions = {
  ...SHARED,
  format: 'cjs',
  // Code that `vm` runs may only `require`.
  supported: { 'dynamic-import': false },
  define: {
    __BUILD_ID__: `"${PLACEHOLDER}"`,
    __PACKS__: JSON.stringify(JSON.stringify(parsePacks())),
    'import.meta.url': 'moduleUrl',
  },
  banner: { js: "const moduleUrl=require('node:url').pathToFileURL(__filename).href;" },
};

/** Leaves what commits do not need to a bundle of its own, so that they need not load it. */
const GUARD_COMMANDS_APART: Plugin = {
  name: 'guard-commands-apart',
  setup(context) {
    context.onResolve({ filter: /\/guard\/index\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './guard.cjs', external: true } : undefined,
    );
  },
};

async function main(): Promise<void> {
  mkdirSync(DIST, { recursive: true });
  const cli = await build({ ...COMMON_JS, entryPoints: ['src/bin.ts'], plugins: [GUARD_COMMANDS_APART] });
  const id = save('main.cjs', cli.outputFiles![0]!.text);
  const guard = await build({ ...COMMON_JS, entryPoints: ['src/cli/guard/index.ts'] });
  save('guard.cjs', guard.outputFiles![0]!.text);
  const launcher = await build({
    ...SHARED,
    entryPoints: ['src/launcher.ts'],
    format: 'cjs',
    define: { __BUILD_ID__: `"${id}"` },
    banner: { js: '#!/usr/bin/env node' },
  });
  writeFileSync(join(DIST, 'cli.cjs'), launcher.outputFiles![0]!.text, { mode: 0o755 });
  const library = await build({
    ...SHARED,
    entryPoints: ['src/index.ts'],
    format: 'esm',
    define: { __BUILD_ID__: `"${PLACEHOLDER}"` },
  });
  save('index.js', library.outputFiles![0]!.text);
  emitTypes();
  // The last file: `scripts/setup.mjs` takes its age for that of the whole build.
  writeFileSync(
    join(DIST, 'THIRD-PARTY-LICENSES.txt'),
    licences([cli, guard, library].map(({ metafile }) => metafile!)),
  );
}

/** Writes a bundle with its own digest in place of the placeholder, and returns the digest. */
function save(name: string, code: string): string {
  const id = createHash('sha256').update(code).digest('hex').slice(0, 16);
  writeFileSync(join(DIST, name), code.replaceAll(PLACEHOLDER, id));
  return id;
}

function emitTypes(): void {
  const types = join(DIST, 'types');
  rmSync(types, { recursive: true, force: true });
  run('npx', ['--no-install', 'tsc', '-p', 'tsconfig.types.json', '--outDir', types], { cwd: ROOT });
  // The compiler leaves the endings of our imports as they are, which only a compiler with our settings would accept.
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(types, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/(['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g, '$1.js'));
  }
}

/** Every package that has a part in the bundles, with its licence. */
function licences(metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const packages = new Set(
    inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
  );
  return [...packages]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @throws when the package has no licence file: then it must not be bundled */
function licenceOf(name: string): string {
  const folder = join(ROOT, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
    license: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8')}`;
}

await main();
