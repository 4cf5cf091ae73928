import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { PACKS } from '../src/check/pack-names.ts';
import { parsePack } from '../src/check/packs.ts';
import { run } from './process.ts';
import { billOfMaterials, bundledPackages, licenceNotices } from './third-party.ts';

/*
 * Makes `dist/`: `cli.cjs`, the command; `engine.cjs` and `guard.cjs`, which load with a code cache `engine-bundle.cjs`
 * and `guard-bundle.cjs`, the native tool's commands; `index.js` with its types, for those who call the checks from their
 * own code; and, of what is bundled into them, the licences and a bill of materials.
 *
 * `cli.cjs` is small, since a commit whose templates were all judged before needs nothing else.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = join(ROOT, 'dist');

/** Stands for the digest of the code while that is not known yet. */
const PLACEHOLDER = '@build-id@';

const BUILD_ID = { __BUILD_ID__: `"${PLACEHOLDER}"` };
const BUILT_PACKS = {
  __LEVELS__: readFileSync(join(ROOT, 'rules/levels.json'), 'utf8'),
  __PACKS__: JSON.stringify(Object.fromEntries(PACKS.map((pack) => [pack, JSON.stringify(parsePack(pack))]))),
};

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
    ...BUILD_ID,
    ...BUILT_PACKS,
    'import.meta.url': 'meta.url',
  },
  banner: { js: "const meta={get url(){return require('node:url').pathToFileURL(__filename).href}};" },
};

/** What `import()` finds in the bundle of the parsers and the engine, and what the launcher runs to warm it up. */
const ENGINE = [
  'check/judging',
  'check/warm-up',
  'config/located-settings',
  'cli/commands/explain',
  'cli/commands/init',
  'cli/commands/rules',
];

/** Leaves what many runs do not need to bundles of their own, so that they need not load it. */
const APART: Plugin = {
  name: 'apart',
  setup(context) {
    context.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const module = relative(join(ROOT, 'src'), join(resolveDir, path))
        .replaceAll('\\', '/')
        .replace('.ts', '');
      if (module === 'cli/guard/index') return { path: './guard.cjs', external: true };
      return ENGINE.includes(module) ? { path: './engine.cjs', external: true } : undefined;
    });
  },
};

async function main(): Promise<void> {
  mkdirSync(DIST, { recursive: true });
  const bundles = await Promise.all([
    build({ ...COMMON_JS, entryPoints: ['src/bin.ts'], outfile: 'cli.cjs', plugins: [APART] }),
    build({
      ...COMMON_JS,
      stdin: { contents: engineEntry(), resolveDir: join(ROOT, 'src') },
      outfile: 'engine-bundle.cjs',
    }),
    build({ ...COMMON_JS, entryPoints: ['src/cli/guard/index.ts'], outfile: 'guard-bundle.cjs' }),
    launcher('engine'),
    launcher('guard'),
  ]);
  const library = await build({
    ...SHARED,
    entryPoints: ['src/index.ts'],
    format: 'esm',
    define: { ...BUILD_ID, ...BUILT_PACKS },
    outfile: 'index.js',
  });
  // The bundles of the command work on each other's data, so a change to one of them is another build of all.
  save(bundles);
  save([library]);
  chmodSync(join(DIST, 'cli.cjs'), 0o755);
  emitTypes();
  const packages = bundledPackages(
    ROOT,
    [...bundles, library].map(({ metafile }) => metafile!),
  );
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(DIST, 'sbom.cdx.json'), billOfMaterials(manifest, packages));
  // The last file: `scripts/setup.mjs` takes its age for that of the whole build.
  writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licenceNotices(packages));
}

/** What loads the bundle of that name. */
function launcher(name: string): Promise<BuildResult> {
  return build({
    ...SHARED,
    entryPoints: ['src/launcher.ts'],
    format: 'cjs',
    define: { ...BUILD_ID, __BUNDLE__: `"${name}-bundle"` },
    outfile: `${name}.cjs`,
  });
}

function engineEntry(): string {
  return ENGINE.map((module) => `export * from './${module}.ts';`).join('\n');
}

/** Writes bundles with a digest of all of them in place of the placeholder. */
function save(bundles: readonly BuildResult[]): void {
  const files = bundles.flatMap(({ outputFiles }) => outputFiles ?? []);
  const hash = createHash('sha256');
  for (const { text } of files) hash.update(text);
  const id = hash.digest('hex').slice(0, 16);
  for (const { path, text } of files)
    writeFileSync(join(DIST, basename(path)), text.replaceAll(PLACEHOLDER, id));
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

await main();
