import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { init, runInit } from '../../src/cli/commands/init.ts';
import { DiagnosticError } from '../../src/source/diagnostic.ts';
import { withGitVersion } from '../support/git-version.ts';
import { captureIo } from '../support/io.ts';
import { openRepo, type Repo, type RepoOptions, withRepo } from '../support/repo.ts';
import { copyHook, installStandIn, type StandIn } from '../support/stand-in.ts';

const LINE = 'sh node_modules/ecs-guard-staged/hooks/pre-commit || exit $?';
const HUSKY = fileURLToPath(new URL('../../node_modules/husky/bin.js', import.meta.url));

function withPackage(t: TestContext, options?: RepoOptions): { repo: Repo; package_: StandIn } {
  const repo = withRepo(t, options);
  return { repo, package_: installStandIn(repo) };
}

/** Runs `init`, which must succeed, and returns what it printed. */
async function run(repo: Repo, cwd = repo.path): Promise<string> {
  const io = captureIo({ cwd, env: repo.env });
  assert.equal(await init(cwd, io), 0);
  assert.equal(io.err(), '');
  return io.out();
}

async function refused(repo: Repo, cwd = repo.path) {
  const io = captureIo({ cwd, env: repo.env });
  const error = await init(cwd, io).catch((reason: unknown) => reason);
  assert.ok(error instanceof DiagnosticError, 'expected init to refuse');
  assert.equal(io.out(), '');
  return error.diagnostic;
}

/** Commits a template twice, once with a check that objects: only the second commit may succeed. */
function assertGuarded(repo: Repo, package_: StandIn): void {
  const before = package_.calls().length;
  repo.stage({ 'a.yml': `n: ${before}\n` });
  const rejected = repo.tryGit(['commit', '-m', 'bad'], { env: { STAND_IN_EXIT: '1' } });
  assert.equal(rejected.status, 1, rejected.stderr);
  const accepted = repo.commit();
  assert.equal(accepted.status, 0, accepted.stderr);
  assert.equal(package_.calls().length, before + 2);
}

async function assertIdempotent(repo: Repo, file: string): Promise<void> {
  const before = repo.read(file);
  assert.match(await run(repo), /^Nothing to do: /);
  assert.equal(repo.read(file), before);
}

test('a repository without hooks gets a pre-commit hook', async (t) => {
  const { repo, package_ } = withPackage(t);
  const said = await run(repo);
  assert.equal(
    said,
    `Created .git/hooks/pre-commit: it checks the staged templates before each commit.
Created .git/hooks/pre-merge-commit: it checks what a merge puts together.
`,
  );
  assertGuarded(repo, package_);
  await assertIdempotent(repo, '.git/hooks/pre-commit');
});

/** Merges a branch with a template, once with a check that objects: only the second merge may succeed. */
function assertMergesGuarded(repo: Repo, package_: StandIn): void {
  repo.stage({ 'readme.md': 'main\n' });
  repo.git('commit', '-qm', 'main');
  repo.git('checkout', '-qb', 'side', 'HEAD');
  repo.stage({ 'side.yml': '' });
  repo.git('commit', '-qm', 'side', '--no-verify');
  repo.git('checkout', '-q', '-');
  const before = package_.calls().length;
  const args = ['merge', '--no-ff', '--no-edit', 'side'];
  assert.equal(repo.tryGit(args, { env: { STAND_IN_EXIT: '1' } }).status, 1);
  repo.git('merge', '--abort');
  const accepted = repo.tryGit(args);
  assert.equal(accepted.status, 0, accepted.stderr);
  assert.equal(package_.calls().length, before + 2);
}

test('merges that do not stop are guarded too, by git itself and by husky', async (t) => {
  for (const prepare of [
    () => {},
    (repo: Repo) => repo.run(process.execPath, [HUSKY]),
    (repo: Repo) => repo.git('config', 'core.hooksPath', '.husky'),
    (repo: Repo) => repo.write('.git/hooks/pre-merge-commit', '#!/bin/sh\ntrue\n', 0o755),
  ]) {
    const { repo, package_ } = withPackage(t);
    prepare(repo);
    await run(repo);
    assertMergesGuarded(repo, package_);
  }
});

test("a hook for merges that runs the one for commits is enough, as in git's own sample", async (t) => {
  const { repo, package_ } = withPackage(t);
  const sample = repo.read('.git/hooks/pre-merge-commit.sample');
  repo.write('.git/hooks/pre-merge-commit', sample, 0o755);
  assert.match(await run(repo), /^Nothing to do: \.git\/hooks\/pre-merge-commit already runs/m);
  assert.equal(repo.read('.git/hooks/pre-merge-commit'), sample);
  assertMergesGuarded(repo, package_);
});

test('a hook for merges that cannot be written to is left to people, and commits are guarded', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.write('.git/hooks/pre-merge-commit', '#!/usr/bin/env python3\n', 0o755);
  const old = withGitVersion(repo, '2.53.0');
  const io = captureIo({ cwd: old.path, env: old.env });
  assert.equal(await init(io.cwd, io), 2);
  assert.match(io.out(), /^Created \.git\/hooks\/pre-commit: /);
  assert.match(
    io.out(),
    /^Merges are not checked yet: `\.git\/hooks\/pre-merge-commit` is not a shell script/m,
  );
  assert.ok(io.out().endsWith(`${LINE}\n`), io.out());
  assertGuarded(repo, package_);
});

test('a hooks folder that does not exist is made', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.run('rm', ['-r', '.git/hooks']);
  await run(repo);
  assertGuarded(repo, package_);
});

test('the hook file is executable whatever the mask of the process is', async (t) => {
  const { repo } = withPackage(t);
  const mask = process.umask(0o777);
  try {
    repo.run('rm', ['-rf', '.git/hooks/pre-commit']);
    await run(repo);
  } finally {
    process.umask(mask);
  }
  assert.equal(statSync(repo.at('.git/hooks/pre-commit')).mode & 0o777, 0o755);
});

test('an old or disabled copy of the hook is brought up to date', async (t) => {
  const { repo, package_ } = withPackage(t);
  copyHook(repo);
  repo.write('.git/hooks/pre-commit', `${repo.read('.git/hooks/pre-commit')}# older\n`);
  assert.match(await run(repo), /^Updated \.git\/hooks\/pre-commit/);
  chmodSync(repo.at('.git/hooks/pre-commit'), 0o644);
  assert.match(await run(repo), /^Updated \.git\/hooks\/pre-commit/);
  assertGuarded(repo, package_);
});

test('an existing hook keeps its lines and runs the check after them', async (t) => {
  const { repo, package_ } = withPackage(t);
  const script = "#!/bin/bash\nset -euo pipefail\necho 'theirs' >&2\n";
  repo.write('.git/hooks/pre-commit', script, 0o755);
  assert.match(await run(repo), /^Added ecs-guard-staged to \.git\/hooks\/pre-commit/);
  assert.ok(repo.read('.git/hooks/pre-commit').startsWith(script));
  assertGuarded(repo, package_);
  repo.stage({ 'b.yml': '' });
  assert.match(repo.commit().stderr, /theirs/);
  await assertIdempotent(repo, '.git/hooks/pre-commit');
});

test('an existing hook that ends by itself runs the check first', async (t) => {
  for (const ending of ['exit 0', 'exec true'])
    await t.test(ending, async (t) => {
      const { repo, package_ } = withPackage(t);
      repo.write('.git/hooks/pre-commit', `#!/bin/sh\ntrue\n${ending}\n`, 0o755);
      await run(repo);
      assert.ok(repo.read('.git/hooks/pre-commit').endsWith(`\ntrue\n${ending}\n`));
      assertGuarded(repo, package_);
      await assertIdempotent(repo, '.git/hooks/pre-commit');
    });
});

test('an existing hook that rejects still rejects', async (t) => {
  const { repo } = withPackage(t);
  repo.write('.git/hooks/pre-commit', '#!/bin/sh\nfalse || exit 1\n', 0o755);
  await run(repo);
  repo.stage({ 'a.md': '' });
  assert.equal(repo.commit().status, 1);
});

test('a hook in another language, and one that is a link, are left alone, and the line to add is given', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { repo } = withPackage(t);
  const script = '#!/usr/bin/env python3\nprint(1)\n';
  repo.write('.git/hooks/pre-commit', script, 0o755);
  const diagnostic = await refused(withGitVersion(repo, '2.53.0'));
  assert.equal(diagnostic.message, '`.git/hooks/pre-commit` is not a shell script, so nothing was changed');
  assert.ok(diagnostic.help?.endsWith(LINE));
  assert.equal(repo.read('.git/hooks/pre-commit'), script);

  repo.run('rm', ['.git/hooks/pre-commit']);
  repo.write('scripts/hook.sh', '#!/bin/sh\n', 0o755);
  symlinkSync('../../scripts/hook.sh', repo.at('.git/hooks/pre-commit'));
  assert.ok((await refused(withGitVersion(repo, '2.53.0'))).help?.endsWith(LINE));
  assert.equal(repo.read('scripts/hook.sh'), '#!/bin/sh\n');
});

test('a hook that is switched off is not switched on', async (t) => {
  const { repo } = withPackage(t);
  repo.write('.git/hooks/pre-commit', '#!/bin/sh\nrm -rf /nonexistent\n', 0o644);
  const diagnostic = await refused(repo);
  assert.match(diagnostic.message, /not executable/);
  assert.equal(statSync(repo.at('.git/hooks/pre-commit')).mode & 0o111, 0);
});

test('a hook that somebody already made run it is left alone', async (t) => {
  const { repo } = withPackage(t);
  repo.write('.git/hooks/pre-commit', '#!/bin/sh\nnode_modules/.bin/ecs-guard-staged\n', 0o755);
  await assertIdempotent(repo, '.git/hooks/pre-commit');
});

test('core.hooksPath inside the repository is followed', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.git('config', 'core.hooksPath', '.githooks');
  repo.write('deep/file', '');
  assert.match(await run(repo, repo.at('deep')), /^Created \.githooks\/pre-commit/);
  assertGuarded(repo, package_);
});

test('hooks that other repositories share are not touched', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { repo } = withPackage(t);
  repo.write('../shared-hooks/.keep', '');
  repo.git('config', 'core.hooksPath', '../shared-hooks');
  const diagnostic = await refused(withGitVersion(repo, '2.53.0'));
  assert.match(diagnostic.message, /shared-hooks`, outside of this repository, so nothing was changed$/);
  assert.deepEqual(readdirSync(repo.at('../shared-hooks')), ['.keep']);
});

test('with husky the line goes into .husky/pre-commit', async (t) => {
  for (const existing of [undefined, 'echo theirs >&2\n', 'echo theirs >&2'])
    await t.test(existing === undefined ? 'which is made' : JSON.stringify(existing), async (t) => {
      const { repo, package_ } = withPackage(t);
      repo.run(process.execPath, [HUSKY]);
      if (existing !== undefined) repo.write('.husky/pre-commit', existing);
      const said = await run(repo);
      assert.match(
        said,
        existing === undefined
          ? /^Created \.husky\/pre-commit: .*\nCreated \.husky\/pre-merge-commit: .*\n$/
          : /^Added .*\.husky\/pre-commit: .*\nCreated \.husky\/pre-merge-commit: .*\n$/,
      );
      assert.equal(
        repo.read('.husky/pre-commit'),
        existing === undefined
          ? `#!/bin/sh\n# Created by \`ecs-guard-staged init\`.\n${LINE}\n`
          : existing.endsWith('\n')
            ? `${existing}${LINE}\n`
            : `${existing}\n${LINE}`,
      );
      assertGuarded(repo, package_);
      await assertIdempotent(repo, '.husky/pre-commit');
    });
});

test('husky in another folder is followed', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.run(process.execPath, [HUSKY, 'config/husky']);
  assert.match(await run(repo), /^Created config\/husky\/pre-commit/);
  assertGuarded(repo, package_);
});

test('the hooks of older versions of husky are run by git itself', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.git('config', 'core.hooksPath', '.husky');
  await run(repo);
  assertGuarded(repo, package_);
});

test('husky that is installed but not set up gets its hook, and a hint', async (t) => {
  for (const [file, content] of [
    ['.husky/commit-msg', 'true\n'],
    ['package.json', '{ "devDependencies": { "husky": "^9" } }\n'],
  ] as const)
    await t.test(file, async (t) => {
      const { repo, package_ } = withPackage(t);
      repo.write(file, content);
      assert.match(await run(repo), /^Created \.husky\/pre-commit: .*\n.*\n.*npx husky.*\n$/);
      repo.run(process.execPath, [HUSKY]);
      assertGuarded(repo, package_);
    });
});

test('users of lint-staged are shown what they could write instead', async (t) => {
  for (const [file, content] of [
    ['package.json', '{ "devDependencies": { "lint-staged": "^16" } }\n'],
    ['.lintstagedrc.json', '{}\n'],
    ['lint-staged.config.js', '\n'],
  ] as const)
    await t.test(file, async (t) => {
      const { repo } = withPackage(t);
      repo.write(file, content);
      assert.ok(
        (await run(repo)).includes('"lint-staged": { "*.{yml,yaml,json,template}": "ecs-guard-staged" }'),
      );
      assert.equal(repo.read(file), content);
    });
});

test('lint-staged that runs the check already is enough', async (t) => {
  for (const [file, content] of [
    ['package.json', '{ "lint-staged": { "*.yml": "ecs-guard-staged" } }\n'],
    ['.lintstagedrc.yml', '"*.yml": ecs-guard-staged\n'],
  ] as const)
    await t.test(file, async (t) => {
      const { repo } = withPackage(t);
      repo.write(file, content);
      assert.equal(await run(repo), 'Nothing to do: lint-staged already runs ecs-guard-staged.\n');
      assert.equal(existsSync(repo.at('.git/hooks/pre-commit')), false);
    });
});

test('a dependency on this package does not make lint-staged run it', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.write(
    'package.json',
    '{ "devDependencies": { "ecs-guard-staged": "*", "lint-staged": "*" }, "lint-staged": {} }',
  );
  await run(repo);
  assertGuarded(repo, package_);
});

test('a manifest that is no JSON is nobody that runs the check', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.write('package.json', '{ "lint-staged": ');
  await run(repo);
  assertGuarded(repo, package_);
});

test('a package in a subfolder is found from there, and by the hook', async (t) => {
  for (const existing of [false, true])
    await t.test(existing ? 'with a hook in place' : 'without a hook', async (t) => {
      const repo = withRepo(t);
      const package_ = installStandIn(repo, "in fra's/node_modules/ecs-guard-staged");
      repo.write("in fra's/deep/file", '');
      if (existing) repo.write('.git/hooks/pre-commit', '#!/bin/sh\ntrue\n', 0o755);
      await run(repo, repo.at("in fra's/deep"));
      assertGuarded(repo, package_);
    });
});

test('a package above the repository is found', async (t) => {
  for (const existing of [false, true])
    await t.test(existing ? 'with a hook in place' : 'without a hook', async (t) => {
      const repo = withRepo(t);
      const package_ = installStandIn(repo, '../node_modules/ecs-guard-staged');
      if (existing) repo.write('.git/hooks/pre-commit', '#!/bin/sh\ntrue\n', 0o755);
      await run(repo);
      assertGuarded(repo, package_);
    });
});

test('one run in a linked worktree guards all worktrees', async (t) => {
  for (const { title, existing, path } of [
    { title: 'beside the main one', existing: false, path: '../linked' },
    { title: 'inside the main one', existing: false, path: 'trees/linked' },
    { title: 'with a hook in place', existing: true, path: '../linked' },
    { title: 'inside, with a hook in place', existing: true, path: 'trees/linked' },
  ])
    await t.test(title, async (t) => {
      const { repo, package_ } = withPackage(t, { committed: true });
      const linked = openRepo(join(repo.path, path), repo.env);
      repo.git('worktree', 'add', '-q', linked.path);
      if (existing) repo.write('.git/hooks/pre-commit', '#!/bin/sh\ntrue\n', 0o755);
      await run(linked);
      assertGuarded(linked, package_);
      assertGuarded(repo, package_);
    });
});

test('without the package nothing is installed, and the way out is named', async (t) => {
  const repo = withRepo(t);
  const diagnostic = await refused(repo);
  assert.match(diagnostic.message, /not installed in this repository/);
  assert.match(diagnostic.help ?? '', /npm install/);
  assert.equal(repo.tryGit(['hook', 'run', 'pre-commit']).status, 1);
});

test('a hooks folder that cannot be written is a diagnostic', async (t) => {
  const { repo } = withPackage(t);
  repo.write('hooks-file', '');
  repo.git('config', 'core.hooksPath', 'hooks-file/hooks');
  assert.match((await refused(repo)).message, /^the hook cannot be written: ENOTDIR/);
});

test('outside of a repository the trouble is named', async (t) => {
  const repo = withRepo(t);
  const io = captureIo({ cwd: join(repo.path, '..'), env: repo.env });
  await assert.rejects(init(io.cwd, io), { message: 'this is not a git repository' });
});

test('help is printed on request, and arguments are refused', async (t) => {
  const { repo } = withPackage(t);
  const io = captureIo({ cwd: repo.path, env: repo.env });
  assert.equal(await runInit(['--help'], io), 0);
  assert.match(io.out(), /^Usage: ecs-guard-staged init \[--new \| --undo\]\n/);
  await assert.rejects(runInit(['now'], io), { message: '`init` takes no argument, but was given `now`' });
  assert.equal(repo.tryGit(['hook', 'run', 'pre-commit']).status, 1);
});
