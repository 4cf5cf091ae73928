import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { NO_COUNTS } from '../reporters/reports.ts';
import { type Repo, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

const BROKEN_TEMPLATE = 'AWSTemplateFormatVersion: 2010-09-09\nResources: {\n';

async function judged(repo: Repo, paths: string[] = []) {
  return check({
    cwd: repo.path,
    env: repo.env,
    paths,
    packs: [],
    rules: ['no-root.guard'],
    elapsed: () => 0,
  });
}

function repoWithRule(t: Parameters<typeof withRepo>[0]): Repo {
  const repo = withRepo(t);
  repo.write('no-root.guard', NO_ROOT);
  return repo;
}

test('a violation is reported with its place, resource, container and rule', async (t) => {
  const repo = repoWithRule(t);
  repo.stage({ 'bad.yml': taskDefinition('root'), 'good.yml': taskDefinition('app') });
  const report = await judged(repo);
  assert.deepEqual(report.templates, [
    { path: 'bad.yml', status: 'FAIL' },
    { path: 'good.yml', status: 'PASS' },
  ]);
  assert.deepEqual(report.findings, [
    {
      file: 'bad.yml',
      line: 8,
      column: 17,
      rule: 'no_root',
      ruleFile: 'no-root.guard',
      message: 'run as somebody else',
      path: '/Resources/Worker/Properties/ContainerDefinitions/0/User',
      resource: 'Worker',
      container: 'app',
      level: 'error',
    },
  ]);
  assert.deepEqual(report.counts, {
    ...NO_COUNTS,
    templates: 2,
    failedTemplates: 1,
    violations: 1,
    rules: 1,
  });
  assert.equal(report.staged, true);
});

test('every document of a file is judged', async (t) => {
  const repo = repoWithRule(t);
  repo.stage({ 'two.yml': `${taskDefinition('root')}---\n${taskDefinition('root')}` });
  const { findings } = await judged(repo);
  assert.deepEqual(
    findings.map(({ line }) => line),
    [8, 17],
  );
});

test('files that are no templates are passed over, broken ones included', async (t) => {
  const repo = repoWithRule(t);
  repo.stage({
    'compose.yml': 'services: {}\n',
    'chart.yml': '{{- if .Values.on }}\nResources: x\n{{ end }}\n',
    'package.json': '{ "name": "x" }',
    'empty.yml': '',
  });
  const report = await judged(repo);
  assert.deepEqual([report.templates, report.findings, report.diagnostics], [[], [], []]);
});

test('a broken template is a diagnostic with a place and hides no other verdict', async (t) => {
  const repo = repoWithRule(t);
  repo.stage({ 'broken.yml': BROKEN_TEMPLATE, 'bad.yml': taskDefinition('root') });
  const report = await judged(repo);
  assert.equal(report.findings.length, 1);
  assert.deepEqual(
    report.templates.map(({ status }) => status),
    ['FAIL', 'ERROR'],
  );
  const [diagnostic, ...others] = report.diagnostics;
  assert.deepEqual(others, []);
  assert.deepEqual([diagnostic?.code, diagnostic?.file], ['template-syntax', 'broken.yml']);
  assert.ok(diagnostic?.line !== undefined && diagnostic.line >= 2);
});

test('a broken rule file is a diagnostic with a place and hides no other verdict', async (t) => {
  const repo = repoWithRule(t);
  repo.write('more/broken.guard', 'rule broken {\n  A ==\n}\n');
  repo.write('more/no-root.guard', NO_ROOT);
  repo.stage({ 'bad.yml': taskDefinition('root') });
  const report = await check({
    cwd: repo.path,
    env: repo.env,
    paths: [],
    packs: [],
    rules: ['more'],
    elapsed: () => 0,
  });
  assert.equal(report.findings.length, 1);
  assert.deepEqual(
    report.diagnostics.map(({ code, file, line }) => [code, file, line]),
    [['rules-syntax', 'more/broken.guard', 2]],
  );
});

test('rules that cannot judge a template are a diagnostic naming both, and the other rules still count', async (t) => {
  const repo = repoWithRule(t);
  repo.write('more/unknown.guard', 'rule unknown { %nothing exists }\n');
  repo.write('more/no-root.guard', NO_ROOT);
  repo.stage({ 'bad.yml': taskDefinition('root') });
  const report = await check({
    cwd: repo.path,
    env: repo.env,
    paths: [],
    packs: [],
    rules: ['more'],
    elapsed: () => 0,
  });
  assert.equal(report.findings.length, 1);
  const [diagnostic] = report.diagnostics;
  assert.deepEqual([diagnostic?.code, diagnostic?.file], ['rules-evaluation', 'more/unknown.guard']);
  assert.match(diagnostic?.message ?? '', /^these rules cannot judge `bad\.yml`: /);
});

test('the settings at the top of the repository choose the rules, from any folder', async (t) => {
  const repo = repoWithRule(t);
  repo.write('.ecs-guardrc.json', '{ "packs": [], "rules": ["no-root.guard"] }');
  repo.stage({ 'infra/bad.yml': taskDefinition('root') });
  const { findings } = await check({
    cwd: repo.at('infra'),
    env: repo.env,
    paths: [],
    elapsed: () => 0,
  });
  assert.deepEqual(
    findings.map(({ file, ruleFile }) => [file, ruleFile]),
    [['bad.yml', '../no-root.guard']],
  );
});

test('nothing is judged by settings that cannot be used', async (t) => {
  const repo = repoWithRule(t);
  repo.write('.ecs-guardrc.json', '{ "rule": [] }');
  repo.stage({ 'bad.yml': taskDefinition('root') });
  const { templates, diagnostics } = await judged(repo);
  assert.deepEqual(templates, []);
  assert.deepEqual(
    diagnostics.map(({ code, file, message }) => [code, file, message]),
    [['configuration', '.ecs-guardrc.json', 'there is no setting `rule`']],
  );
});

test('a missing rule file is a diagnostic', async (t) => {
  const repo = withRepo(t);
  repo.write('no-rot.guard', NO_ROOT);
  const { diagnostics } = await judged(repo);
  assert.deepEqual(diagnostics, [
    {
      code: 'rules-unreadable',
      message: 'there is no rule file or folder `no-root.guard`',
      help: 'did you mean `no-rot.guard`?',
    },
  ]);
});

test('a folder without rule files is a diagnostic, since nothing would be judged', async (t) => {
  const repo = withRepo(t);
  repo.write('no-root.guard/readme.md', 'text');
  const { diagnostics } = await judged(repo);
  assert.deepEqual(
    diagnostics.map(({ message }) => message),
    ['there is no rule file in `no-root.guard`'],
  );
});

test('a rule file that is not UTF-8 is a diagnostic', async (t) => {
  const repo = withRepo(t);
  repo.write('no-root.guard', Buffer.from([0x72, 0xff]));
  const { diagnostics } = await judged(repo);
  assert.deepEqual(
    diagnostics.map(({ file, message }) => [file, message]),
    [['no-root.guard', 'byte 2 (0xff) is not valid UTF-8']],
  );
});

test('no rules at all is a diagnostic, since everything would pass', async (t) => {
  const repo = withRepo(t);
  const { diagnostics } = await check({
    cwd: repo.path,
    env: repo.env,
    paths: [],
    packs: [],
    rules: [],
    elapsed: () => 0,
  });
  assert.deepEqual(
    diagnostics.map(({ message }) => message),
    ['no rules are chosen, so nothing can be judged'],
  );
});

test('without git, named files are judged and what is staged cannot be', async (t) => {
  const repo = repoWithRule(t);
  repo.write('bad.yml', taskDefinition('root'));
  const env = { ...repo.env, PATH: repo.at('nowhere') };
  const request = { cwd: repo.path, env, packs: [], rules: ['no-root.guard'], elapsed: () => 0 };
  assert.equal((await check({ ...request, paths: ['bad.yml'] })).findings.length, 1);
  await assert.rejects(check({ ...request, paths: [] }), /git was not found/);
});
