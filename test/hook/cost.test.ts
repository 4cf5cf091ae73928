import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { GOOD_TASK } from '../../bench/templates.ts';
import { installBuilt } from '../support/installed.ts';
import { CACHE, HOOK, onlyNote } from '../support/recalled.ts';
import { type Cleanup, type Repo, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

/* What a commit starts, reads and writes, which is what it costs on any machine. */

const RECORDER = fileURLToPath(new URL('../support/record-files.cjs', import.meta.url));

/** A repository with the built package in it. */
function withPackage(t: Cleanup): Repo {
  const repo = withRepo(t);
  installBuilt(repo);
  repo.write('.gitignore', 'node_modules\n');
  repo.stage({ '.gitignore': 'node_modules\n' });
  repo.git('commit', '--quiet', '--message', 'first');
  return repo;
}

/** What the hook asks first, and then while Node is starting. */
const ASKED = ['diff', 'rev-parse', 'ls-files', 'diff'];

/** Looked for by every commit with a candidate. */
const LOOKED_FOR = [
  '.ecs-guardrc.json',
  '.ecs-guardrc.yaml',
  '.ecs-guardrc.yml',
  'package.json',
  '.git/MERGE_HEAD',
];
const VERDICTS = '.git/ecs-guard/<verdicts>';
const DESCRIBED = '.git/ecs-guard/<described>';
const NOTE = '.git/ecs-guard/<outcome>';
/** What is loaded for every such commit, */
const PROGRAM = [
  'node_modules/.cache/ecs-guard-staged/<code cache of cli-of-hook>',
  'node_modules/ecs-guard-staged/dist/cli-bundle.cjs',
];
/** and what when something has to be judged. */
const ENGINE = [
  'node_modules/.cache/ecs-guard-staged/<code cache of engine-of-hook>',
  'node_modules/ecs-guard-staged/dist/engine-bundle.cjs',
  'node_modules/ecs-guard-staged/dist/packs/baseline.json',
];

/** A template that no rule objects to; each number gives another one. */
const sound = (number: number) => GOOD_TASK.replace('Family: web', `Family: web-${number}`);

interface Cost {
  readonly status: number | null;
  /** Subcommands of git, in the order of their start. */
  readonly git: readonly string[];
  /** How often Node was started. */
  readonly node: number;
  /** Files that the program named, without repeats, ids, digests and temporary names. */
  readonly files: readonly string[];
}

/** Runs the hook with everything noted that it starts and touches. */
function costOfHook(repo: Repo): Cost {
  for (const program of ['git', 'node']) {
    const real =
      program === 'node' ? process.execPath : repo.run('sh', ['-c', 'command -v git']).stdout.trim();
    repo.write(
      `../noted/${program}`,
      `#!/bin/sh\necho "$*" >>'${repo.at(`../${program}.log`)}'\nexec '${real}' "$@"\n`,
      0o755,
    );
    repo.write(`../${program}.log`, '');
  }
  repo.write('../files.log', '');
  const env = {
    PATH: repo.at('../noted') + delimiter + repo.env.PATH,
    NODE_OPTIONS: `--require ${RECORDER}`,
    RECORD_FILES: repo.at('../files.log'),
  };
  const { status } = repo.run('sh', [repo.at(HOOK)], { env });
  const lines = (log: string) => repo.read(`../${log}.log`).split('\n').slice(0, -1);
  const files = lines('files').map((line) => shorten(repo, (JSON.parse(line) as [string, string])[1]));
  return {
    status,
    git: lines('git').map((line) => line.replace(/^(-c \S+ |--\S+ )*/, '').replace(/ .*/, '')),
    node: lines('node').length,
    // Node reads the launcher through functions that the program has too.
    files: [...new Set(files)].filter((file) => !/dist\/cli\.cjs$|\.tmp$/.test(file)).sort(),
  };
}

function shorten(repo: Repo, path: string): string {
  return path
    .replace('file://', '')
    .replace(`${repo.path}/`, '')
    .replace(/ecs-guard\/(verdicts|described|settings|rules|outcome)-[\w.-]+$/, 'ecs-guard/<$1>')
    .replace(/[0-9a-f]{16}-([a-z-]+)-v[\w.-]+$/, '<code cache of $1>')
    .replace(/objects\/[0-9a-f]{2}\/[0-9a-f]{38}/, 'objects/<id>');
}

test('a commit without a candidate starts git once and nothing else', (t) => {
  const repo = withPackage(t);
  repo.stage({ 'README.md': 'text' });
  assert.deepEqual(costOfHook(repo), { status: 0, git: ['diff'], node: 0, files: [] });
});

test('what was judged before starts git twice and nothing else', (t) => {
  for (const [status, other] of [sound(2), taskDefinition('root')].entries()) {
    const repo = withPackage(t);
    repo.stage({ 'a.yml': sound(1), 'infra/b.yml': other });
    costOfHook(repo);
    assert.deepEqual(costOfHook(repo), { status, git: ['diff', 'ls-files'], node: 0, files: [] });
  }
});

test('what was judged before, but not just so, is neither read nor judged again, and the engine is not loaded', (t) => {
  const repo = withPackage(t);
  repo.stage({ 'a.yml': taskDefinition('root') });
  costOfHook(repo);
  rmSync(onlyNote(repo));
  const files = [...LOOKED_FOR, ...PROGRAM, VERDICTS, DESCRIBED, CACHE].sort();
  assert.deepEqual(costOfHook(repo), { status: 1, git: ASKED, node: 1, files });
});

test('another template is read without git and judged by rules that the package has parsed already', (t) => {
  const repo = withPackage(t);
  repo.stage({ 'a.yml': sound(1) });
  costOfHook(repo);
  repo.stage({ 'a.yml': sound(2) });
  const files = [...LOOKED_FOR, ...PROGRAM, ...ENGINE, VERDICTS, CACHE, NOTE, 'a.yml'].sort();
  assert.deepEqual(costOfHook(repo), { status: 0, git: ASKED, node: 1, files });
});

test('a template that was edited after it was staged is read from its object, also without git', (t) => {
  const repo = withPackage(t);
  repo.stage({ 'a.yml': sound(1) });
  repo.write('a.yml', sound(2));
  const { git, files } = costOfHook(repo);
  assert.deepEqual(git, ASKED);
  assert.ok(files.includes('.git/objects/<id>'));
});

test('a commit of thirty templates starts as many processes as a commit of one', (t) => {
  const repo = withPackage(t);
  repo.stage(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.yml`, sound(at)])));
  const { git, node } = costOfHook(repo);
  assert.deepEqual({ git, node }, { git: ASKED, node: 1 });
});

test('templates that stand in a pack and nowhere else are read by one more git process', (t) => {
  const repo = withPackage(t);
  repo.stage(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.yml`, sound(at)])));
  repo.git('repack', '-adq');
  for (let at = 0; at < 30; at++) rmSync(repo.at(`${at}.yml`));
  assert.deepEqual(costOfHook(repo).git, [...ASKED, 'cat-file']);
});

test('rule files and settings that are tracked are known by what git says, and the settings alone are read', (t) => {
  const repo = withPackage(t);
  repo.stage({
    'policies/no-root.guard': NO_ROOT,
    '.ecs-guardrc.json': '{ "rules": ["policies"] }',
    'a.yml': taskDefinition('root'),
  });
  costOfHook(repo);
  rmSync(onlyNote(repo));
  repo.git('repack', '-adq');
  const { git, files } = costOfHook(repo);
  assert.deepEqual(git, ASKED);
  const own = ['.git/ecs-guard/<rules>', 'policies'];
  assert.deepEqual(files, [...LOOKED_FOR, ...PROGRAM, VERDICTS, DESCRIBED, CACHE, ...own].sort());
});

test('whether rule files that are not tracked have changed one more git process finds out, or the program that reads them', (t) => {
  const repo = withPackage(t);
  repo.write('policies/no-root.guard', NO_ROOT);
  repo.write('.ecs-guardrc.json', '{ "rules": ["policies"] }');
  repo.stage({ 'a.yml': sound(1) });
  costOfHook(repo);
  const git = ['diff', 'ls-files', 'hash-object'];
  assert.deepEqual(costOfHook(repo), { status: 0, git, node: 0, files: [] });
  rmSync(onlyNote(repo));
  const own = ['.git/ecs-guard/<rules>', 'policies', 'policies/no-root.guard'];
  assert.deepEqual(costOfHook(repo).files, [...LOOKED_FOR, ...PROGRAM, VERDICTS, CACHE, ...own].sort());
});

test('settings with the line ends of Windows are known for what is staged of them', (t) => {
  const repo = withPackage(t);
  repo.git('config', 'core.autocrlf', 'true');
  repo.stage({ 'a.yml': sound(1), '.ecs-guardrc.json': '{\r\n  "packs": ["strict"]\r\n}\r\n' });
  repo.git('repack', '-adq');
  costOfHook(repo);
  rmSync(onlyNote(repo));
  assert.deepEqual(costOfHook(repo).git, ASKED);
});

test('settings that take long to read are read once', (t) => {
  const repo = withPackage(t);
  const suppressions = '[{ rule: tasks_denied_root_user, file: b.yml, reason: it is replaced }]';
  repo.stage({ 'a.yml': sound(1), '.ecs-guardrc.yaml': `suppressions: ${suppressions}\n` });
  costOfHook(repo);
  const kept = '.git/ecs-guard/<settings>';
  assert.deepEqual(costOfHook(repo).files, [...LOOKED_FOR, ...PROGRAM, VERDICTS, kept].sort());
});

test('to find old violations git is asked only where a template has a new name', (t) => {
  const repo = withPackage(t);
  const bad = taskDefinition('root');
  repo.stage({
    'no-root.guard': NO_ROOT,
    '.ecs-guardrc.json': '{ "packs": [], "rules": ["no-root.guard"], "report": "new" }',
    'a.yml': bad,
  });
  repo.git('commit', '--quiet', '--message', 'templates');
  repo.stage({ 'a.yml': `# changed\n${bad}` });
  for (const _ of ['cold', 'warm']) assert.deepEqual(costOfHook(repo).git, ASKED);
  repo.git('mv', 'a.yml', 'b.yml');
  for (const _ of ['cold', 'warm']) assert.deepEqual(costOfHook(repo).git, [...ASKED, 'diff']);
  repo.stage({ 'b.yml': taskDefinition('app') });
  assert.deepEqual(costOfHook(repo).git, ASKED);
});
