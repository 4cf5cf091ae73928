import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { init, runInit } from '../../src/cli/commands/init.ts';
import { withGitVersion } from '../support/git-version.ts';
import { captureIo } from '../support/io.ts';
import { openRepo, type Repo, withRepo } from '../support/repo.ts';
import { installStandIn } from '../support/stand-in.ts';

const HUSKY = fileURLToPath(new URL('../../node_modules/husky/bin.js', import.meta.url));

function withPackage(t: TestContext): Repo {
  const repo = withRepo(t);
  installStandIn(repo);
  return repo;
}

async function run(repo: Repo): Promise<void> {
  assert.equal(await init(repo.path, captureIo({ cwd: repo.path, env: repo.env })), 0);
}

/** What taking back says of hooks that `init` made. */
const deleted = (folder: string, ...events: string[]) =>
  events.map((event) => `Deleted ${folder}/${event}.\n`).join('');

/** Takes `init` back and returns what that printed. */
async function undo(repo: Repo, code = 0): Promise<string> {
  const io = captureIo({ cwd: repo.path, env: repo.env });
  assert.equal(await runInit(['--undo'], io), code);
  assert.equal(io.err(), '');
  return io.out();
}

const NOTHING = 'Nothing to undo: nothing of `ecs-guard-staged init` was found here.\n';

test('where nothing was done there is nothing to undo', async (t) => {
  const repo = withPackage(t);
  repo.write('.git/hooks/pre-commit', '#!/bin/sh\nnpm test\n', 0o755);
  repo.write('.husky/pre-commit', 'npm test\n');
  repo.write('lefthook.yml', 'pre-commit: {}\n');
  assert.equal(await undo(repo), NOTHING);
});

test('a hook that init made is deleted', async (t) => {
  const repo = withPackage(t);
  const before = readdirSync(repo.at('.git/hooks'));
  await run(repo);
  assert.equal(await undo(repo), deleted('.git/hooks', 'pre-commit', 'pre-merge-commit'));
  assert.deepEqual(readdirSync(repo.at('.git/hooks')), before);
  assert.equal(await undo(repo), NOTHING);
});

test('a hook that init made somewhere deep is deleted, too', async (t) => {
  const repo = withRepo(t);
  installStandIn(repo, "in fra's/node_modules/ecs-guard-staged");
  repo.git('config', 'core.hooksPath', '.githooks');
  const io = captureIo({ cwd: repo.at("in fra's"), env: repo.env });
  assert.equal(await init(io.cwd, io), 0);
  assert.equal(await undo(repo), deleted('.githooks', 'pre-commit', 'pre-merge-commit'));
});

test('a hook that was changed since stays, and that is said', async (t) => {
  const repo = withPackage(t);
  await run(repo);
  const changed = `${repo.read('.git/hooks/pre-commit')}npm test\n`;
  repo.write('.git/hooks/pre-commit', changed);
  assert.match(await undo(repo, 2), /^\.git\/hooks\/pre-commit is not as .* so it stays: delete it by hand /);
  assert.equal(repo.read('.git/hooks/pre-commit'), changed);
});

test('a hook that init added to gets its bytes back, and keeps its mode', async (t) => {
  for (const script of [
    '',
    '#!/bin/sh',
    '#!/bin/sh\nnpm test',
    '#!/bin/sh\nnpm test\n',
    '#!/bin/sh\nexit 0\n\n',
  ])
    await t.test(JSON.stringify(script), async (t) => {
      const repo = withPackage(t);
      repo.write('.git/hooks/pre-commit', script);
      chmodSync(repo.at('.git/hooks/pre-commit'), 0o750);
      await run(repo);
      assert.notEqual(repo.read('.git/hooks/pre-commit'), script);
      assert.equal(
        await undo(repo),
        `Removed ecs-guard-staged from .git/hooks/pre-commit.\n${deleted('.git/hooks', 'pre-merge-commit')}`,
      );
      assert.equal(repo.read('.git/hooks/pre-commit'), script);
      assert.equal(statSync(repo.at('.git/hooks/pre-commit')).mode & 0o777, 0o750);
    });
});

test('a hook of husky gets its bytes back, even when it does nothing', async (t) => {
  for (const script of ['', '#!/bin/sh\n', 'npm test', 'npm test\n', 'exit 0\n'])
    await t.test(JSON.stringify(script), async (t) => {
      const repo = withPackage(t);
      repo.run(process.execPath, [HUSKY]);
      repo.write('.husky/pre-commit', script);
      await run(repo);
      assert.equal(
        await undo(repo),
        `Removed ecs-guard-staged from .husky/pre-commit.\n${deleted('.husky', 'pre-merge-commit')}`,
      );
      assert.equal(repo.read('.husky/pre-commit'), script);
    });
});

test('a hook of husky that init made is deleted, with the folder that was made for it', async (t) => {
  const repo = withPackage(t);
  repo.write('package.json', '{ "devDependencies": { "husky": "^9" } }\n');
  await run(repo);
  assert.equal(await undo(repo), deleted('.husky', 'pre-commit', 'pre-merge-commit'));
  assert.equal(existsSync(repo.at('.husky')), false);

  repo.run(process.execPath, [HUSKY]);
  await run(repo);
  await undo(repo);
  assert.deepEqual(readdirSync(repo.at('.husky')), ['_']);
});

test('lines of others in a hook that init made stay', async (t) => {
  const repo = withPackage(t);
  repo.run(process.execPath, [HUSKY]);
  await run(repo);
  repo.write('.husky/pre-commit', `${repo.read('.husky/pre-commit')}npm test\n`);
  assert.equal(
    await undo(repo),
    `Removed ecs-guard-staged from .husky/pre-commit.\n${deleted('.husky', 'pre-merge-commit')}`,
  );
  assert.match(repo.read('.husky/pre-commit'), /^#!\/bin\/sh\n#.*\nnpm test\n$/);
});

test('lines that people wrote stay, and that is said', async (t) => {
  const repo = withPackage(t);
  const script = '#!/bin/sh\nnpx ecs-guard-staged\n';
  repo.write('.git/hooks/pre-commit', script, 0o755);
  assert.equal(
    await undo(repo),
    '.git/hooks/pre-commit runs ecs-guard-staged by lines that `init` did not write: remove them by hand.\n',
  );
  assert.equal(repo.read('.git/hooks/pre-commit'), script);
});

test('settings of lefthook get their bytes back', async (t) => {
  for (const settings of ['', 'pre-push: {}', 'pre-commit:\r\n  commands:\r\n    a:\r\n      run: a # b\r\n'])
    await t.test(JSON.stringify(settings), async (t) => {
      const repo = withPackage(t);
      repo.write('lefthook.yml', settings);
      await run(repo);
      assert.notEqual(repo.read('lefthook.yml'), settings);
      assert.equal(await undo(repo), 'Removed ecs-guard-staged from lefthook.yml.\n');
      assert.equal(repo.read('lefthook.yml'), settings);
    });
});

test('the configuration of git gets its bytes back', { skip: process.platform === 'win32' }, async (t) => {
  const repo = withPackage(t);
  repo.git('config', 'core.hooksPath', '../shared-hooks');
  const before = repo.read('.git/config');
  await run(withGitVersion(repo, '2.54.0'));
  assert.notEqual(repo.read('.git/config'), before);
  // Also with an older git than the one that it was written for.
  assert.equal(await undo(repo), 'Removed ecs-guard-staged from the configuration of git in this clone.\n');
  assert.equal(repo.read('.git/config'), before);
});

test('what was done before other tools came is found, and without the package', async (t) => {
  const repo = withPackage(t);
  await run(repo);
  repo.run('rm', ['-r', 'node_modules']);
  repo.run(process.execPath, [HUSKY]);
  repo.write('lefthook.yml', '');
  assert.equal(await undo(repo), deleted('.git/hooks', 'pre-commit', 'pre-merge-commit'));
});

test('undoing in a linked worktree undoes for all', async (t) => {
  const repo = withRepo(t, { committed: true });
  installStandIn(repo);
  await run(repo);
  const linked = openRepo(repo.at('../linked'), repo.env);
  repo.git('worktree', 'add', '-q', linked.path);
  assert.match(
    await undo(linked),
    /^Deleted .*repo\/\.git\/hooks\/pre-commit\.\nDeleted .*\/hooks\/pre-merge-commit\.\n$/,
  );
  assert.equal(existsSync(repo.at('.git/hooks/pre-commit')), false);
});
