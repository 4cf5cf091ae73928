import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { withoutGit } from '../support/git-version.ts';
import {
  accepted,
  assertGuarded,
  BAD,
  CLI,
  cannotTell,
  GOOD,
  guard,
  POLICY,
  rejected,
  unguarded,
  withVariables,
} from '../support/guarded.ts';
import { openRepo, type Repo } from '../support/repo.ts';

/* Kinds of repositories and commits: whatever git calls the next commit is what is judged. */

const guarded = guard({ after });

/** Settings of git itself. */
function configure(repo: Repo, settings: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(settings)) repo.git('config', name, value);
}

/** A repository whose history another one is cloned from. */
function withOrigin(t: TestContext): Repo {
  const origin = guarded.repo(t);
  configure(origin, { 'uploadpack.allowFilter': 'true', 'uploadpack.allowAnySHA1InWant': 'true' });
  for (const content of [BAD, GOOD]) {
    origin.stage({ 'old.yml': `${content}# old\n` });
    unguarded(origin, 'more');
  }
  return origin;
}

/** A guarded clone. */
function cloneOf(origin: Repo, ...options: string[]): Repo {
  const clone = openRepo(origin.at('../clone'), origin.env);
  origin.git('clone', '--quiet', ...options, `file://${origin.path}`, clone.path);
  guarded.install(clone);
  return clone;
}

test('a file that was only announced is judged as soon as a commit takes it', (t) => {
  const repo = guarded.repo(t);
  repo.write('later.yml', BAD);
  repo.git('add', '--intent-to-add', 'later.yml');
  repo.stage({ 'readme.md': 'text\n' });
  accepted(repo.commit());
  rejected(repo.commit('-a'), 'later.yml');
  rejected(repo.commit('--', 'later.yml'), 'later.yml');
  repo.write('later.yml', GOOD);
  accepted(repo.commit('-a'));
});

test('of a file of which only a part is staged, that part is judged', (t) => {
  const repo = guarded.repo(t);
  const long = `${GOOD}${'# a line\n'.repeat(20)}`;
  repo.stage({ 'a.yml': `${long}# end\n` });
  accepted(repo.commit());
  repo.write('a.yml', `${long.replace('User: app', 'User: root')}# another end\n`);
  accepted(repo.tryGit(['commit', '-m', 'x', '-p'], { input: 'n\ny\n' }));
  rejected(repo.tryGit(['commit', '-m', 'x', '-p'], { input: 'y\n' }), 'a.yml');
});

test('--only leaves what else is staged for another commit, and --include does not', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'a.yml': GOOD, 'b.yml': GOOD });
  accepted(repo.commit());
  repo.stage({ 'a.yml': BAD });
  repo.write('b.yml', `${GOOD}# more\n`);
  rejected(repo.commit('--include', '--', 'b.yml'), 'a.yml');
  accepted(repo.commit('--only', '--', 'b.yml'));
  rejected(repo.commit(), 'a.yml');
});

test('a repair of a commit of some files only is refused, and nothing changes', (t) => {
  const repo = guarded.repo(t);
  repo.write('.git/hooks/pre-commit', `#!/bin/sh\nexec node ${CLI} --fix\n`, 0o755);
  repo.stage({ 'a.yml': GOOD });
  accepted(repo.commit());
  repo.write('a.yml', BAD);
  rejected(repo.commit('--', 'a.yml'), 'a.yml');
  assert.equal(repo.read('a.yml'), BAD);
  assert.equal(repo.git('diff', '--cached').stdout, '');
});

test('a submodule is guarded by its own hook, and its commit in the repository around is no template', (t) => {
  const repo = guarded.repo(t);
  const other = guarded.repo(t);
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.path, 'sub.yml');
  accepted(repo.commit());
  const sub = openRepo(repo.at('sub.yml'), repo.env);
  guarded.install(sub);
  assertGuarded(sub);
  repo.git('add', 'sub.yml');
  accepted(repo.commit());
  assert.match(repo.git('ls-files', '--stage', 'sub.yml').stdout, /^160000 /);
});

test('a submodule is guarded before and after its git folder is moved to that of the repository around', (t) => {
  const repo = guarded.repo(t);
  const sub = openRepo(repo.at('sub'), repo.env);
  mkdirSync(sub.path);
  sub.git('init', '--quiet');
  guarded.install(sub);
  sub.stage(POLICY);
  accepted(sub.commit());
  assertGuarded(sub);
  repo.git('-c', 'advice.addEmbeddedRepo=false', 'submodule', '--quiet', 'add', './sub', 'sub');
  repo.git('submodule', '--quiet', 'absorbgitdirs', 'sub');
  assert.equal(existsSync(sub.at('.git/HEAD')), false);
  assertGuarded(sub, 'other.yml');
});

for (const cone of [true, false])
  test(`a sparse checkout ${cone ? 'of folders' : 'by patterns'} hides no staged file and no settings`, (t) => {
    const repo = guarded.repo(t);
    repo.stage({ 'in/a.yml': GOOD, 'out/b.yml': GOOD, 'out/.ecs-guardrc.json': POLICY['.ecs-guardrc.json'] });
    repo.stage({ 'out/no-root.guard': POLICY['no-root.guard'] });
    accepted(repo.commit());
    configure(repo, { 'core.sparseCheckout': 'true', 'core.sparseCheckoutCone': `${cone}` });
    repo.write('.git/info/sparse-checkout', cone ? '/*\n!/*/\n/in/\n' : '/*\n!/out/\n');
    configure(repo, { 'index.sparse': `${cone}` });
    repo.git('read-tree', '-mu', 'HEAD');
    assert.equal(existsSync(repo.at('out')), false);
    assertGuarded(repo, 'in/new.yml');
    const bad = repo.run('git', ['hash-object', '-w', '--stdin'], { input: BAD }).stdout.trim();
    repo.git('update-index', '--add', '--cacheinfo', `100644,${bad},out/b.yml`);
    rejected(repo.commit(), 'out/b.yml');
    const fix = repo.run(process.execPath, [CLI, '--fix']);
    rejected(fix, 'out/b.yml');
    assert.equal(existsSync(repo.at('out')), false);
  });

test('ways to keep the index make no difference', async (t) => {
  const ways: Readonly<Record<string, (repo: Repo) => void>> = {
    'split index': (repo) => repo.git('update-index', '--split-index'),
    'untracked cache': (repo) => repo.git('update-index', '--force-untracked-cache'),
    'index version 4': (repo) => repo.git('update-index', '--index-version', '4'),
    'a monitor of files': (repo) => configure(repo, { 'core.fsmonitor': 'touch monitor-ran; false' }),
    'no cache of trees': (repo) => repo.git('read-tree', '--empty'),
  };
  for (const [title, apply] of Object.entries(ways))
    await t.test(title, (t) => {
      const repo = guarded.repo(t);
      repo.stage({ 'a.yml': GOOD });
      accepted(repo.commit());
      apply(repo);
      repo.stage({ ...POLICY, 'a.yml': GOOD });
      rmSync(repo.at('monitor-ran'), { force: true });
      assert.equal(repo.run('sh', ['.git/hooks/pre-commit']).status, 0);
      assert.equal(existsSync(repo.at('monitor-ran')), false);
      assertGuarded(repo);
    });
});

test('a shallow clone is guarded, also with old violations', (t) => {
  const clone = cloneOf(withOrigin(t), '--depth', '1');
  assertGuarded(clone);
  configure(clone, { 'user.name': 'x' });
  const settings = { packs: [], rules: ['no-root.guard'], report: 'new' };
  clone.stage({ '.ecs-guardrc.json': JSON.stringify(settings), 'old.yml': BAD });
  rejected(clone.commit(), 'old.yml');
});

/** Notes when anything is fetched. */
function watchFetches(clone: Repo): () => boolean {
  clone.write(
    '../upload-pack',
    `#!/bin/sh\ntouch '${clone.at('../fetched')}'\nexec git upload-pack "$@"\n`,
    0o755,
  );
  configure(clone, { 'remote.origin.uploadpack': clone.at('../upload-pack') });
  return () => existsSync(clone.at('../fetched'));
}

for (const [filter, skip] of [
  ['blob:none', withoutGit(2, 17)],
  ['tree:0', withoutGit(2, 20)],
] as const)
  test(`a partial clone with ${filter} fetches nothing, and says what it lacks`, { skip }, (t) => {
    const origin = withOrigin(t);
    const clone = cloneOf(origin, `--filter=${filter}`);
    const fetched = watchFetches(clone);
    assertGuarded(clone);
    const lacking = origin.git('rev-parse', 'HEAD~1:old.yml').stdout.trim();
    clone.git('update-index', '--add', '--cacheinfo', `100644,${lacking},old.yml`);
    clone.stage({ 'bad.yml': BAD });
    const hook = clone.run('sh', ['.git/hooks/pre-commit']);
    assert.equal(hook.status, 2);
    cannotTell(hook, new RegExp(`old.yml +error .*object ${lacking}`));
    rejected(hook, 'bad.yml');
    assert.equal(fetched(), false);
    clone.git('cat-file', '-e', lacking);
    assert.equal(fetched(), true);
    rejected(clone.run('sh', ['.git/hooks/pre-commit']), 'old.yml');
  });

test('a partial clone that lacks trees of HEAD fetches nothing either', { skip: withoutGit(2, 20) }, (t) => {
  const origin = withOrigin(t);
  const clone = cloneOf(origin, '--filter=tree:0', '--no-checkout');
  const fetched = watchFetches(clone);
  clone.stage({ ...POLICY, 'a.yml': BAD });
  const hook = clone.run('sh', ['.git/hooks/pre-commit']);
  assert.equal(hook.status, 2, hook.stdout + hook.stderr);
  assert.match(hook.stderr, /could not ask git/);
  assert.equal(fetched(), false);
});

test('objects may be borrowed, packed, or kept elsewhere', (t) => {
  const origin = withOrigin(t);
  const clone = cloneOf(origin, '--shared');
  assertGuarded(clone);
  clone.git('repack', '-adq');
  clone.stage({ 'packed.yml': BAD });
  clone.git('commit', '--quiet', '--no-verify', '-m', 'packed');
  clone.git('repack', '-adq');
  clone.git('reset', '--quiet', '--soft', 'HEAD~');
  rejected(clone.commit(), 'packed.yml');
  clone.git('reset', '--quiet', '--hard');
  renameSync(clone.at('.git/objects'), clone.at('../objects'));
  mkdirSync(clone.at('.git/objects'));
  assertGuarded(withVariables(clone, { GIT_OBJECT_DIRECTORY: clone.at('../objects') }), 'b.yml');
  const borrowing = withVariables(clone, { GIT_ALTERNATE_OBJECT_DIRECTORIES: clone.at('../objects') });
  assertGuarded(borrowing, 'c.yml');
});

test('a commit while git collects garbage is judged like any other', async (t) => {
  const repo = guarded.repo(t);
  for (let at = 0; at < 5; at++) {
    repo.stage({ 'a.yml': `${BAD}# ${at}\n` });
    const collecting = spawn('git', ['gc', '--quiet', '--prune=now'], { cwd: repo.path, env: repo.env });
    const ended = once(collecting, 'close');
    rejected(repo.commit(), 'a.yml');
    await ended;
  }
});

test('linked worktrees with settings of their own are guarded', { skip: withoutGit(2, 20) }, (t) => {
  const repo = guarded.repo(t);
  configure(repo, { 'extensions.worktreeConfig': 'true' });
  const linked = openRepo(repo.at('../linked'), repo.env);
  repo.git('worktree', 'add', '--quiet', linked.path);
  linked.git('config', '--worktree', 'diff.relative', 'true');
  linked.git('config', '--worktree', 'core.quotePath', 'true');
  assertGuarded(linked);
  assertGuarded(repo);
});

test('a repository below a link is guarded, by whatever path it is entered', (t) => {
  const repo = guarded.repo(t);
  mkdirSync(repo.at('sub'));
  symlinkSync(join(repo.path, '..'), repo.at('../link'));
  const cwd = repo.at('../link/repo/sub');
  repo.stage({ 'infra/app.yml': BAD });
  const commit = ['commit', '-m', 'x'];
  rejected(repo.tryGit(commit, { cwd, env: { PWD: cwd } }), 'infra/app.yml');
  const named = repo.run(process.execPath, [repo.at(CLI), `${cwd}/../infra/app.yml`], { cwd });
  rejected(named, '../infra/app.yml');
  rejected(repo.tryGit(['-C', cwd, ...commit], { cwd: '/' }), 'infra/app.yml');
});

test('a bare repository with a worktree elsewhere is guarded', (t) => {
  const repo = guarded.repo(t);
  repo.git('clone', '--quiet', '--bare', '.', '../bare.git');
  for (const hook of readdirSync(repo.at('.git/hooks')).filter((name) => !name.endsWith('.sample')))
    repo.write(`../bare.git/hooks/${hook}`, repo.read(`.git/hooks/${hook}`), 0o755);
  const place = [`--git-dir=${repo.at('../bare.git')}`, `--work-tree=${repo.path}`];
  repo.write('infra/app.yml', BAD);
  accepted(repo.tryGit([...place, 'add', 'infra/app.yml']));
  rejected(repo.tryGit([...place, 'commit', '-m', 'x']), 'infra/app.yml');
  const variables = { GIT_DIR: repo.at('../bare.git'), GIT_WORK_TREE: '.' };
  assertGuarded(withVariables(repo, variables));
});

test('what replaces objects, and what rewrites history, fools nobody', async (t) => {
  const bad = (repo: Repo) => {
    repo.stage({ 'a.yml': BAD });
    return repo.git('write-tree').stdout.trim();
  };
  const tricks: Readonly<Record<string, (repo: Repo) => void>> = {
    'the tree of HEAD': (repo) => repo.git('replace', 'HEAD^{tree}', bad(repo)),
    HEAD: (repo) => {
      const commit = repo.git('commit-tree', '-m', 'x', bad(repo)).stdout.trim();
      repo.git('replace', 'HEAD', commit);
    },
    'the staged content': (repo) => {
      bad(repo);
      const sound = repo.run('git', ['hash-object', '-w', '--stdin'], { input: GOOD }).stdout.trim();
      repo.git('replace', ':a.yml', sound);
    },
    'parents, by a graft': (repo) => {
      bad(repo);
      repo.write('.git/info/grafts', repo.git('rev-parse', 'HEAD').stdout);
    },
  };
  for (const [title, trick] of Object.entries(tricks))
    await t.test(title, (t) => {
      const repo = guarded.repo(t);
      trick(repo);
      repo.stage({ 'readme.md': 'text\n' });
      rejected(repo.commit(), 'a.yml');
    });
});

test('a lock that somebody has left behind stops git, and not the check', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'a.yml': BAD });
  repo.write('.git/index.lock', '');
  rejected(repo.run('sh', ['.git/hooks/pre-commit']), 'a.yml');
  const fix = repo.run(process.execPath, [CLI, '--fix']);
  rejected(fix, 'a.yml');
  assert.equal(repo.git('show', ':a.yml').stdout, BAD);
});

test('a repository with another store of references is guarded', { skip: withoutGit(2, 45) }, (t) => {
  const repo = guarded.repo(t);
  const other = openRepo(repo.at('../other'), repo.env);
  mkdirSync(other.path);
  other.git('init', '--quiet', '--ref-format=reftable');
  guarded.install(other);
  other.stage(POLICY);
  accepted(other.commit());
  assertGuarded(other);
});
