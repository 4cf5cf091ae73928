import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { installBuilt } from '../support/installed.ts';
import {
  becomeAnotherBuild,
  CACHE,
  CLI,
  HOOK,
  neededEngine,
  notes,
  PACKAGE,
  timeless,
  withoutEngine,
} from '../support/recalled.ts';
import { type Repo, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

/* What a check of many files said is said again when the same is asked, without the verdicts on each of them. */

const CHOICE = ['--pack', 'none', '--rules', 'own', 'infra'];

/** 40 templates in `infra`, of which every second one is bad, and a rule in `own`. */
function manyTemplates(t: TestContext): Repo {
  const repo = withRepo(t);
  installBuilt(repo);
  repo.write('.gitignore', 'node_modules\n');
  for (let at = 0; at < 40; at++)
    repo.write(`infra/${at}.yml`, taskDefinition(at % 2 ? 'root' : 'nobody', { resource: `Worker${at}` }));
  repo.write('own/no-root.guard', NO_ROOT);
  return repo;
}

function mendAll(repo: Repo): void {
  for (let at = 1; at < 40; at += 2) repo.write(`infra/${at}.yml`, taskDefinition('nobody'));
}

const check = (repo: Repo, args: readonly string[] = CHOICE, env = {}) =>
  timeless(repo.run(process.execPath, [CLI, ...args], { env }));

/** Runs something that may rest on whole answers, but on no verdict. */
function byAnswer<T>(repo: Repo, run: () => T): T {
  mkdirSync(repo.at(CACHE), { recursive: true });
  for (const name of readdirSync(repo.at(CACHE)))
    if (!name.startsWith('answer-')) rmSync(repo.at(`${CACHE}/${name}`));
  return withoutEngine(repo, run);
}

const answers = (repo: Repo) => readdirSync(repo.at(CACHE)).filter((name) => name.startsWith('answer-'));

test('what was said is said again, byte for byte and with the same exit code', (t) => {
  const repo = manyTemplates(t);
  const said = check(repo);
  assert.equal(said.status, 1);
  assert.match(said.stdout, /^infra\/1\.yml:8:17 {2}Worker1 › app {2}no_root {2}run as somebody else$/m);
  assert.match(said.stdout, /\n\n✖ 20 violations in 20 of 40 templates · 1 rule · n\n$/);
  assert.match(said.stderr, /^Tip: /);
  assert.deepEqual(
    byAnswer(repo, () => check(repo)),
    said,
  );
  assert.deepEqual(check(repo, ['--no-cache', ...CHOICE]), said);
  const { stdout } = repo.run(process.execPath, [CLI, ...CHOICE]);
  assert.match(stdout, /1 rule · [1-9]\d* ms\n$/, 'its own time');
});

test('what is staged is answered as well, and what passes says so again', (t) => {
  const repo = manyTemplates(t);
  mendAll(repo);
  repo.git('add', '.');
  const staged = ['--pack', 'none', '--rules', 'own'];
  // Git names its index to programs that a commit waits for.
  const env = { GIT_INDEX_FILE: '.git/index' };
  const passed = { status: 0, stdout: '', stderr: '' };
  const again = (args: readonly string[]) => byAnswer(repo, () => check(repo, args, env));
  for (const args of [staged, ['--all', ...staged], CHOICE]) {
    assert.ok(neededEngine(again(args)), args.join());
    assert.deepEqual(check(repo, args, env), passed);
    assert.deepEqual(again(args), passed);
  }
  repo.stage({ 'infra/1.yml': taskDefinition('someone') });
  for (const args of [staged, ['--all', ...staged], CHOICE])
    assert.ok(neededEngine(again(args)), args.join());
});

test('what is asked in turns is answered each time: scopes, shards, terminals and ways to show it', (t) => {
  const repo = manyTemplates(t);
  repo.git('add', '.');
  const own = ['--pack', 'none', '--rules', 'own'];
  const asked = [own, ['--all', ...own], CHOICE, ['--shard', '1/1', ...CHOICE], ['--quiet', ...CHOICE]];
  const said = asked.map((args) => check(repo, args));
  const again = byAnswer(repo, () => asked.map((args) => check(repo, args)));
  const same = again.filter((outcome, at) => isDeepStrictEqual(outcome, said[at]));
  // Two of them may have to share a place, which depends on the path of the repository.
  assert.ok(same.length >= 3);
  assert.equal(same.length, answers(repo).length);
});

test('what a check leaves behind has nothing of the files, whatever they are', (t) => {
  const repo = manyTemplates(t);
  repo.write('infra/prod.json', '{ "password": "hunter2" }');
  repo.write('infra/1.yml', taskDefinition('root').replace('busybox', 'hunter2'));
  check(repo);
  for (const name of readdirSync(repo.at(CACHE)))
    assert.ok(!readFileSync(repo.at(`${CACHE}/${name}`)).includes('hunter2'), name);
});

/** A repository in whose index the 40 templates are, all of them good, and the only rule. */
function manyStaged(t: TestContext): Repo {
  const repo = manyTemplates(t);
  mendAll(repo);
  repo.write('.ecs-guardrc.json', '{ "packs": [], "rules": ["own"] }');
  repo.git('add', '.');
  return repo;
}

test('the hook leaves its note of what it said also when it only had to say so again', (t) => {
  const repo = manyStaged(t);
  check(repo, []);
  assert.equal(answers(repo).length, 1);
  const passed = byAnswer(repo, () => repo.run('sh', [HOOK]));
  assert.deepEqual(passed, { status: 0, stdout: '', stderr: '' });
  assert.equal(notes(repo).length, 1);
  rmSync(repo.at(CACHE), { recursive: true });
  assert.deepEqual(repo.run('sh', [HOOK]), passed);
  assert.deepEqual(answers(repo), [], 'which needs no answer beside it');
});

test('where the hook can leave no note, as in a linked worktree, it answers', (t) => {
  const repo = manyStaged(t);
  repo.git('commit', '--quiet', '--message', 'first');
  repo.git('worktree', 'add', '--quiet', '../other');
  const other = { cwd: repo.at('../other') };
  const edited = readFileSync(repo.at('../other/infra/1.yml'), 'utf8');
  for (let at = 0; at < 40; at++) writeFileSync(repo.at(`../other/infra/${at}.yml`), `${edited}# ${at}\n`);
  repo.run('git', ['add', '.'], other);
  const hook = () => repo.run('sh', [repo.at(HOOK)], other);
  const passed = { status: 0, stdout: '', stderr: '' };
  assert.deepEqual(hook(), passed);
  assert.deepEqual(
    byAnswer(repo, () => hook()),
    passed,
  );
  assert.deepEqual(notes(repo), []);
});

/** What can change between two runs, how to take it back, and with which options the second one runs. */
interface Change {
  readonly make?: (repo: Repo) => void;
  readonly undo?: (repo: Repo) => void;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const writing = (path: string, text: string): Change => {
  let before: string;
  return {
    make: (repo) => {
      before = repo.read(path);
      repo.write(path, text);
    },
    undo: (repo) => repo.write(path, before),
  };
};

const adding = (path: string, text: string): Change => ({
  make: (repo) => repo.write(path, text),
  undo: (repo) => rmSync(repo.at(path)),
});

const asking = (...args: string[]): Change => ({ args });

const CHANGES: Readonly<Record<string, Change>> = {
  'a template of the same length': writing('infra/1.yml', taskDefinition('toor', { resource: 'Worker1' })),
  'a longer template': writing('infra/1.yml', `${taskDefinition('root', { resource: 'Worker1' })}\n`),
  'two templates, by a byte that goes from one to the other': {
    make: (repo) => {
      repo.write('infra/38.yml', repo.read('infra/38.yml').slice(0, -1));
      repo.write('infra/39.yml', `\n${repo.read('infra/39.yml')}`);
    },
    undo: (repo) => {
      repo.write('infra/38.yml', `${repo.read('infra/38.yml')}\n`);
      repo.write('infra/39.yml', repo.read('infra/39.yml').slice(1));
    },
  },
  'one more template': adding('infra/more.yml', taskDefinition('root')),
  'one more template, which is empty': adding('infra/more.yml', ''),
  'one template less': {
    make: (repo) => renameSync(repo.at('infra/7.yml'), repo.at('7.yml')),
    undo: (repo) => renameSync(repo.at('7.yml'), repo.at('infra/7.yml')),
  },
  'the name of a template': {
    make: (repo) => renameSync(repo.at('infra/7.yml'), repo.at('infra/7.yaml')),
    undo: (repo) => renameSync(repo.at('infra/7.yaml'), repo.at('infra/7.yml')),
  },
  'a rule file': writing('own/no-root.guard', NO_ROOT.replace("'root'", "'toor'")),
  'one more rule file': adding('own/more.guard', NO_ROOT),
  'the name of a rule file': {
    make: (repo) => renameSync(repo.at('own/no-root.guard'), repo.at('own/root.guard')),
    undo: (repo) => renameSync(repo.at('own/root.guard'), repo.at('own/no-root.guard')),
  },
  'levels in the settings': adding('.ecs-guardrc.json', '{ "severity": { "no_root": "warn" } }'),
  'files that settings leave out': adding('.ecs-guardrc.json', '{ "exclude": ["infra/1.yml"] }'),
  'settings of one folder': adding('infra/.ecs-guardrc.json', '{ "failOn": ["unknown"] }'),
  'a pack': asking('--pack', 'baseline', '--rules', 'own', 'infra'),
  'a rule file that is not there': asking('--rules', 'missing', ...CHOICE),
  'the rules': asking('--pack', 'none', '--rules', 'own', '--rules', 'own', 'infra'),
  'which files': asking('--pack', 'none', '--rules', 'own', 'infra', 'infra/1.yml', '.ecs-guardrc.json'),
  'a shard': asking('--shard', '1/1', ...CHOICE),
  'how functions are judged': asking('--intrinsics', 'off', ...CHOICE),
  'what fails': asking('--fail-on', 'unknown', ...CHOICE),
  'what counts': asking('--new', ...CHOICE),
  'how much is said': asking('--quiet', ...CHOICE),
  'what is listed': asking('--undecided', ...CHOICE),
  'the use of the cache': asking('--no-cache', ...CHOICE),
  'the format': asking('--format', 'json', ...CHOICE),
  colours: { env: { FORCE_COLOR: '1' } },
  'a commit that waits': { env: { GIT_INDEX_FILE: '.git/index' } },
};

test('another question has no answer: neither files nor rules, settings, options or surroundings may differ', (t) => {
  const repo = manyTemplates(t);
  const said = check(repo);
  for (const [what, { make, undo, args, env }] of Object.entries(CHANGES)) {
    make?.(repo);
    assert.ok(neededEngine(byAnswer(repo, () => check(repo, args, env))), what);
    undo?.(repo);
    assert.deepEqual(
      byAnswer(repo, () => check(repo)),
      said,
      `without ${what}`,
    );
  }
  const elsewhere = () => {
    const args = [repo.at(CLI), '--pack', 'none', '--rules', '../own', '.'];
    return timeless(repo.run(process.execPath, args, { cwd: repo.at('infra') }));
  };
  assert.ok(neededEngine(byAnswer(repo, elsewhere)));
});

test('what cannot be used is complained about, also when nothing else has changed', (t) => {
  const repo = manyTemplates(t);
  check(repo);
  repo.write('infra/more/.ecs-guardrc.json', '{');
  repo.write('infra/more/1.yml', taskDefinition('root'));
  const told = check(repo);
  assert.equal(told.status, 2);
  assert.match(told.stderr, /^infra\/more\/\.ecs-guardrc\.json:/m);
  assert.deepEqual(check(repo, ['--no-cache', ...CHOICE]), told);
});

test('another build has no answer', (t) => {
  const repo = manyTemplates(t);
  check(repo);
  const build = /"([0-9a-f]{16})"/.exec(repo.read(`${PACKAGE}/dist/cli-bundle.cjs`))?.[1] ?? '';
  becomeAnotherBuild(repo, build);
  assert.ok(neededEngine(byAnswer(repo, () => check(repo))));
});

test('an answer that is damaged, cut short or of something else is none, and is replaced', (t) => {
  const repo = manyTemplates(t);
  const said = check(repo);
  const [name = ''] = answers(repo);
  const path = repo.at(`${CACHE}/${name}`);
  const entry = readFileSync(path);
  const changed = Buffer.from(entry);
  changed.write('0', entry.lastIndexOf('"violations":20') + '"violations":'.length);
  for (const damaged of [changed, entry.subarray(0, -1), entry.subarray(0, 50), Buffer.alloc(0)]) {
    writeFileSync(path, damaged);
    assert.ok(neededEngine(byAnswer(repo, () => check(repo))));
    assert.deepEqual(check(repo), said);
    assert.ok(!neededEngine(byAnswer(repo, () => check(repo))), 'replaced');
  }
  rmSync(path);
  mkdirSync(path);
  for (let run = 0; run < 2; run++) assert.deepEqual(check(repo), said);
});

const CLOCK = `let start = parse_epoch("2020-01-01T00:00:00Z")
let current = now()
rule late when Resources.Worker1 exists { %current > %start }
`;

/** What makes that nothing may be said again, and the options of the run. */
const UNREPEATABLE: Readonly<Record<string, Change>> = {
  'an excuse, which may end': {
    make: (repo) =>
      repo.write('infra/1.yml', `# ecs-guard-ignore-file no_root: a reason\n${repo.read('infra/1.yml')}`),
  },
  'an excuse in the settings': {
    make: (repo) =>
      repo.write(
        '.ecs-guardrc.json',
        `{ "packs": [], "rules": ["own"],
           "suppressions": [{ "rule": "no_root", "file": "infra/1.yml", "reason": "a reason" }] }`,
      ),
    args: ['infra'],
  },
  'a rule that asks the clock': { make: (repo) => repo.write('own/clock.guard', CLOCK) },
  'violations that may be old': asking('--new', ...CHOICE),
  'a template that cannot be read': {
    make: (repo) => repo.write('infra/broken.yml', 'Resources: { A: { Type: "A::B::C"'),
  },
  'a rule file that cannot be read': { make: (repo) => repo.write('own/broken.guard', 'rule {') },
  'a path that is not there': asking(...CHOICE, 'missing'),
  'no cache': asking('--no-cache', ...CHOICE),
  'another format': asking('--format', 'github', ...CHOICE),
  'few files': {
    make: (repo) => rmSync(repo.at('infra/10.yml')),
    args: ['--pack', 'none', '--rules', 'own', 'infra/1.yml'],
  },
  repairs: asking('--fix', '--dry-run', ...CHOICE),
};

for (const [what, { make, args }] of Object.entries(UNREPEATABLE)) {
  test(`no answer is kept: ${what}`, (t) => {
    const repo = manyTemplates(t);
    mkdirSync(repo.at(CACHE));
    make?.(repo);
    const said = check(repo, args);
    assert.deepEqual(answers(repo), []);
    assert.deepEqual(check(repo, args), said);
    assert.deepEqual(answers(repo), []);
  });
}
