import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { init, runInit } from '../../src/cli/commands/init.ts';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';
import { type Cleanup, type Repo, withRepo } from '../support/repo.ts';
import { installStandIn } from '../support/stand-in.ts';
import { taskDefinition } from '../support/templates.ts';

const FILE = '.ecs-guardrc.json';

/** A repository with the package, in which one of two templates violates a rule, in every way that there is to it. */
function repoWithSins(t: Cleanup): Repo {
  const repo = withRepo(t);
  installStandIn(repo);
  repo.stage({ '.gitignore': 'node_modules\n', 'bad.yml': taskDefinition('root'), 'b.yml': 'a: 1\n' });
  repo.git('commit', '-qm', 'first', '--no-verify');
  return repo;
}

/** What a command printed, which ends with the code. */
async function said(repo: Repo, argv: string[], code = 0): Promise<string> {
  const io = captureIo({ cwd: repo.path, env: repo.env });
  assert.equal(await runInit(argv, io), code);
  return io.out();
}

test('old violations are counted, and the way not to be stopped for them is told', async (t) => {
  const repo = repoWithSins(t);
  const lines = (await said(repo, [])).split('\n');
  assert.match(
    lines[2] ?? '',
    /^Rules are violated already in 1 of 1 templates, \d+ times in all, which stops /,
  );
  assert.match(
    lines[3] ?? '',
    /run `npx ecs-guard-staged init --new`, which writes `"report": "new"` to \.ecs/,
  );
  assert.equal(existsSync(repo.at(FILE)), false);
  repo.write(FILE, '{}\n');
  assert.match(await said(repo, []), /add `"report": "new"` to \.ecs-guardrc\.json\.\n$/);
  repo.write(FILE, '{ "report": "new" }');
  assert.doesNotMatch(await said(repo, []), /violate/);
});

test('a repository without violations hears nothing of them', async (t) => {
  const repo = repoWithSins(t);
  repo.git('rm', '-q', 'bad.yml');
  assert.doesNotMatch(await said(repo, []), /violat/);
});

test('init --new makes settings with which the templates can be committed, and --undo deletes them', async (t) => {
  const repo = repoWithSins(t);
  assert.match(
    await said(repo, ['--new']),
    /^Created \.ecs-guardrc\.json: only new violations stop a commit/m,
  );
  repo.git('add', '.');
  repo.stage({ 'bad.yml': `# changed\n${taskDefinition('root')}` });
  const io = captureIo({ cwd: repo.path, env: { ...repo.env } });
  assert.equal(await run([], io), 0, io.out());
  assert.match(await said(repo, ['--new']), /^Nothing to do: by \.ecs-guardrc\.json only new violations/m);
  assert.match(await said(repo, ['--undo']), /^Deleted \.ecs-guardrc\.json\.$/m);
  assert.equal(existsSync(repo.at(FILE)), false);
});

test('settings that are there are never written to, nor deleted', async (t) => {
  for (const [file, content] of [
    [FILE, '{ "packs": ["baseline"] }\n'],
    ['.ecs-guardrc.yml', 'packs: [baseline]\n'],
    ['package.json', '{ "ecs-guard": { "packs": ["baseline"] } }\n'],
  ] as const) {
    const repo = repoWithSins(t);
    repo.write(file, content);
    const out = await said(repo, ['--new'], 2);
    assert.ok(out.includes(`${file} is yours and was not changed: add \`"report": "new"\` to it.\n`), out);
    await said(repo, ['--undo']);
    assert.equal(repo.read(file), content);
  }
});

test('what cannot be judged is not taken for sound', async (t) => {
  const repo = repoWithSins(t);
  repo.stage({ 'broken.yml': 'AWSTemplateFormatVersion: 2010-09-09\nResources: {\n' });
  assert.match(
    await said(repo, []),
    /Not everything that is here can be judged: `npx ecs-guard-staged --all`/,
  );
});

test('--new and --undo contradict each other', async (t) => {
  const repo = repoWithSins(t);
  await assert.rejects(runInit(['--new', '--undo'], captureIo({ cwd: repo.path })), /contradict each other/);
  assert.equal(await init(repo.path, captureIo({ cwd: repo.path, env: repo.env }), true), 0);
});
