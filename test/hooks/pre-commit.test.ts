import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FIXED_ARGUMENTS, FIXED_ENVIRONMENT } from '../../src/git/exec.ts';
import { LIST_POLICY_FILES } from '../../src/git/policy-files.ts';
import { ASK_REPOSITORY } from '../../src/git/repository.ts';
import { LIST_STAGED } from '../../src/git/staged.ts';
import { mayBeTemplate } from '../../src/template/detect.ts';
import { openRepo, type Repo, type RepoOptions, withRepo } from '../support/repo.ts';
import { copyHook, HOOK, installStandIn, type StandIn } from '../support/stand-in.ts';

/** A repository with the package installed and its hook copied to where git looks for it. */
function withHook(t: TestContext, options?: RepoOptions): { repo: Repo; package_: StandIn } {
  const repo = withRepo(t, options);
  const package_ = installStandIn(repo);
  copyHook(repo);
  return { repo, package_ };
}

/** PATH of a machine that has these programs only. */
function pathWith(repo: Repo, ...programs: string[]): string {
  const folder = join(repo.path, '..', `bin-${programs.join('-')}`);
  for (const program of programs) {
    const real = repo.run('sh', ['-c', `command -v ${program}`]).stdout.trim();
    repo.write(join('..', `bin-${programs.join('-')}`, program), `#!/bin/sh\nexec '${real}' "$@"\n`, 0o755);
  }
  return folder;
}

/** Puts a `node` first in PATH that leaves a mark, and says afterwards whether it was started. */
function watchNode(repo: Repo): { env: Record<string, string>; started(): boolean } {
  const mark = join(repo.path, '..', 'node-was-started');
  repo.write('../watched/node', `#!/bin/sh\ntouch '${mark}'\nexec '${process.execPath}' "$@"\n`, 0o755);
  const folder = join(repo.path, '..', 'watched');
  return { env: { PATH: folder + delimiter + repo.env.PATH }, started: () => existsSync(mark) };
}

function commitWith(repo: Repo, env: Record<string, string | undefined>, ...args: string[]) {
  return repo.run('git', ['commit', '--message', 'change', ...args], { env });
}

const committed = (repo: Repo) => repo.tryGit(['rev-parse', '--verify', '--quiet', 'HEAD']).status === 0;

test('a commit without a candidate file does not start node', (t) => {
  const { repo, package_ } = withHook(t);
  const node = watchNode(repo);
  repo.stage({ 'README.md': '', yml: '', 'a.yml.md': '', 'yaml/x.ts': '', 'a.templates': '' });
  assert.equal(commitWith(repo, node.env).status, 0);
  assert.equal(node.started(), false);
  assert.deepEqual(package_.calls(), []);
});

test('a commit without a candidate file starts git once', (t) => {
  const { repo } = withHook(t);
  const count = join(repo.path, '..', 'count');
  const git = repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  repo.write('../counted/git', `#!/bin/sh\necho >>'${count}'\nexec '${git}' "$@"\n`, 0o755);
  repo.stage({ 'README.md': '' });
  const env = { PATH: join(repo.path, '..', 'counted') + delimiter + repo.env.PATH };
  assert.equal(repo.run('.git/hooks/pre-commit', [], { env }).status, 0);
  assert.equal(repo.read('../count'), '\n');
});

test('every kind of candidate starts the program once, as the hook, at the top of the worktree', async (t) => {
  const names = [
    'a.yml',
    'a.yaml',
    'a.json',
    'a.template',
    'A.YML',
    'deep/er/b.Yaml',
    '.hidden.yml',
    '.github/x.yml',
  ];
  const odd = [
    'with space.yml',
    'quote".json',
    'new\nline.yml',
    'ü.template',
    '-n.yml',
    ':(top)x.yml',
    '*.yml',
  ];
  for (const name of [...names, ...odd])
    await t.test(JSON.stringify(name), (t) => {
      const { repo, package_ } = withHook(t);
      repo.stage({ [name]: 'a: 1\n' });
      assert.equal(repo.commit().status, 0);
      assert.deepEqual(package_.calls(), [{ args: ['hook'], cwd: repo.path, staged: [name] }]);
    });
});

test('the hook and the program agree on which names may be templates', (t) => {
  const { repo, package_ } = withHook(t, { committed: true });
  const names = [
    'x.yml',
    'x.YaMl',
    '.json',
    'd/.template',
    'x.yml\n',
    'x.yml ',
    'x.jsonc',
    'xyml',
    'x.yml.bak',
    'x.yml/y',
  ];
  for (const name of names) {
    const before = package_.calls().length;
    repo.stage({ [name]: 'a: 1\n' });
    assert.equal(repo.commit().status, 0);
    assert.equal(package_.calls().length > before, mayBeTemplate(name), JSON.stringify(name));
    repo.git('rm', '-qr', name);
    repo.git('commit', '-qm', 'remove');
  }
});

test("the program's exit code is the hook's", (t) => {
  const { repo } = withHook(t);
  repo.stage({ 'a.yml': '' });
  for (const code of ['0', '1', '2', '77'])
    assert.equal(
      repo.run('.git/hooks/pre-commit', [], { env: { STAND_IN_EXIT: code } }).status,
      Number(code),
    );
});

test('a program that objects stops the commit', (t) => {
  const { repo } = withHook(t);
  repo.stage({ 'a.yml': '' });
  assert.equal(commitWith(repo, { STAND_IN_EXIT: '1' }).status, 1);
  assert.equal(committed(repo), false);
  assert.equal(commitWith(repo, { STAND_IN_EXIT: '0' }).status, 0);
});

test('ECS_GUARD_SKIP=1 skips the check and says so in one line', (t) => {
  const { repo, package_ } = withHook(t);
  repo.stage({ 'a.yml': '' });
  const hook = repo.run('.git/hooks/pre-commit', [], { env: { ECS_GUARD_SKIP: '1', STAND_IN_EXIT: '1' } });
  assert.deepEqual(hook, {
    status: 0,
    stdout: '',
    stderr: 'ecs-guard-staged: skipped, because ECS_GUARD_SKIP is 1\n',
  });
  assert.equal(commitWith(repo, { ECS_GUARD_SKIP: '1', STAND_IN_EXIT: '1' }).status, 0);
  assert.deepEqual(package_.calls(), []);
});

test('no other value of ECS_GUARD_SKIP skips', (t) => {
  const { repo, package_ } = withHook(t);
  repo.stage({ 'a.yml': '' });
  for (const value of ['', '0', 'false', 'true', undefined])
    assert.equal(commitWith(repo, { ECS_GUARD_SKIP: value, STAND_IN_EXIT: '1' }).status, 1);
  assert.equal(package_.calls().length, 5);
});

test('renamed, modified and type-changed candidates are seen; deleted ones are not', async (t) => {
  const cases: Record<string, { change: (repo: Repo) => void; calls: number }> = {
    renamed: { change: (repo) => repo.git('mv', 'a.yml', 'b.yml'), calls: 1 },
    'renamed to a name that is no candidate': { change: (repo) => repo.git('mv', 'a.yml', 'b.md'), calls: 0 },
    modified: { change: (repo) => repo.stage({ 'a.yml': 'more\n' }), calls: 1 },
    'a link that became a file': {
      change: (repo) => {
        rmSync(repo.at('link.yml'));
        repo.stage({ 'link.yml': '' });
      },
      calls: 1,
    },
    deleted: { change: (repo) => repo.git('rm', '-q', 'a.yml'), calls: 0 },
    'deleted on disk only': {
      change: (repo) => {
        repo.stage({ 'a.yml': 'more\n' });
        rmSync(repo.at('a.yml'));
      },
      calls: 1,
    },
  };
  for (const [title, { change, calls }] of Object.entries(cases))
    await t.test(title, (t) => {
      const repo = withRepo(t);
      repo.stage({ 'a.yml': 'line\n'.repeat(20), '.gitignore': 'node_modules\n' });
      symlinkSync('a.yml', repo.at('link.yml'));
      repo.git('add', '.');
      repo.git('commit', '-qm', 'first');
      const package_ = installStandIn(repo);
      copyHook(repo);
      change(repo);
      assert.equal(repo.commit().status, 0);
      assert.equal(package_.calls().length, calls);
    });
});

test('git commit -a and git commit -- path show the program what will be committed', async (t) => {
  for (const { args, staged } of [
    { args: ['-a'], staged: ['a.yml', 'b.yml'] },
    { args: ['--', 'b.yml'], staged: ['b.yml'] },
    { args: ['--include', '--', 'b.yml'], staged: ['a.yml', 'b.yml'] },
  ])
    await t.test(args.join(' '), (t) => {
      const { repo, package_ } = withHook(t);
      repo.stage({ 'a.yml': '1\n', 'b.yml': '1\n' });
      repo.git('commit', '-qm', 'first', '--no-verify');
      repo.stage({ 'a.yml': '2\n' });
      repo.write('b.yml', '2\n');
      assert.equal(repo.commit(...args).status, 0);
      assert.deepEqual(package_.calls()[0]?.staged, staged);
    });
});

test('git commit -- path of another file does not start node for a staged candidate', (t) => {
  const { repo, package_ } = withHook(t);
  repo.stage({ 'a.md': '1\n' });
  repo.git('commit', '-qm', 'first');
  repo.stage({ 'a.yml': '' });
  repo.write('a.md', '2\n');
  assert.equal(repo.commit('--', 'a.md').status, 0);
  assert.deepEqual(package_.calls(), []);
});

test('settings of pathspecs and of diff do not blind the hook', (t) => {
  const { repo } = withHook(t);
  repo.stage({ 'deep/a.YML': '' });
  const settings = {
    'diff.external': 'true',
    'diff.relative': 'true',
    'core.pager': 'false',
    'color.ui': 'always',
  };
  for (const [name, value] of Object.entries(settings)) repo.git('config', name, value);
  for (const env of [
    { GIT_LITERAL_PATHSPECS: '1' },
    { GIT_NOGLOB_PATHSPECS: '1' },
    { GIT_GLOB_PATHSPECS: '1' },
    { GIT_EXTERNAL_DIFF: 'true' },
  ])
    assert.equal(commitWith(repo, { ...env, STAND_IN_EXIT: '1' }).status, 1, JSON.stringify(env));
});

test('a commit from a subfolder, and a hook that is called in one, check the whole repository', (t) => {
  const { repo, package_ } = withHook(t);
  repo.stage({ 'a.yml': '', 'deep/er/b.md': '' });
  const cwd = repo.at('deep/er');
  assert.equal(
    repo.run(repo.at('.git/hooks/pre-commit'), [], { cwd, env: { STAND_IN_EXIT: '1' } }).status,
    1,
  );
  assert.equal(repo.tryGit(['commit', '-m', 'x'], { cwd, env: { STAND_IN_EXIT: '1' } }).status, 1);
  assert.deepEqual(
    package_.calls().map((call) => call.cwd),
    [cwd, repo.path],
  );
});

test('without the package a commit with a candidate is rejected, and the way out is named', (t) => {
  const repo = withRepo(t);
  copyHook(repo);
  repo.stage({ 'a.yml': '' });
  const hook = repo.run('.git/hooks/pre-commit', []);
  assert.equal(hook.status, 2);
  assert.match(hook.stderr, /no node_modules\/ecs-guard-staged\/dist\/cli.cjs .*not checked\n.*npm install/);
  assert.equal(repo.commit().status, 1);
  assert.equal(committed(repo), false);
});

test('without the package a commit with no candidate passes', (t) => {
  const repo = withRepo(t);
  copyHook(repo);
  repo.stage({ 'a.md': '' });
  assert.equal(repo.commit().status, 0);
});

test('without node in PATH a commit with a candidate is rejected, and PATH is shown', (t) => {
  const { repo } = withHook(t);
  repo.stage({ 'a.yml': '' });
  const PATH = pathWith(repo, 'git');
  const hook = repo.run('.git/hooks/pre-commit', [], { env: { PATH } });
  assert.equal(hook.status, 2);
  assert.ok(hook.stderr.includes(`PATH is ${PATH}`), hook.stderr);
});

test('git and node are all that the hook needs in PATH', (t) => {
  const { repo, package_ } = withHook(t);
  repo.stage({ 'a.yml': '' });
  assert.equal(
    repo.run('.git/hooks/pre-commit', [], { env: { PATH: pathWith(repo, 'git', 'node') } }).status,
    0,
  );
  assert.equal(package_.calls().length, 1);
});

test('a git that fails is not taken for a clean commit', (t) => {
  const { repo } = withHook(t);
  repo.stage({ 'a.yml': '' });
  repo.write('.git/index', 'garbage that is longer than a header of an index');
  const broken = repo.run('.git/hooks/pre-commit', []);
  assert.equal(broken.status, 2);
  assert.match(broken.stderr, /could not ask git/);
  const noGit = repo.run('.git/hooks/pre-commit', [], { env: { PATH: join(repo.path, 'nowhere') } });
  assert.equal(noGit.status, 2);
});

test('the package may be installed in a folder above the repository', (t) => {
  const repo = withRepo(t);
  const package_ = installStandIn(repo, '../node_modules/ecs-guard-staged');
  copyHook(repo);
  repo.stage({ 'a.yml': '' });
  assert.equal(repo.commit().status, 0);
  assert.equal(package_.calls().length, 1);
});

test('the hook of an installed package runs that package, wherever it is', (t) => {
  const repo = withRepo(t);
  const package_ = installStandIn(repo, 'infra/node_modules/ecs-guard-staged');
  repo.write(
    '.git/hooks/pre-commit',
    '#!/bin/sh\nsh infra/node_modules/ecs-guard-staged/hooks/pre-commit\n',
    0o755,
  );
  repo.stage({ 'a.yml': '' });
  assert.equal(repo.commit().status, 0);
  assert.equal(package_.calls().length, 1);
});

test('a package that is a symbolic link is found', (t) => {
  const repo = withRepo(t);
  const package_ = installStandIn(repo, '../store/ecs-guard-staged');
  repo.write('node_modules/.keep', '');
  symlinkSync(package_.folder, repo.at('node_modules/ecs-guard-staged'));
  copyHook(repo);
  repo.stage({ 'a.yml': '' });
  assert.equal(repo.commit().status, 0);
  assert.equal(package_.calls().length, 1);
});

test("a repository's own dist/cli.cjs is never run", (t) => {
  const repo = withRepo(t);
  repo.write('dist/cli.cjs', 'process.exit(0);');
  copyHook(repo, 'hooks/pre-commit');
  repo.git('config', 'core.hooksPath', 'hooks');
  repo.stage({ 'a.yml': '' });
  assert.equal(repo.commit().status, 1);
});

test('a linked worktree without node_modules uses the package of the main worktree', (t) => {
  const { repo, package_ } = withHook(t, { committed: true });
  const linked = openRepo(join(repo.path, '..', 'linked tree'), repo.env);
  repo.git('worktree', 'add', '-q', '-b', 'linked', linked.path);
  linked.stage({ 'a.yml': '' });
  repo.stage({ 'not-in-the-linked-one.yml': '' });
  assert.equal(linked.commit().status, 0);
  assert.deepEqual(package_.calls(), [{ args: ['hook'], cwd: linked.path, staged: ['a.yml'] }]);
});

test('a linked worktree with its own node_modules uses that', (t) => {
  const { repo, package_ } = withHook(t, { committed: true });
  const linked = openRepo(join(repo.path, '..', 'linked'), repo.env);
  repo.git('worktree', 'add', '-q', linked.path);
  const own = installStandIn(linked);
  linked.stage({ 'a.yml': '' });
  assert.equal(linked.commit().status, 0);
  assert.equal(package_.calls().length, 0);
  assert.equal(own.calls().length, 1);
});

test('core.hooksPath may lead to a copy of the hook', (t) => {
  const repo = withRepo(t);
  const package_ = installStandIn(repo);
  copyHook(repo, '.githooks/pre-commit');
  repo.git('config', 'core.hooksPath', '.githooks');
  repo.stage({ 'a.yml': '' });
  assert.equal(repo.commit().status, 0);
  assert.equal(package_.calls().length, 1);
});

test('husky may run the hook by a line, or run a copy of it', async (t) => {
  const husky = join(dirname(HOOK), '../node_modules/husky/bin.js');
  for (const title of ['by a line', 'as a copy'])
    await t.test(title, (t) => {
      const repo = withRepo(t);
      const package_ = installStandIn(repo);
      if (title === 'as a copy') copyHook(repo, '.husky/pre-commit');
      else repo.write('.husky/pre-commit', 'sh node_modules/ecs-guard-staged/hooks/pre-commit\n');
      assert.equal(repo.run(process.execPath, [husky]).status, 0);
      repo.stage({ 'a.yml': '' });
      assert.equal(commitWith(repo, { STAND_IN_EXIT: '1' }).status, 1);
      assert.equal(commitWith(repo, {}).status, 0);
      assert.equal(package_.calls().length, 2);
    });
});

test('inside a submodule the package of the repository around it is used', (t) => {
  const repo = withRepo(t, { committed: true });
  const package_ = installStandIn(repo);
  const other = withRepo(t, { committed: true });
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.path, 'sub');
  const sub = openRepo(repo.at('sub'), repo.env);
  copyHook(repo, '.git/modules/sub/hooks/pre-commit');
  sub.stage({ 'a.yml': '' });
  assert.equal(sub.commit().status, 0);
  assert.deepEqual(package_.calls(), [{ args: ['hook'], cwd: sub.path, staged: ['a.yml'] }]);
});

test('a merge whose conflict was in a candidate is checked when it is committed', (t) => {
  const { repo, package_ } = withHook(t);
  repo.stage({ 'a.yml': 'base\n' });
  repo.git('commit', '-qnm', 'base');
  repo.git('checkout', '-qb', 'side');
  repo.stage({ 'a.yml': 'side\n' });
  repo.git('commit', '-qnm', 'side');
  repo.git('checkout', '-q', 'main');
  repo.stage({ 'a.yml': 'main\n' });
  repo.git('commit', '-qnm', 'main');
  repo.tryGit(['merge', 'side']);
  repo.stage({ 'a.yml': 'merged\n' });
  assert.equal(repo.commit().status, 0);
  assert.deepEqual(package_.calls()[0]?.staged, ['a.yml']);
});

test('the hook file is executable', () => {
  accessSync(HOOK, constants.X_OK);
});

test('the hook runs in strict shells too', (t) => {
  const { repo } = withHook(t);
  repo.stage({ 'a.yml': '' });
  for (const flags of ['-e', '-u', '-eu'])
    assert.equal(
      repo.run('sh', [flags, '.git/hooks/pre-commit'], { env: { STAND_IN_EXIT: '1' } }).status,
      1,
      flags,
    );
});

test('the hook asks git what the program would ask', () => {
  const asks = readFileSync(HOOK, 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' ').replace(/ &&$/, ''));
  // A shell cannot take a variable away for one command only.
  const fixed = Object.entries(FIXED_ENVIRONMENT).map(([name, value]) => `${name}=${value ?? '0'}`);
  const settings = `${fixed.join(' ')} git ${FIXED_ARGUMENTS.join(' ')} "$@"`;
  const quoted = (argument: string) => (argument.startsWith(':') ? `'${argument}'` : argument);
  // A shell cannot hold what is told apart by a NUL, so for itself it asks without.
  const asked = [ASK_REPOSITORY, LIST_POLICY_FILES, LIST_STAGED].map(
    (args) => `ask ${args.map((argument) => (argument === '-z' ? '"$@"' : quoted(argument))).join(' ')}`,
  );
  const listed = ['list_policy_files -z', 'list_staged -z'];
  for (const line of [settings, ...asked, ...listed]) assert.ok(asks.includes(line), line);
});

test('certificates that Node is to trust elsewhere are not read', (t) => {
  const { repo } = withHook(t);
  repo.stage({ 'a.yml': '' });
  const { status, stderr } = commitWith(repo, { NODE_EXTRA_CA_CERTS: '/nonexistent.pem' });
  assert.equal(status, 0);
  assert.doesNotMatch(stderr, /nonexistent/);
});
