import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';
import { type Repo, temporaryFolder, withRepo } from '../support/repo.ts';

async function outcome(place: Pick<Repo, 'path' | 'env'>, argv: string[], cwd = place.path) {
  const io = captureIo({ cwd, env: place.env });
  const code = await run(argv, io);
  return { code, out: io.out(), err: io.err() };
}

const OWN = `# Images come from our registry. They always did.
rule own_images { Resources.*.Properties.Image == /ours/ <<use ours>> }

rule second { a exists <<a is needed>> }
rule silent { a exists }
`;

test('without settings the default pack is active', async (t) => {
  const { code, out, err } = await outcome(withRepo(t), ['rules']);
  assert.match(
    out,
    /^pack baseline\n {2}awslogs_denied_blocking .*\n(.*\n)* {2}tasks_denied_root_user {15}error {2}Containers must not run as root, nor with the root group\.\n(.*\n)*\n7 rules · no settings file\n$/,
  );
  assert.deepEqual([code, err], [0, '']);
});

test('the settings file decides, and its rules are named as seen from here', async (t) => {
  const repo = withRepo(t);
  repo.write('.ecs-guardrc.json', '{ "packs": [], "rules": ["policies"] }');
  repo.write('policies/own.guard', OWN);
  repo.write('infra/a.txt', '');
  const { code, out } = await outcome(repo, ['rules'], repo.at('infra'));
  assert.equal(
    out,
    `../policies/own.guard
  own_images  error  Images come from our registry.
  second      error  a is needed
  silent      error

3 rules · settings: ../.ecs-guardrc.json
`,
  );
  assert.equal(code, 0);
});

test('options win over the settings file', async (t) => {
  const repo = withRepo(t);
  repo.write('.ecs-guardrc.json', '{ "packs": [], "rules": ["policies"] }');
  repo.write('policies/own.guard', OWN);
  repo.write('other.guard', 'rule other { a exists }\na exists\n');
  const { out } = await outcome(repo, [
    'rules',
    '--pack',
    'published',
    '--pack',
    'published',
    '-r',
    'other.guard',
  ]);
  assert.match(
    out,
    /^pack published\n(.*\n){5}\nother\.guard\n {2}default +error\n {2}other +error\n\n7 rules · settings: \.ecs-guardrc\.json\n$/,
  );
});

test('the JSON form has what the text has, and more', async (t) => {
  const repo = withRepo(t);
  repo.write('own.guard', OWN);
  const { out } = await outcome(repo, ['rules', '--pack', 'none', '-r', 'own.guard', '--format', 'json']);
  const { version, settings, rules } = JSON.parse(out);
  assert.deepEqual([version, settings], [1, null]);
  assert.deepEqual(rules[0], {
    name: 'own_images',
    pack: null,
    file: 'own.guard',
    line: 2,
    summary: 'Images come from our registry.',
    help: 'Images come from our registry. They always did.',
    messages: ['use ours'],
    texts: [{ line: 2, text: OWN.split('\n')[1] }],
    level: 'error',
  });
  assert.equal(JSON.parse((await outcome(repo, ['rules', '-f', 'json'])).out).rules[0].pack, 'baseline');
});

test('a rule file that cannot be used is told of, and the others are listed', async (t) => {
  const repo = withRepo(t);
  repo.write('own.guard', OWN);
  repo.write('broken.guard', 'rule broken {');
  const { code, out, err } = await outcome(repo, [
    'rules',
    '--pack',
    'none',
    '-r',
    'own.guard',
    '-r',
    'broken.guard',
  ]);
  assert.match(out, /own_images/);
  assert.match(err, /^broken\.guard:\d+:\d+ {2}error /);
  assert.equal(code, 2);
});

test('no rules at all is trouble here as it is for a check', async (t) => {
  const { code, out, err } = await outcome(withRepo(t), ['rules', '--pack', 'none']);
  assert.equal(out, '0 rules · no settings file\n');
  assert.match(err, /no rules are chosen/);
  assert.equal(code, 2);
});

test('rules are listed outside of a repository, too', async (t) => {
  const place = { path: temporaryFolder(t), env: { PATH: process.env.PATH ?? '' } };
  assert.match((await outcome(place, ['rules'])).out, /7 rules · no settings file\n$/);
});

test('the level of each rule is what the settings say, else what its pack does', async (t) => {
  const repo = withRepo(t);
  repo.write('.ecs-guardrc.yaml', 'packs: [recommended]\nseverity:\n  tasks_denied_privileged: off\n');
  const { out } = await outcome(repo, ['rules', '--format', 'json']);
  const levels = new Map(
    (JSON.parse(out).rules as { name: string; level: string }[]).map(({ name, level }) => [name, level]),
  );
  assert.equal(levels.get('tasks_denied_privileged'), 'off');
  assert.equal(levels.get('tasks_denied_root_user'), 'error');
  assert.ok([...levels.values()].includes('warn'));
});

test('the rules of another file or folder are those of its nearest settings', async (t) => {
  const repo = withRepo(t);
  repo.write('.ecs-guardrc.json', '{ "packs": ["published"] }');
  repo.write('app/package.json', '{ "ecs-guard": { "packs": [], "rules": ["own.guard"] } }');
  repo.write('app/own.guard', OWN);
  repo.write('app/infra/a.yml', '');
  for (const path of ['app', 'app/infra', 'app/infra/a.yml']) {
    const { out } = await outcome(repo, ['rules', path]);
    assert.match(out, /^app\/own\.guard\n(.*\n)+\n3 rules · settings: app\/package\.json\n$/);
  }
  const surplus = await outcome(repo, ['rules', 'app', 'app/infra']);
  assert.match(surplus.err, /one file or folder at a time/);
});

test('what is staged counts, and settings that cannot be used are explained', async (t) => {
  const repo = withRepo(t);
  repo.stage({ '.ecs-guardrc.json': '{ "packs": [], "rules": ["own.guard"] }', 'own.guard': OWN });
  repo.write('.ecs-guardrc.json', '{}');
  repo.write('own.guard', 'rule other { a exists }');
  assert.match((await outcome(repo, ['rules'])).out, /^own\.guard\n {2}own_images .*\n(.*\n)+3 rules/);
  repo.stage({ '.ecs-guardrc.json': '{\n  "severity": { "tasks_denied_root_usr": "warn" }\n}' });
  const mistaken = await outcome(repo, ['rules']);
  assert.match(
    mistaken.err,
    /^\.ecs-guardrc\.json:2:17 {2}error {2}there is no rule `tasks_denied_root_usr`\n {2}help: did you mean `tasks_denied_root_user`\?/,
  );
  assert.equal(mistaken.code, 2);
  repo.stage({ '.ecs-guardrc.json': '{ "pack": [] }' });
  const broken = await outcome(repo, ['rules']);
  assert.match(broken.err, /^\.ecs-guardrc\.json:1:3 {2}error {2}there is no setting `pack`/);
  assert.equal(broken.code, 2);
});

test('help is printed on request, and arguments are refused with both ways out', async (t) => {
  const repo = withRepo(t);
  const help = await outcome(repo, ['rules', '--help']);
  assert.match(help.out, /^Usage: ecs-guard-staged rules .*[\s\S]*--pack NAME/);
  const surplus = await outcome(repo, ['rules', 'tasks_denied_root']);
  assert.match(
    surplus.err,
    /there is no file or folder `tasks_denied_root`\n {2}help: .*explain RULE.*check rules/,
  );
  assert.equal(surplus.code, 2);
});
