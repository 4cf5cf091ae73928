import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';
import { type Repo, temporaryFolder, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition, VIOLATION } from '../support/templates.ts';

const RULES = ['--pack', 'none', '--rules', 'no-root.guard'];

async function outcome(
  repo: Pick<Repo, 'path' | 'env'>,
  argv: string[],
  { env = {}, terminal = false }: { env?: Record<string, string>; terminal?: boolean } = {},
) {
  const io = captureIo({ cwd: repo.path, env: { ...repo.env, ...env }, terminal });
  const code = await run(argv, io);
  return { code, out: io.out(), err: io.err() };
}

function repoWith(t: Parameters<typeof withRepo>[0], files: Record<string, string>): Repo {
  const repo = withRepo(t);
  repo.write('no-root.guard', NO_ROOT);
  repo.stage(files);
  return repo;
}

test('a violation is reported on stdout, with a tip on stderr and exit code 1', async (t) => {
  const repo = repoWith(t, { 'infra/bad.yml': taskDefinition('root') });
  const { code, out, err } = await outcome(repo, RULES);
  assert.equal(
    out,
    `infra/bad.yml${VIOLATION}\n\n✖ 1 violation in 1 of 1 staged template · 1 rule · 0 ms · commit rejected\n`,
  );
  assert.match(err, /^Tip: .*ecs-guard-staged explain RULE/);
  assert.equal(code, 1);
});

test('when all is well nothing is printed and the exit code is 0', async (t) => {
  const repo = repoWith(t, { 'good.yml': taskDefinition('app') });
  assert.deepEqual(await outcome(repo, RULES), { code: 0, out: '', err: '' });
});

test('on a terminal one quiet line says that all is well', async (t) => {
  const repo = repoWith(t, { 'good.yml': taskDefinition('app') });
  const { out } = await outcome(repo, RULES, { terminal: true, env: { NO_COLOR: '1' } });
  assert.equal(out, '✔ 1 staged template · 1 rule · 0 ms\n');
});

test('nothing staged is nothing to object to', async (t) => {
  assert.deepEqual(await outcome(repoWith(t, { 'a.md': '' }), RULES), { code: 0, out: '', err: '' });
});

test('named files are judged without talk of a commit', async (t) => {
  const repo = repoWith(t, { 'a.md': '' });
  repo.write('bad.yml', taskDefinition('root'));
  const { code, out } = await outcome(repo, [...RULES, 'bad.yml']);
  assert.equal(out, `bad.yml${VIOLATION}\n\n✖ 1 violation in 1 of 1 template · 1 rule · 0 ms\n`);
  assert.equal(code, 1);
});

test('named files in a hook, as lint-staged passes them, reject the commit', async (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  const { out } = await outcome(repo, [...RULES, 'bad.yml'], {
    env: { GIT_INDEX_FILE: repo.at('.git/index') },
  });
  assert.match(out, /1 staged template .* commit rejected$/m);
});

test('quiet leaves the violations only', async (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  assert.deepEqual(await outcome(repo, [...RULES, '--quiet']), {
    code: 1,
    out: `bad.yml${VIOLATION}\n`,
    err: '',
  });
});

test('the JSON format is the whole report', async (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  const { code, out, err } = await outcome(repo, [...RULES, '--format', 'json']);
  const report = JSON.parse(out);
  assert.equal(report.version, 1);
  assert.equal(report.findings[0].path, '/Resources/Worker/Properties/ContainerDefinitions/0/User');
  assert.deepEqual([code, err], [1, '']);
});

test('NO_COLOR, FORCE_COLOR and the terminal decide about colour', async (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  const coloured = async (env: Record<string, string>, terminal: boolean) =>
    (await outcome(repo, RULES, { env, terminal })).out.includes('\u001b[');
  assert.equal(await coloured({}, true), true);
  assert.equal(await coloured({}, false), false);
  assert.equal(await coloured({ TERM: 'dumb' }, true), false);
  assert.equal(await coloured({ FORCE_COLOR: '1' }, false), true);
  assert.equal(await coloured({ FORCE_COLOR: '0' }, true), false);
  assert.equal(await coloured({ NO_COLOR: '1', FORCE_COLOR: '1' }, true), false);
  assert.equal(await coloured({ NO_COLOR: '' }, true), true);
});

test('what cannot be judged is told on stderr, beats violations and keeps them', async (t) => {
  const repo = repoWith(t, {
    'bad.yml': taskDefinition('root'),
    'broken.yml': 'Resources:\n  A: { Type: AWS::X::Y\n',
  });
  const { code, out, err } = await outcome(repo, RULES);
  assert.equal(code, 2);
  assert.ok(out.startsWith(`bad.yml${VIOLATION}\n`));
  assert.match(err, /^broken\.yml:\d+:\d+ {2}error {2}/);
});

test('a mistake on the command line gets a sentence, a way out and exit code 2', async (t) => {
  const repo = repoWith(t, { 'a.md': '' });
  assert.deepEqual(await outcome(repo, ['--qiuet']), {
    code: 2,
    out: '',
    err: 'error  there is no option `--qiuet`\n  help: did you mean `--quiet`?\n',
  });
  const missing = await outcome(repo, [...RULES, 'nowhere.yml']);
  assert.equal(missing.code, 2);
  assert.match(missing.err, /^error {2}there is no file or folder `nowhere\.yml`\n {2}help: /);
});

test('outside of a repository there is nothing staged to judge', async (t) => {
  const path = temporaryFolder(t);
  const { code, err } = await outcome({ path, env: { PATH: process.env.PATH ?? '' } }, []);
  assert.equal(code, 2);
  assert.match(err, /not a git repository/);
});

test('help and version are answered anywhere', async (t) => {
  const path = temporaryFolder(t);
  const help = await outcome({ path, env: {} }, ['--help']);
  assert.equal(help.code, 0);
  for (const option of ['--rules', '--pack', '--format', '--quiet', '--version'])
    assert.match(help.out, new RegExp(option));
  const version = await outcome({ path, env: {} }, ['--version']);
  assert.match(version.out, /^\d+\.\d+\.\d+\n$/);
});

test('the check may be called by its name', async (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  assert.equal((await outcome(repo, ['check', ...RULES])).code, 1);
});

test('the report of a shard says which one it is', async (t) => {
  const repo = repoWith(t, { 'a.md': '' });
  repo.write('bad.yml', taskDefinition('root'));
  const shown = await Promise.all(
    ['1/2', '2/2'].map(async (shard) => outcome(repo, [...RULES, '--shard', shard, '.'])),
  );
  assert.deepEqual(shown.map(({ code }) => code).sort(), [0, 1]);
  assert.match(shown.map(({ out }) => out).join(''), / 1 template · 1 rule · shard [12] of 2 · 0 ms$/m);
  const { out } = await outcome(repo, [...RULES, '--shard=2/3', '--format', 'json', '.']);
  assert.deepEqual(JSON.parse(out).shard, { index: 2, count: 3 });
});

for (const shard of ['0/3', '4/3', 'x', '1', '1/0', '1/3/5', '-1/3', '1.5/3', ' 1/3', ''])
  test(`there is no shard ${JSON.stringify(shard)}`, async (t) => {
    const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
    const { code, out, err } = await outcome(repo, [...RULES, `--shard=${shard}`, '.']);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /option `--shard` cannot be `.*`\n.*`--shard 2\/4` is the second of four/);
  });

test('a commit is judged as a whole', async (t) => {
  const repo = repoWith(t, { 'bad.yml': taskDefinition('root') });
  const inHook = { env: { GIT_INDEX_FILE: repo.at('.git/index') } };
  for (const { code, err } of [
    await outcome(repo, [...RULES, '--shard', '1/2']),
    await outcome(repo, ['hook', ...RULES, '--shard', '1/2']),
    await outcome(repo, [...RULES, '--shard', '1/2', 'bad.yml'], inHook),
  ]) {
    assert.equal(code, 2);
    assert.match(err, /a commit is judged as a whole/);
  }
});
