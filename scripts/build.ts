import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { PACKS } from '../src/check/pack-names.ts';
import { builtPack } from '../src/check/packs.ts';
import { ruleFilesBelow } from '../src/check/rule-files.ts';
import { readRulePages } from '../src/check/rule-pages.ts';
import { run } from './process.ts';
import { billOfMaterials, bundledPackages, licenceNotices } from './third-party.ts';

/*
 * Makes `dist/`: `cli.cjs`, the command, which loads bundles such as `cli-bundle.cjs` with a code cache; `index.js`
 * with its types, for those who call the checks from their own code; `packs/`, the rules of the packs, parsed, and their
 * pages; and, of what is bundled, the licences and a bill of materials.
 *
 * `cli-bundle.cjs` is small, since a commit whose templates were all judged before needs nothing else.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = join(ROOT, 'dist');

/** Stands for the digest of the code while that is not known yet. */
const PLACEHOLDER = '@build-id@';

const DEFINED = {
  __BUILD_ID__: `"${PLACEHOLDER}"`,
  __LEVELS__: readFileSync(join(ROOT, 'rules/levels.json'), 'utf8'),
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

/** A function expression, as which the launcher runs it. */
const BUNDLED: BuildOptions = {
  ...SHARED,
  format: 'cjs',
  // Code that `vm` runs may only `require`.
  supported: { 'dynamic-import': false },
  // CommonJS has no import.meta.
  define: { ...DEFINED, 'import.meta.dirname': '__dirname' },
  banner: { js: '(function(exports,require,module,__filename,__dirname){' },
  footer: { js: '})' },
};

/**
 * The parts of the program, with the bundle that each is in and the modules that `import()` finds there. No hook needs
 * `commands-bundle`, which has two parts, since each keeps a code cache of what its own runs need.
 */
const PARTS = [
  { name: 'cli', bundle: 'cli-bundle.cjs', modules: ['bin'] },
  {
    name: 'engine',
    bundle: 'engine-bundle.cjs',
    modules: ['check/judging', 'check/warm-up', 'config/located-settings'],
  },
  {
    name: 'commands',
    bundle: 'commands-bundle.cjs',
    modules: ['cli/commands/explain', 'cli/commands/fix', 'cli/commands/init', 'cli/commands/rules'],
  },
  { name: 'guard', bundle: 'commands-bundle.cjs', modules: ['cli/guard/index', 'index'] },
];

/** What other programs load, and the part that they start with. */
const LAUNCHERS = [
  { file: 'cli.cjs', start: 'cli' },
  { file: 'library.cjs', start: 'guard' },
];

/** Leaves what many runs do not need to parts of their own, so that they need not load it. */
const APART: Plugin = {
  name: 'apart',
  setup(context) {
    context.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const module = relative(join(ROOT, 'src'), join(resolveDir, path))
        .replaceAll('\\', '/')
        .replace('.ts', '');
      const part = PARTS.find(({ modules }) => modules.includes(module));
      return part && { path: part.name, external: true };
    });
  },
};

async function main(): Promise<void> {
  mkdirSync(join(DIST, 'packs'), { recursive: true });
  const packs = PACKS.map((pack) => ({ pack, text: builtPack(pack) }));
  for (const { pack, text } of packs) writeFileSync(join(DIST, `packs/${pack}.json`), text);
  writeFileSync(join(DIST, 'packs/pages.json'), JSON.stringify(readRulePages()));
  const bundles = await Promise.all([
    bundle('cli-bundle.cjs', [APART]),
    bundle('engine-bundle.cjs'),
    bundle('commands-bundle.cjs'),
    ...LAUNCHERS.map(launcher),
  ]);
  // The bundles of the command work on each other's data, so a change to one of them, or to a pack, is another build of all.
  save(bundles, [...packs.map(({ text }) => text), ...packTexts()]);
  await writeLibrary();
  chmodSync(join(DIST, 'cli.cjs'), 0o755);
  emitTypes();
  const packages = bundledPackages(
    ROOT,
    bundles.map(({ metafile }) => metafile!),
  );
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(DIST, 'sbom.cdx.json'), billOfMaterials(manifest, packages));
  removeLeftovers();
  // The last file: `scripts/setup.mjs` takes its age for that of the whole build.
  writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licenceNotices(packages));
}

/** A file of declarations and all that it refers to; the compiler writes those of every source. */
function declarationsFrom(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, address = ''] of readFileSync(path, 'utf8').matchAll(/['"](\.{1,2}\/[^'"]+)\.ts['"]/g))
    declarationsFrom(join(dirname(path), `${address}.d.ts`), found);
  return found;
}

/** The rule files of all packs: of their comments, reports have the first sentences. */
function packTexts(): string[] {
  const folders = PACKS.map((pack) => join(ROOT, 'rules', pack));
  return folders.flatMap(ruleFilesBelow).map((path) => readFileSync(path, 'utf8'));
}

/** All the parts that are in the bundle of that name. */
function bundle(name: string, plugins: Plugin[] = []): Promise<BuildResult> {
  const modules = PARTS.flatMap((part) => (part.bundle === name ? part.modules : []));
  const contents = modules.map((module) => `export * from './${module}.ts';`).join('\n');
  const stdin = { contents, resolveDir: join(ROOT, 'src') };
  return build({ ...BUNDLED, stdin, outfile: name, plugins });
}

function launcher({ file, start }: (typeof LAUNCHERS)[number]): Promise<BuildResult> {
  const bundles = Object.fromEntries(PARTS.map(({ name, bundle }) => [name, bundle]));
  return build({
    ...SHARED,
    entryPoints: ['src/launcher.ts'],
    format: 'cjs',
    define: { ...DEFINED, __START__: JSON.stringify(start), __PARTS__: JSON.stringify(bundles) },
    // The second line, by which the shell of the hook tells builds apart.
    banner: { js: `//${PLACEHOLDER}` },
    outfile: file,
  });
}

/** The library as an ES module. Its code is in the bundle of the commands, which has all of it anyhow. */
async function writeLibrary(): Promise<void> {
  const { metafile } = await build({
    ...SHARED,
    entryPoints: ['src/index.ts'],
    format: 'esm',
    outfile: 'index.js',
  });
  const names = Object.values(metafile!.outputs).flatMap((output) => output.exports);
  writeFileSync(
    join(DIST, 'index.js'),
    `import { createRequire } from 'node:module';
export const { ${names.join(', ')} } = createRequire(import.meta.url)('./library.cjs');
`,
  );
}

/** Writes bundles with a digest of all of them, and of the packs that they read, in place of the placeholder. */
function save(bundles: readonly BuildResult[], packs: readonly string[]): void {
  const files = bundles.flatMap(({ outputFiles }) => outputFiles ?? []);
  const hash = createHash('sha256');
  for (const text of [...files.map((file) => file.text), ...packs]) hash.update(text);
  const id = hash.digest('hex').slice(0, 16);
  for (const { path, text } of files)
    writeFileSync(join(DIST, basename(path)), text.replaceAll(PLACEHOLDER, id));
}

/** Bundles of another build must not get into the package. */
function removeLeftovers(): void {
  const made = [...PARTS.map(({ bundle }) => bundle), ...LAUNCHERS.map(({ file }) => file)];
  for (const name of readdirSync(DIST))
    if (name.endsWith('.cjs') && !made.includes(name)) rmSync(join(DIST, name));
}

function emitTypes(): void {
  const types = join(DIST, 'types');
  rmSync(types, { recursive: true, force: true });
  run('npx', ['--no-install', 'tsc', '-p', 'tsconfig.types.json', '--outDir', types], { cwd: ROOT });
  const needed = declarationsFrom(join(types, 'index.d.ts'));
  // The compiler leaves the endings of our imports as they are, which only a compiler with our settings would accept.
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(types, name);
    if (!needed.has(path)) {
      rmSync(path);
      continue;
    }
    writeFileSync(path, readFileSync(path, 'utf8').replace(/(['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g, '$1.js'));
  }
}

await main();
