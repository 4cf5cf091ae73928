import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type NativeGuard, nativeGuard } from '../test/support/native.ts';
import { type Build, buildOfCheckout, buildOfRevision } from './build.ts';
import { growthCurves } from './curves.ts';
import { type Command, measure, peakMemory } from './measure.ts';
import { plot } from './plot.ts';
import { intoReadme } from './readme.ts';
import { workspace, write } from './repository.ts';
import type { Environment, Job, Measured, Results } from './results.ts';
import { SCENARIOS, type Scenario, type Setting } from './scenarios.ts';
import { budgetTable, buildTable } from './table.ts';
import { templateWith } from './templates.ts';

/*
 * `npm run bench`: each job beside what it is compared with, as ratios of medians of one run.
 *
 *   --only NAME     only this job, such as `warm`; repeatable
 *   --json          print the figures as JSON
 *   --compare REV   this checkout beside another revision, without the rest
 *   --plot          measure what is committed, also how run time grows, and write docs/bench.json, docs/bench.svg and the
 *                   table in README.md
 *
 * Progress goes to stderr. `ECS_GUARD_TEMPLATES` may name a folder of templates for the large jobs.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** What `npm run oracle` fetches: the released native tool, which is what people have, and rule files. */
const RELEASED = join(ROOT, '.cache/oracle/package/bin/ubuntu/x86_64/cfn-guard');
const CONTROL_TOWER = join(ROOT, '.cache/oracle/package/rules');

async function main(argv: string[]): Promise<void> {
  const { values: options } = parseArgs({
    args: argv,
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      compare: { type: 'string' },
      plot: { type: 'boolean', default: false },
    },
  });
  const scratch = workspace();
  try {
    const compared = options.compare === undefined ? [] : [buildOfRevision(options.compare, scratch.path)];
    const own = options.plot ? buildOfRevision('HEAD', scratch.path) : buildOfCheckout(scratch.path);
    if (existsSync(RELEASED)) process.env.CFN_GUARD_BINARY ??= RELEASED;
    const native = nativeGuard();
    const setting = settingOf([own, ...compared], native, scratch.path);
    const jobs: Job[] = [];
    for (const name of options.only ?? Object.keys(SCENARIOS)) {
      const scenario = scenarioNamed(name, setting);
      progress(`${scenario.title}: ${scenario.about}`);
      jobs.push(await run(compared.length > 0 ? { ...scenario, references: [] } : scenario));
    }
    const curves = options.plot ? growthCurves(setting, progress) : [];
    const results = { environment: environmentOf(setting, native), jobs, curves };
    if (options.plot) save(results);
    const table = compared.length > 0 ? buildTable(results) : budgetTable(results);
    process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : table);
  } finally {
    scratch.remove();
  }
}

/** @throws {Error} when there is none */
function scenarioNamed(name: string, setting: Setting): Scenario {
  const make = SCENARIOS[name];
  if (make === undefined) throw new Error(`--only is one of ${Object.keys(SCENARIOS).join(', ')}`);
  return make(setting);
}

function settingOf(builds: readonly Build[], native: NativeGuard, scratch: string): Setting {
  if (native.path === undefined) progress(`Without the native tool: ${native.reason}`);
  return {
    builds,
    scratch,
    native:
      native.path !== undefined && existsSync(CONTROL_TOWER)
        ? { binary: native.path, rules: CONTROL_TOWER }
        : null,
    templates: templates(scratch),
  };
}

const TEMPLATE_COUNT = 99;

function templates(scratch: string): Setting['templates'] {
  const named = process.env.ECS_GUARD_TEMPLATES;
  if (named !== undefined && named !== '') {
    const folder = resolve(named);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return { folder, count: names.filter((name) => /\.(ya?ml|json|template)$/.test(name)).length };
  }
  const folder = join(scratch, 'templates');
  for (let at = 0; at < TEMPLATE_COUNT; at++)
    write(folder, { [`template-${at}.yml`]: templateWith(2 + (at % 20), at) });
  return { folder, count: TEMPLATE_COUNT };
}

async function run({ title, about, rounds, ours, references, memory }: Scenario): Promise<Job> {
  const timings = measure([...ours, ...references], rounds);
  const measured = async (command: Command, at: number): Promise<Measured> => ({
    ...timings[at]!,
    memory: memory === true ? await peakMemory(command) : null,
  });
  const own: Measured[] = [];
  for (const [at, command] of ours.entries()) own.push(await measured(command, at));
  const others: Job['references'][number][] = [];
  for (const [at, command] of references.entries())
    others.push({ ...(await measured(command, ours.length + at)), budget: command.budget });
  return { title, about, rounds, ours: own, references: others };
}

function environmentOf({ builds }: Setting, native: NativeGuard): Environment {
  return {
    commits: Object.fromEntries(builds.map(({ name, commit }) => [name, commit])),
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().split(' ')[2] ?? '',
    native: native.path === undefined ? null : native.version,
  };
}

/** All from the same figures. */
function save(results: Results): void {
  const readme = join(ROOT, 'README.md');
  writeFileSync(join(ROOT, 'docs', 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(ROOT, 'docs', 'bench.svg'), plot(results));
  writeFileSync(readme, intoReadme(readFileSync(readme, 'utf8'), results));
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

await main(process.argv.slice(2));
