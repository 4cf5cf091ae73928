import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { transformSync } from 'esbuild';
import { type Mutant, mutantsOf, mutate } from './mutants.ts';

/*
 * `npm run mutation`: changes the engine in one small place at a time and counts how many of these changes the tests
 * notice: a dot for each, a line for one that they do not. `npm run mutation -- git cache` does so for other folders,
 * `--sample 100` for that many of the changes, evenly spread. Works on copies, one for each process.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = [
  'src',
  'test',
  'fixtures',
  'rules',
  'bench',
  'scripts',
  'hooks',
  'package.json',
  'tsconfig.json',
];

const LOADER = './scripts/mutation/compiled.mjs';

/** Which tests have to notice changes of a folder. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  engine: ['test/conformance/vectors.test.ts', 'test/engine', 'test/report'],
  language: ['test/conformance/vectors.test.ts', 'test/language'],
  git: ['test/git'],
  cache: ['test/cache'],
};

/** A test run that takes so many times longer than without a change hangs, which is noticed as well. */
const PATIENCE = 4;

/** Multiples of it, less their whole part, fill the space between 0 and 1 evenly. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

interface Job extends Mutant {
  readonly folder: string;
  readonly file: string;
  readonly source: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, jobs: { type: 'string' } },
});
const folders = positionals.length > 0 ? positionals : ['engine'];
const all = folders.flatMap(jobsOf);
const jobs = values.sample === undefined ? all : spread(all, Number(values.sample));
const survivors: Job[] = [];
let next = 0;
await Promise.all(Array.from({ length: Number(values.jobs ?? availableParallelism()) }, (_, at) => work(at)));
for (const folder of folders) {
  const tried = jobs.filter((job) => job.folder === folder).length;
  const alive = survivors.filter((job) => job.folder === folder).length;
  const share = ((100 * (tried - alive)) / tried).toFixed(1);
  console.log(`\n${folder}: ${tried - alive} of ${tried} changes noticed (${share} %)`);
}

function jobsOf(folder: string): Job[] {
  if (TESTS[folder] === undefined) throw new Error(`there are no tests for ${folder}`);
  return filesBelow(`src/${folder}`, '.ts').flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const original = compiled(source);
    return mutantsOf(source)
      .filter((mutant) => changesProgram(mutate(source, mutant), original))
      .map((mutant) => ({ ...mutant, folder, file, source }));
  });
}

/** Not what changes types only, nor what leaves no program. */
function changesProgram(changed: string, original: string): boolean {
  try {
    return compiled(changed) !== original;
  } catch {
    return false;
  }
}

function filesBelow(path: string, ending: string): string[] {
  return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${path}/${name}`)
    .sort();
}

/**
 * The first jobs of an order of which any beginning is spread evenly over all: a run that is stopped after a hundred has
 * tried the same ones as `--sample 100`.
 */
function spread(from: readonly Job[], count: number): Job[] {
  const places = new Set<number>();
  for (let step = 1; places.size < Math.min(count, from.length); step++)
    places.add(Math.floor(((step * GOLDEN_RATIO) % 1) * from.length));
  return Array.from(places, (at) => from[at]!);
}

async function work(number: number): Promise<void> {
  const copy = join(ROOT, `.cache/mutation-${number}`);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const file of COPIED.flatMap((name) => (name.includes('.') ? [] : filesBelow(name, '.ts'))))
    writeFileSync(join(copy, file), compiled(readFileSync(join(ROOT, file), 'utf8')));
  const temporary = mkdtempSync(join(tmpdir(), 'mutation-'));
  const limits = new Map<string, number>();
  for (const folder of folders) {
    const start = performance.now();
    if (!(await testsPass(copy, temporary, testsOf(folder))))
      throw new Error(`the tests of ${folder} fail without any change`);
    limits.set(folder, Math.ceil(PATIENCE * (performance.now() - start)));
  }
  for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
    writeFileSync(join(copy, job.file), compiled(mutate(job.source, job)));
    const tests = testsOf(job.folder, basename(job.file, '.ts'));
    if (await testsPass(copy, temporary, tests, limits.get(job.folder))) {
      survivors.push(job);
      console.log(`\n${describe(job)}`);
    } else process.stdout.write('.');
    writeFileSync(join(copy, job.file), compiled(job.source));
  }
  for (const folder of [copy, temporary]) rmSync(folder, { recursive: true, force: true });
}

function compiled(source: string): string {
  return transformSync(source, { loader: 'ts', format: 'esm', target: 'node20' }).code;
}

/** The files with the tests of a folder; those named after the changed file come first, since they are likely to fail. */
function testsOf(folder: string, name = ''): string[] {
  return TESTS[folder]!.flatMap((path) =>
    path.endsWith('.ts') ? [path] : filesBelow(path, '.test.ts'),
  ).sort((a, b) => Number(b.endsWith(`/${name}.test.ts`)) - Number(a.endsWith(`/${name}.test.ts`)));
}

/** All tests run in one process, whose start is most of what a run costs. It ends with the first failure. */
function testsPass(
  copy: string,
  temporary: string,
  files: readonly string[],
  timeout?: number,
): Promise<boolean> {
  const main = join(copy, 'all-tests.ts');
  writeFileSync(main, files.map((file) => `await import(${JSON.stringify(`./${file}`)});\n`).join(''));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', LOADER, main], {
      cwd: copy,
      // What a run that was ended leaves behind goes with the folder.
      env: { ...process.env, TMPDIR: temporary },
      stdio: 'ignore',
      timeout,
      killSignal: 'SIGKILL',
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

function describe({ file, source, at, original, replacement }: Job): string {
  const lines = source.slice(0, at).split('\n');
  const text = source.split('\n')[lines.length - 1]!.trim();
  return `${file}:${lines.length}  \`${original.trim()}\` as \`${replacement.trim()}\`  ${text}`;
}
