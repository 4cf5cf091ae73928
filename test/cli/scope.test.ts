import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';
import { type Cleanup, openRepo, type Repo, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

/** A bad template that git does not take for another one under a new name. */
const UNLIKE_OTHERS = `${taskDefinition('root')}${'# another text\n'.repeat(50)}`;

/** `main` with two templates, one of them bad; `topic` is checked out, and has added a bad one to them. */
function repoWithTopic(t: Cleanup): Repo {
  const repo = withRepo(t);
  repo.stage({
    'no-root.guard': NO_ROOT,
    '.ecs-guardrc.json': '{ "packs": [], "rules": ["no-root.guard"] }\n',
    'old.yml': taskDefinition('root'),
    'sound.yml': taskDefinition('app'),
  });
  repo.git('commit', '-qm', 'main');
  repo.git('checkout', '-qb', 'topic');
  repo.stage({ 'infra/added.yml': UNLIKE_OTHERS });
  repo.git('commit', '-qm', 'topic');
  return repo;
}

async function outcome(repo: Repo, argv: string[], folder = '.') {
  const io = captureIo({ cwd: repo.at(folder), env: { ...repo.env } });
  const code = await run(argv, io);
  return { code, violations: io.out().match(/^\S+(?=:\d+:\d+ )/gm) ?? [], out: io.out(), err: io.err() };
}

test('--all judges every tracked template from any folder, by its staged content', async (t) => {
  const repo = repoWithTopic(t);
  repo.stage({ 'sound.yml': taskDefinition('root') });
  repo.write('sound.yml', taskDefinition('app'));
  repo.write('untracked.yml', taskDefinition('root'));
  const all = await outcome(repo, ['--all']);
  assert.deepEqual([all.code, all.violations], [1, ['infra/added.yml', 'old.yml', 'sound.yml']]);
  assert.match(all.out, /✖ 3 violations in 3 of 3 templates · /);
  const fromFolder = await outcome(repo, ['--all', '--quiet'], 'infra');
  assert.deepEqual(fromFolder.violations, ['../old.yml', '../sound.yml', 'added.yml']);
});

test('the shards of --all, and of --base, are the whole together', async (t) => {
  const repo = repoWithTopic(t);
  const names = Array.from({ length: 20 }, (_, at) => `${at}.yml`);
  repo.stage(Object.fromEntries(names.map((name) => [name, taskDefinition('root')])));
  for (const [scope, whole] of [
    [['--all'], [...names, 'infra/added.yml', 'old.yml']],
    [
      ['--base', 'main'],
      [...names, 'infra/added.yml'],
    ],
  ] as const) {
    const shards = ['1/3', '2/3', '3/3'].map((shard) => outcome(repo, [...scope, '--shard', shard]));
    const parts = (await Promise.all(shards)).map(({ violations }) => violations);
    assert.deepEqual(parts.flat().sort(), whole.toSorted());
    assert.ok(parts.every((part) => part.length > 0));
  }
});

test('--base judges what HEAD and the index changed since the branch was left', async (t) => {
  const repo = repoWithTopic(t);
  repo.git('checkout', '-q', 'main');
  repo.stage({ 'later.yml': taskDefinition('root') });
  repo.git('commit', '-qm', 'later');
  repo.git('checkout', '-q', 'topic');
  const committed = await outcome(repo, ['--base', 'main']);
  assert.deepEqual([committed.code, committed.violations], [1, ['infra/added.yml']]);
  repo.stage({ 'staged.yml': taskDefinition('root') });
  assert.deepEqual((await outcome(repo, ['--base', 'main'])).violations, ['infra/added.yml', 'staged.yml']);
  assert.deepEqual((await outcome(repo, ['--staged'])).violations, ['staged.yml']);
});

test('with --new only what was not there where the branch was left counts', async (t) => {
  const repo = repoWithTopic(t);
  repo.git('mv', 'old.yml', 'moved.yml');
  repo.stage({ 'moved.yml': `Description: moved\n${taskDefinition('root')}` });
  assert.deepEqual((await outcome(repo, ['--base', 'main'])).violations, ['infra/added.yml', 'moved.yml']);
  const { code, violations, out } = await outcome(repo, ['--base', 'main', '--new']);
  assert.deepEqual([code, violations], [1, ['infra/added.yml']]);
  assert.match(out, / · 1 old /);
  const report = JSON.parse((await outcome(repo, ['--base', 'main', '--new', '--format', 'json'])).out);
  assert.equal(report.counts.old, 1);
});

test('a pull request is annotated with what is new in it', async (t) => {
  const repo = repoWithTopic(t);
  const { code, out } = await outcome(repo, ['--base', 'main', '--new', '--format', 'github']);
  assert.equal(code, 1);
  assert.match(out, /^::error .*file=infra\/added\.yml,line=8/);
  assert.doesNotMatch(out, /old\.yml/);
});

test('a base that is not in the clone is trouble with a way out in every format', async (t) => {
  const repo = repoWithTopic(t);
  const clone = openRepo(repo.at('../clone'), repo.env);
  repo.git('clone', '-q', '--depth=1', '--branch=topic', `file://${repo.path}`, clone.path);
  const { code, err } = await outcome(clone, ['--base', 'origin/main', '--new']);
  assert.equal(code, 2);
  assert.match(err, /`origin\/main` is no commit that this clone has/);
  assert.match(err, /git fetch origin main.*fetch-depth: 0/);
  const annotated = await outcome(clone, ['--base', 'origin/main', '--format', 'github']);
  assert.equal(annotated.code, 2);
  assert.match(annotated.out, /^::error.*origin\/main/);
});

test('the hook and the build server agree about every commit', async (t) => {
  const repo = repoWithTopic(t);
  const changes: [string, Record<string, string>, boolean][] = [
    ['an old violation is touched', { 'old.yml': `# touched\n${taskDefinition('root')}` }, true],
    ['a template gets a violation', { 'sound.yml': taskDefinition('root') }, false],
    [
      'a container is added',
      {
        'old.yml': `${taskDefinition('root')}        - Name: side\n          Image: busybox\n          User: root\n`,
      },
      false,
    ],
    ['a template is put right', { 'old.yml': taskDefinition('app') }, true],
    ['what was put right is undone', { 'old.yml': taskDefinition('root') }, false],
    ['nothing is judged', { 'readme.md': 'text' }, true],
  ];
  for (const [what, files, accepted] of changes) {
    repo.stage(files);
    const hook = await outcome(repo, ['--new']);
    repo.git('commit', '-qm', what, '--no-verify');
    const server = await outcome(repo, ['--base', 'HEAD~1', '--new']);
    assert.deepEqual([hook.code, server.code], accepted ? [0, 0] : [1, 1], what);
    assert.deepEqual(hook.violations, server.violations, what);
  }
});

test('options that contradict each other are refused with a way out', async (t) => {
  const repo = repoWithTopic(t);
  for (const [argv, message, help] of [
    [['--all', '--base', 'main'], /options `--all` and `--base` contradict each other/, /choose one/],
    [['--staged', '--all'], /options `--staged` and `--all` contradict/, /choose one/],
    [['--all', 'infra'], /`--all` is about the whole repository, and `infra` is not/, /leave out/],
    [['--base', 'main', 'infra'], /`--base` is about the whole repository/, /leave out/],
    [['--all', '--new'], /with `--all` there is no change/, /`--base REF --new`/],
    [['--staged', '--shard', '1/2'], /`--shard` is not for commits/, /`--shard 2\/4 --all`/],
    [['--base'], /option `--base` needs a value/, /--base REF/],
  ] as const) {
    const { code, out, err } = await outcome(repo, [...argv]);
    assert.deepEqual([code, out], [2, ''], argv.join(' '));
    assert.match(err, message);
    assert.match(err, help);
  }
});

test('outside of a repository there is neither all nor a base', async (t) => {
  const repo = repoWithTopic(t);
  const env = { ...repo.env, GIT_CEILING_DIRECTORIES: repo.at('../..'), GIT_DIR: undefined };
  for (const argv of [['--all'], ['--base', 'main']]) {
    const io = captureIo({ cwd: repo.at('..'), env });
    assert.equal(await run(argv, io), 2);
    assert.match(io.err(), /this is not a git repository/);
  }
});
