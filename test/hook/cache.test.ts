import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { REPORTERS } from '../../src/reporters/index.ts';
import { packTarball, withInstalled } from '../support/installed.ts';
import {
  becomeAnotherBuild,
  CACHE,
  CLI,
  forgetNotes,
  HOOK,
  neededEngine,
  onlyNote,
  timeless,
  withoutEngine,
} from '../support/recalled.ts';
import type { Outcome, Repo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

const tarball = packTarball({ after });

/** A repository with the package, in which files are staged. */
function repoWith(t: TestContext, files: Readonly<Record<string, string>>): Repo {
  const repo = withInstalled(t, tarball);
  repo.stage(files);
  return repo;
}

const check = (repo: Repo, ...args: string[]) => timeless(repo.run(process.execPath, [CLI, ...args]));

/** What the hook says by the program. */
function hook(repo: Repo, env = {}): Outcome {
  forgetNotes(repo);
  return timeless(repo.run('sh', [HOOK], { env }));
}

/** Asserts that the first run is right, and that a second one shows the same without judging anything. */
function assertRecalled(repo: Repo, run: () => Outcome): Outcome {
  const cold = run();
  assert.deepEqual(withoutEngine(repo, run), cold);
  return cold;
}

for (const [named, choice] of Object.entries({
  'the default pack': [],
  'both packs': ['--pack', 'published', '--pack', 'baseline'],
  'rules of the user': ['--rules', 'own'],
})) {
  test(`what is recalled is shown byte for byte as what is judged, in every format: ${named}`, (t) => {
    const repo = withInstalled(t, tarball);
    repo.write('own/no-root.guard', `# Why not.\n${NO_ROOT}`);
    for (const folder of ['ecs', 'templates', 'malformed'])
      cpSync(join(FIXTURES, folder), repo.at(`fixtures/${folder}`), { recursive: true });
    const whileStaged = { staged: [] as string[], named: ['fixtures'] };
    const compare = (paths: string[]) => {
      for (const format of Object.keys(REPORTERS)) {
        const args = ['--format', format, ...choice, ...paths];
        rmSync(repo.at(CACHE), { recursive: true, force: true });
        const judged = check(repo, '--no-cache', ...args);
        assert.equal(existsSync(repo.at(CACHE)), false);
        assert.equal(judged.status, 2);
        assert.ok(judged.stdout.length > 500, judged.stdout);
        assert.ok(judged.stderr.length > 500, judged.stderr);
        assert.deepEqual(check(repo, ...args), judged, 'cold');
        assert.ok(existsSync(repo.at(CACHE)));
        assert.deepEqual(check(repo, ...args), judged, 'warm');
      }
    };
    compare(whileStaged.named);
    repo.git('add', '--force', 'fixtures');
    compare(whileStaged.staged);
  });
}

test('each fixture that can be judged is recalled without parsers and engine, by name, by the hook and by its note', (t) => {
  const repo = withInstalled(t, tarball);
  for (const folder of ['ecs', 'templates'])
    cpSync(join(FIXTURES, folder), repo.at(`fixtures/${folder}`), { recursive: true });
  assert.equal(assertRecalled(repo, () => check(repo, 'fixtures')).status, 1);
  repo.git('add', 'fixtures');
  const told = assertRecalled(repo, () => hook(repo));
  assert.match(told.stdout, /^fixtures\/ecs\/careless\.yaml:\d+:\d+ /m);
  // What is left of the program does nothing.
  writeFileSync(repo.at(CLI), /^.*\n.*\n/.exec(repo.read(CLI))?.[0] ?? '');
  assert.deepEqual(timeless(repo.run('sh', [HOOK])), told);
});

test('a warm hook starts git four times and reads no blob', { skip: process.platform === 'win32' }, (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root'), 'more/package.json': '{}' });
  const log = repo.at('../git-calls');
  const git = repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  repo.write('../watched/git', `#!/bin/sh\necho "$@" >> '${log}'\nexec '${git}' "$@"\n`, 0o755);
  const env = { PATH: repo.at('../watched') + delimiter + repo.env.PATH };
  const cold = hook(repo, env);
  assert.equal(cold.status, 1);
  rmSync(log);
  const id = repo.git('rev-parse', ':bad.yml').stdout.trim();
  rmSync(repo.at(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`));
  assert.deepEqual(
    withoutEngine(repo, () => hook(repo, env)),
    cold,
  );
  const calls = readFileSync(log, 'utf8').trim().split('\n');
  assert.deepEqual(
    calls.map((call) => /(?:^| )(diff|rev-parse|ls-files|cat-file) /.exec(call)?.[1]),
    ['diff', 'rev-parse', 'ls-files', 'diff'],
  );
});

test('without its bundle the engine cannot judge, so the tests above mean something', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  assert.ok(neededEngine(withoutEngine(repo, () => hook(repo))));
});

test('the same content is known under another name and reported under that name', (t) => {
  const repo = repoWith(t, { 'infra/one.yml': taskDefinition('root') });
  hook(repo);
  repo.git('mv', 'infra/one.yml', 'infra/two.json');
  const { status, stdout } = withoutEngine(repo, () => hook(repo));
  assert.equal(status, 1);
  assert.match(stdout, /^infra\/two\.json:8:17 {2}/m);
  assert.deepEqual(check(repo, '--no-cache').stdout, stdout);
});

test('worktrees share what is known', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  hook(repo);
  repo.git('worktree', 'add', '--quiet', '../other');
  const command = [repo.at(CLI)];
  repo.write('../other/bad.yml', taskDefinition('root'));
  repo.run('git', ['add', 'bad.yml'], { cwd: repo.at('../other') });
  const run = () => repo.run(process.execPath, command, { cwd: repo.at('../other') });
  assert.equal(withoutEngine(repo, run).status, 1);
});

test('a change of rules, packs, folder or settings judges anew', (t) => {
  const repo = repoWith(t, { 'infra/bad.yml': taskDefinition('root') });
  repo.write('own.guard', NO_ROOT);
  repo.write('same.guard', NO_ROOT);
  const own = ['--pack', 'none', '--rules'];
  assertRecalled(repo, () => check(repo, ...own, 'own.guard'));
  const anew = (...args: string[]) => {
    assert.ok(neededEngine(withoutEngine(repo, () => check(repo, ...args))), args.join(' '));
    return check(repo, ...args);
  };
  anew('--rules', 'own.guard');
  anew(...own, 'same.guard');
  anew(...own, 'same.guard', '--rules', 'own.guard');
  anew(...own, 'own.guard', '--rules', 'same.guard');
  anew();
  anew('--pack', 'published');
  repo.write('own.guard', NO_ROOT.replace("'root'", "'toor'"));
  assert.equal(anew(...own, 'own.guard').status, 0);
  repo.write('.ecs-guardrc.json', '{ "packs": [], "rules": ["own.guard"] }');
  assertRecalled(repo, () => hook(repo));
  repo.write('.ecs-guardrc.json', '{ "packs": ["baseline", "published"], "rules": ["own.guard"] }');
  assert.ok(neededEngine(withoutEngine(repo, () => hook(repo))));
});

test('another build judges anew', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  hook(repo);
  const verdicts = readdirSync(repo.at(CACHE)).find((name) => name.startsWith('verdicts'));
  const build = /[0-9a-f]{16}(?=\/v\d)/.exec(repo.read(`${CACHE}/${verdicts}`))?.[0] ?? '';
  becomeAnotherBuild(repo, build);
  assert.ok(neededEngine(withoutEngine(repo, () => hook(repo))));
});

test('rules that ask the clock are asked each time, unless the template never gets them to', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  repo.write('clock.guard', CLOCK);
  const run = () => check(repo, '--pack', 'none', '--rules', 'clock.guard');
  assert.equal(run().status, 0);
  assert.ok(neededEngine(withoutEngine(repo, run)));
  repo.stage({ 'bad.yml': taskDefinition('root', { resource: 'Other' }) });
  assert.equal(assertRecalled(repo, run).status, 0);
});

const CLOCK = `let start = parse_epoch("2020-01-01T00:00:00Z")
let current = now()
rule late when Resources.Worker exists { %current > %start }
`;

test('what could not be judged is tried again each time, and the rest is recalled', (t) => {
  const repo = repoWith(t, {
    'broken.yml': 'Resources: { A: { Type: "A::B::C"',
    'bad.yml': taskDefinition('root'),
  });
  const cold = hook(repo);
  assert.equal(cold.status, 2);
  assert.ok(neededEngine(withoutEngine(repo, () => hook(repo))));
  assert.deepEqual(hook(repo), cold);
  repo.git('rm', '--quiet', '--cached', 'broken.yml');
  assert.equal(withoutEngine(repo, () => hook(repo)).status, 1);
});

test('nothing is kept of a run with a rule file that cannot be used', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  repo.write('own/good.guard', NO_ROOT);
  repo.write('own/broken.guard', 'rule {');
  assert.equal(check(repo, '--rules', 'own').status, 2);
  assert.equal(check(repo, '--rules', 'own').status, 2);
  assert.deepEqual(check(repo, '--rules', 'own', '--rules', 'missing').status, 2);
  assert.equal(existsSync(repo.at(CACHE)), false);
});

test('an entry that is damaged, cut short, swapped or of something else gives no answer, and is replaced', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  const cold = hook(repo);
  rmSync(onlyNote(repo));
  const names = readdirSync(repo.at(CACHE));
  assert.equal(names.length, 2);
  for (const name of names) {
    const path = repo.at(`${CACHE}/${name}`);
    const entry = readFileSync(path);
    for (const damaged of [
      Buffer.from(entry.toString().replace(/"(FAIL|name)"/, '"PASS"')),
      entry.subarray(0, -100),
      entry.subarray(0, 50),
      Buffer.alloc(entry.length),
      Buffer.of(),
    ]) {
      writeFileSync(path, damaged);
      assert.deepEqual(hook(repo), cold);
      assert.deepEqual(readFileSync(path), entry);
    }
    renameSync(path, path.slice(0, -1) + (name.endsWith('0') ? '1' : '0'));
    assert.deepEqual(hook(repo), cold);
    assert.deepEqual(readFileSync(path), entry);
  }
});

test('a cache that cannot be written or read is no cache', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  const judged = check(repo, '--no-cache');
  writeFileSync(repo.at(CACHE), 'a file where the folder would be, as on a full disk');
  for (let run = 0; run < 2; run++) assert.deepEqual(check(repo), judged);
  rmSync(repo.at(CACHE));
  mkdirSync(repo.at(CACHE));
  chmodSync(repo.at(CACHE), 0o500);
  for (let run = 0; run < 2; run++) assert.deepEqual(check(repo), judged);
  chmodSync(repo.at(CACHE), 0o000);
  assert.deepEqual(check(repo), judged);
  chmodSync(repo.at(CACHE), 0o700);
});

test('the cache may be anywhere', (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  const run = () => check(repo, '--cache-dir', 'elsewhere/cache');
  assert.equal(assertRecalled(repo, run).status, 1);
  assert.equal(existsSync(repo.at(CACHE)), false);
  assert.equal(readdirSync(repo.at('elsewhere/cache')).length, 2);
});

test('twenty hooks at once in a repository and its worktree all say the same', async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`${at}.yml`, taskDefinition('root', { container: `c${at}` })]),
  );
  const repo = repoWith(t, files);
  repo.git('worktree', 'add', '--quiet', '../other');
  for (const [name, text] of Object.entries(files)) repo.write(`../other/${name}`, text);
  repo.run('git', ['add', '.'], { cwd: repo.at('../other') });
  const expected = check(repo, '--no-cache');
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, at) => hookIn(repo, repo.at(at % 2 === 0 ? '.' : '../other'))),
  );
  for (const outcome of outcomes) assert.deepEqual(outcome, expected);
  assert.deepEqual(hook(repo), expected);
  assert.deepEqual(
    withoutEngine(repo, () => hook(repo)),
    expected,
  );
  assert.ok(
    readdirSync(repo.at(CACHE)).every((name) =>
      /^(verdicts-[0-9a-f]|described-[0-9a-f]{40}|outcome-[0-9a-f])$/.test(name),
    ),
  );
});

async function hookIn(repo: Repo, cwd: string): Promise<Outcome> {
  const child = spawn('sh', [repo.at(HOOK)], { cwd, env: repo.env });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    texts.stderr += chunk;
  });
  const [status] = await once(child, 'close');
  return timeless({ status, ...texts });
}
