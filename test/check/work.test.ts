import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleOfDepth, rules, templateOfDepth, templateWith } from '../../bench/templates.ts';
import { check } from '../../src/check/check.ts';
import type { InputFile } from '../../src/check/contents.ts';
import { judge } from '../../src/check/judge.ts';
import { findWorktreeIfAny } from '../../src/check/repository.ts';
import type { Program } from '../../src/engine/compile.ts';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';
import { type Cleanup, type Repo, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';
import { countWork, type Work } from '../support/work.ts';

/* How much is done, not how long it takes: these counts are the same on every machine. */

/** Five templates, three files that are none, and two files of rules besides the five of the default pack. */
function repoWithTemplates(t: Cleanup): Repo {
  const repo = withRepo(t);
  for (let at = 0; at < 5; at++) repo.write(`infra/${at}.yml`, templateWith(10, at));
  repo.write('infra/values.yml', 'replicas: 3\nlist: [1, 2]\n');
  repo.write('infra/package.json', '{ "name": "x" }\n');
  repo.write('infra/readme.md', 'text\n');
  repo.write('rules/one.guard', rules(20));
  repo.write('rules/two.guard', "rule two { Resources.*.Type != 'AWS::No::Such' }\n");
  return repo;
}

test('each template is parsed once and each rule file is parsed and compiled once', async (t) => {
  const repo = repoWithTemplates(t);
  const request = { cwd: repo.path, env: repo.env, paths: ['infra'], packs: [], elapsed: () => 0 };
  const run = () => check({ ...request, rules: ['rules'] });
  assert.equal((await run()).templates.length, 5);
  const { calls } = await countWork(run);
  const times = (name: string) => calls.get(name) ?? 0;
  assert.equal(times('language/parser.ts parseRules'), 2);
  assert.equal(times('engine/compile.ts compile'), 2);
  assert.equal(times('template/templates.ts loadTemplates'), 5);
  assert.equal(times('engine/evaluate.ts evaluate'), 5 * 2);
});

test('rule files that the command line names are looked for once, whatever the settings of the folders', async (t) => {
  const repo = repoWithTemplates(t);
  repo.write('infra/.ecs-guardrc.json', '{ "failOn": ["unknown"] }');
  repo.write('other/.ecs-guardrc.json', '{ "failOn": ["warn"] }');
  repo.write('other/a.yml', templateWith(1));
  const request = { cwd: repo.path, env: repo.env, paths: ['infra', 'other'], rules: ['rules'] };
  const { calls } = await countWork(() => check({ ...request, elapsed: () => 0 }));
  assert.equal(calls.get('check/rule-files.ts findRuleFiles'), 1);
});

test('a template is walked again only for rules that fail, and not for those that failed on the one before', async () => {
  const newPrograms = () => [
    compileRules('good.guard', 'rule good { Resources.*.Type exists }'),
    compileRules('bad.guard', 'rule bad { Resources.*.Type !exists }'),
  ];
  const run = (programs: readonly Program[]) =>
    judge([fileOf('a.yml', templateWith(10))], { programs, intrinsics: true, limits: STANDARD_LIMITS });
  run(newPrograms());
  const programs = newPrograms();
  const walks = async () => {
    const { calls } = await countWork(() => run(programs));
    return ['evaluate', 'traceFailures'].map((name) => calls.get(`engine/evaluate.ts ${name}`));
  };
  assert.deepEqual(await walks(), [2, 1]);
  assert.deepEqual(await walks(), [1, 1]);
});

test('nothing is tried out for rules that find none of their resources', async () => {
  const programs = () => [
    compileRules('a.guard', "rule a { Resources.*[ Type == 'AWS::S3::Bucket' ].Properties exists }"),
    compileRules('b.guard', "rule b when Resources exists { Resources.*[ Type == 'X::Y::Z' ] !empty }"),
  ];
  const text = `Resources:\n  Task: { Type: AWS::ECS::TaskDefinition, Properties: { Family: !Ref Name } }\n`;
  const run = () =>
    judge([fileOf('a.yml', text)], { programs: programs(), intrinsics: true, limits: STANDARD_LIMITS });
  const [judged] = run();
  assert.deepEqual([judged!.verdict.status, judged!.diagnostics], ['FAIL', []]);
  const { calls } = await countWork(run);
  assert.equal(calls.get('intrinsics/exploration.ts explore'), 1);
});

test('git is not asked where nothing leads to a repository', async (t) => {
  const repo = withRepo(t);
  const asked = async (cwd: string, env = {}) => {
    const { calls } = await countWork(() => findWorktreeIfAny({ cwd, env: { ...repo.env, ...env } }));
    return (calls.get('git/exec.ts runGit') ?? 0) > 0;
  };
  repo.write('folder/a.yml', 'text');
  assert.equal(await asked(repo.at('folder')), true);
  assert.equal(await asked(repo.at('..')), false);
  assert.equal(await asked(repo.at('..'), { GIT_DIR: repo.at('.git'), GIT_WORK_TREE: repo.path }), true);
});

test('with only new violations counting, each changed template costs at most one more to judge', async (t) => {
  const repo = withRepo(t);
  const stage = (line: string) =>
    repo.stage({
      'a.yml': `${taskDefinition('root')}${line}`,
      'b.yml': `${taskDefinition('root')}${line}`.replace('Worker', 'Other'),
      'sound.yml': `${taskDefinition('app')}${line}`,
    });
  repo.write('no-root.guard', NO_ROOT);
  stage('');
  repo.git('commit', '-qm', 'first');
  stage('# changed\n');
  repo.stage({ 'added.yml': taskDefinition('root', { resource: 'Added' }) });
  const judged = async (report: 'all' | 'new') => {
    const request = { cwd: repo.path, env: repo.env, paths: [], packs: [], rules: ['no-root.guard'] };
    const run = () => check({ ...request, overrides: { report }, elapsed: () => 0 });
    const { counts } = await run();
    const { calls } = await countWork(run);
    return [counts.violations, counts.old, calls.get('template/templates.ts loadTemplates')];
  };
  assert.deepEqual(await judged('all'), [3, 0, 4]);
  // Neither the sound one nor the new one has an earlier version that matters.
  assert.deepEqual(await judged('new'), [1, 2, 4 + 2]);
});

function fileOf(path: string, text: string): InputFile {
  const bytes = Buffer.from(text);
  return { input: { path, content: bytes }, bytes };
}

/** What judging does, from bytes and rule texts to findings, once everything is loaded. */
async function workOf({ templates = [templateWith(10)], ruleText = rules(10) }): Promise<number> {
  const run = () =>
    judge(
      templates.map((text, at) => fileOf(`${at}.yml`, text)),
      { programs: [compileRules('r.guard', ruleText)], intrinsics: true, limits: STANDARD_LIMITS },
    );
  run();
  const { blocks }: Work = await countWork(run);
  return blocks;
}

const GROWTHS = {
  templates: (size: number) =>
    workOf({ templates: Array.from({ length: size }, (_, at) => templateWith(10, at % 7)) }),
  resources: (size: number) => workOf({ templates: [templateWith(size)] }),
  rules: (size: number) => workOf({ ruleText: rules(size) }),
  'levels of nesting': (size: number) =>
    workOf({ templates: [templateOfDepth(size)], ruleText: ruleOfDepth(size) }),
};

for (const [what, workWith] of Object.entries(GROWTHS))
  test(`twice as many ${what} are at most twice as much work`, async () => {
    const [some, more] = [await workWith(70), await workWith(140)];
    assert.ok(more > 1.3 * some, `${what} are not what grows: ${some}, then ${more}`);
    assert.ok(more < 2.05 * some, `${some}, then ${more}`);
  });
