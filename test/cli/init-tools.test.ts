import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { init } from '../../src/cli/commands/init.ts';
import { parseGitVersion, runsConfiguredHooks } from '../../src/git/version.ts';
import { withGitVersion } from '../support/git-version.ts';
import { captureIo } from '../support/io.ts';
import { openRepo, type Repo, withRepo } from '../support/repo.ts';
import { installStandIn, type StandIn } from '../support/stand-in.ts';

function withPackage(t: TestContext): { repo: Repo; package_: StandIn } {
  const repo = withRepo(t);
  return { repo, package_: installStandIn(repo) };
}

/** Runs `init` and returns what it printed. */
async function run(repo: Repo, code = 0): Promise<string> {
  const io = captureIo({ cwd: repo.path, env: repo.env });
  assert.equal(await init(repo.path, io), code);
  assert.equal(io.err(), '');
  return io.out();
}

function assertGuarded(repo: Repo, package_: StandIn): void {
  const before = package_.calls().length;
  repo.stage({ 'a.yml': `n: ${before}\n` });
  assert.notEqual(repo.tryGit(['commit', '-m', 'bad'], { env: { STAND_IN_EXIT: '1' } }).status, 0);
  const accepted = repo.commit();
  assert.equal(accepted.status, 0, accepted.stderr);
  assert.equal(package_.calls().length, before + 2);
}

/** Whether a program can be started; where it cannot, its tests are skipped. */
function available(program: string): boolean {
  try {
    return openRepo('.', { PATH: process.env.PATH ?? '' }).run(program, ['--version']).status === 0;
  } catch {
    return false;
  }
}

const LEFTHOOK = 'pre-commit:\n  commands:\n    lint: # style\n      run: "true"\n';

test('with lefthook the command goes into its settings', async (t) => {
  for (const settings of ['lefthook.yml', '.lefthook.yaml', '.config/lefthook.yml'])
    await t.test(settings, async (t) => {
      const { repo } = withPackage(t);
      repo.write(settings, LEFTHOOK);
      const said = await run(repo);
      assert.equal(
        said,
        `Added ecs-guard-staged to ${settings}: it checks the staged templates before each commit.
Git does not run lefthook in this clone yet: \`lefthook install\` turns it on.
`,
      );
      const { commands } = parse(repo.read(settings))['pre-commit'];
      assert.deepEqual(Object.keys(commands), ['ecs-guard-staged', 'lint']);
      const before = repo.read(settings);
      assert.equal(await run(repo), `Nothing to do: ${settings} already runs ecs-guard-staged.\n`);
      assert.equal(repo.read(settings), before);
    });
});

test('what lefthook is told to run rejects and accepts', async (t) => {
  const repo = withRepo(t);
  const package_ = installStandIn(repo, "in fra's/node_modules/ecs-guard-staged");
  repo.write('lefthook.yml', '');
  const io = captureIo({ cwd: repo.at("in fra's"), env: repo.env });
  assert.equal(await init(io.cwd, io), 0);
  const line: string = parse(repo.read('lefthook.yml'))['pre-commit'].commands['ecs-guard-staged'].run;
  repo.write('.git/hooks/pre-commit', `#!/bin/sh\n# a stand-in for lefthook\n${line}\n`, 0o755);
  assertGuarded(repo, package_);
});

test('lefthook itself runs the command', { skip: !available('lefthook') }, async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.write('lefthook.yml', LEFTHOOK);
  assert.equal(repo.run('lefthook', ['install']).status, 0);
  assert.doesNotMatch(await run(repo), /lefthook install/);
  assertGuarded(repo, package_);
});

test('settings of lefthook in another notation are left alone, and the lines to add are given', async (t) => {
  for (const [settings, content, snippet] of [
    ['lefthook.toml', '[pre-commit]\n', /^ {2}\[pre-commit\.commands\.ecs-guard-staged\]\n {2}run = "sh /m],
    ['lefthook.json', '{}\n', /^ {2}\{\n {4}"pre-commit": \{/m],
    ['lefthook.yml', 'pre-commit: { parallel: true }\n', /^ {2}pre-commit:\n {4}commands:/m],
  ] as const)
    await t.test(settings, async (t) => {
      const { repo } = withPackage(t);
      repo.write(settings, content);
      const said = await run(repo, 2);
      assert.match(said, /^Nothing was changed: /);
      assert.match(said, snippet);
      assert.equal(repo.read(settings), content);
    });
});

test('husky that git runs comes before settings of lefthook', async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.write('lefthook.yml', LEFTHOOK);
  repo.git('config', 'core.hooksPath', '.husky');
  await run(repo);
  assert.equal(repo.read('lefthook.yml'), LEFTHOOK);
  assertGuarded(repo, package_);
});

const FRAMEWORK = 'repos:\n- repo: meta\n  hooks:\n  - id: identity\n';

test('settings of pre-commit are left alone, and the lines to add are given', async (t) => {
  const { repo } = withPackage(t);
  repo.write('.pre-commit-config.yaml', FRAMEWORK);
  const said = await run(repo, 2);
  assert.match(said, /^Nothing was changed: .*\.pre-commit-config\.yaml:\n {2}- repo: local\n/);
  assert.equal(repo.read('.pre-commit-config.yaml'), FRAMEWORK);
  const [{ hooks }] = parse(said.split('\n').slice(1).join('\n'));
  const files = new RegExp(hooks[0].files.replace('(?i)', ''), 'i');
  for (const file of ['a.yml', 'a/b.YAML', 'a.json', 'a.template']) assert.match(file, files);
  assert.doesNotMatch('a.yml.txt', files);
});

test('settings of pre-commit that name the check are enough', async (t) => {
  const { repo } = withPackage(t);
  repo.write('.pre-commit-config.yaml', `${FRAMEWORK}- repo: local\n  hooks:\n  - id: ecs-guard-staged\n`);
  assert.equal(await run(repo), 'Nothing to do: .pre-commit-config.yaml already runs ecs-guard-staged.\n');
});

test('pre-commit itself takes the lines', { skip: !available('pre-commit') }, async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.write('.pre-commit-config.yaml', 'repos: []\n');
  const snippet = (await run(repo, 2)).split('\n').slice(1).join('\n');
  repo.stage({ '.pre-commit-config.yaml': `repos:\n${snippet}` });
  assert.equal(repo.run('pre-commit', ['install']).status, 0);
  assertGuarded(repo, package_);
});

test('where the hook is not ours, a new git is told in its configuration', {
  skip: process.platform === 'win32',
}, async (t) => {
  for (const [prepare, events] of [
    [
      (repo: Repo) => repo.git('config', 'core.hooksPath', '../shared-hooks'),
      'pre-commit\npre-merge-commit\n',
    ],
    [(repo: Repo) => repo.write('.git/hooks/pre-commit', '#!/usr/bin/env python3\n', 0o755), 'pre-commit\n'],
  ] as const) {
    const { repo, package_ } = withPackage(t);
    prepare(repo);
    const fresh = withGitVersion(repo, '2.54.0');
    assert.match(
      await run(fresh),
      /^Added ecs-guard-staged to the configuration of git in this clone, since /,
    );
    assert.equal(repo.git('config', '--local', '--get-all', 'hook.ecs-guard-staged.event').stdout, events);
    repo.stage({ 'a.yml': '' });
    const command = repo.git('config', '--local', 'hook.ecs-guard-staged.command').stdout;
    assert.equal(repo.run('sh', ['-c', command], { env: { STAND_IN_EXIT: '1' } }).status, 1);
    assert.equal(package_.calls().length, 1);
    assert.equal(
      await run(fresh),
      'Nothing to do: the configuration of git already runs ecs-guard-staged.\n',
    );
  }
});

test('a git that is new runs a hook file all the same', { skip: process.platform === 'win32' }, async (t) => {
  const { repo, package_ } = withPackage(t);
  assert.match(await run(withGitVersion(repo, '2.54.0')), /^Created \.git\/hooks\/pre-commit/);
  assertGuarded(repo, package_);
});

test('a linked worktree without the package is guarded by the configuration, too', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.stage({ 'a.md': '' });
  repo.commit();
  repo.git('config', 'core.hooksPath', '../shared-hooks');
  await run(withGitVersion(repo, '2.54.0'));
  const linked = openRepo(join(repo.path, '../linked'), repo.env);
  repo.git('worktree', 'add', '-q', linked.path);
  linked.stage({ 'a.yml': '' });
  const command = linked.git('config', 'hook.ecs-guard-staged.command').stdout;
  assert.equal(linked.run('sh', ['-c', command], { env: { STAND_IN_EXIT: '1' } }).status, 1);
  assert.equal(package_.calls().length, 1);
});

const CONFIGURABLE = runsConfiguredHooks(
  parseGitVersion(openRepo('.', { PATH: process.env.PATH ?? '' }).run('git', ['version']).stdout),
);

test('git itself runs the command in its configuration', { skip: !CONFIGURABLE }, async (t) => {
  const { repo, package_ } = withPackage(t);
  repo.git('config', 'core.hooksPath', '../shared-hooks');
  await run(repo);
  assertGuarded(repo, package_);
});
