import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';
import { type Repo, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition, VIOLATION } from '../support/templates.ts';

const WARNING = VIOLATION.replace('run as', 'warning: run as');
const OPEN = taskDefinition('!Ref RunAs').replace(
  'Resources:',
  'Parameters:\n  RunAs:\n    Type: String\nResources:',
);

function repoWith(t: Parameters<typeof withRepo>[0], settings: object, template: string): Repo {
  const repo = withRepo(t);
  repo.stage({
    'no-root.guard': NO_ROOT,
    '.ecs-guardrc.json': JSON.stringify({ packs: [], rules: ['no-root.guard'], ...settings }),
    'a.yml': template,
  });
  return repo;
}

async function outcome(repo: Repo, ...argv: string[]) {
  const io = captureIo({ cwd: repo.path, env: repo.env });
  const code = await run(argv, io);
  return { code, out: io.out() };
}

test('a warning is printed and rejects nothing, unless it is to', async (t) => {
  const repo = repoWith(t, { severity: { no_root: 'warn' } }, taskDefinition('root'));
  assert.deepEqual(await outcome(repo), {
    code: 0,
    out: `a.yml${WARNING}\n\n⚠ 1 warning in 1 of 1 staged template · 1 rule · 0 ms\n`,
  });
  assert.deepEqual(await outcome(repo, '--quiet'), { code: 0, out: '' });
  const strict = await outcome(repo, '--fail-on', 'warn');
  assert.equal(strict.code, 1);
  assert.match(strict.out, /^✖ 1 violation in 1 of 1 staged template .* commit rejected$/m);
});

test('a rule that is off is silent', async (t) => {
  const repo = repoWith(t, { severity: { no_root: 'off' } }, taskDefinition('root'));
  assert.deepEqual(await outcome(repo), { code: 0, out: '' });
});

test('what cannot be decided is counted, listed on request, and fails where that is wanted', async (t) => {
  const repo = repoWith(t, {}, OPEN);
  assert.deepEqual(await outcome(repo), {
    code: 0,
    out: '✔ 1 staged template · 1 undecided · 1 rule · 0 ms\n',
  });
  assert.match(
    (await outcome(repo, '--undecided')).out,
    /^a\.yml:11:17 {2}Worker › app {2}no_root {2}undecided: /,
  );
  const strict = await outcome(repo, '--fail-on', 'unknown');
  assert.equal(strict.code, 1);
  assert.match(strict.out, /^a\.yml:11:17 {2}Worker › app {2}no_root {2}cannot be decided: /);
  assert.equal((await outcome(repo, '--fail-on', 'unknown', '--quiet')).out.split('\n').length, 2);
});

test('an excuse decides what cannot be decided, also where that fails', async (t) => {
  const repo = repoWith(
    t,
    {},
    OPEN.replace('!Ref RunAs', '!Ref RunAs # ecs-guard-ignore no_root: set by us'),
  );
  repo.git('commit', '--quiet', '--message', 'excused');
  repo.stage({ 'a.yml': `${repo.read('a.yml')}# edited\n` });
  assert.deepEqual(await outcome(repo, '--fail-on', 'unknown'), {
    code: 0,
    out: '✔ 1 staged template · 1 excused · 1 rule · 0 ms\n',
  });
});

test('each status of a template is in the report for programs', async (t) => {
  const repo = repoWith(t, {}, taskDefinition('app'));
  repo.stage({
    'fail.yml': taskDefinition('root'),
    'unknown.yml': OPEN,
    'skip.yml': 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n',
    'error.yml': 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n  - no\n',
  });
  repo.stage({
    'no-root.guard': NO_ROOT.replace(
      'rule no_root',
      "let tasks = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ]\nrule no_root when %tasks !empty",
    ),
  });
  const { code, out } = await outcome(repo, '--format', 'json');
  assert.equal(code, 2);
  const { templates } = JSON.parse(out);
  assert.deepEqual(templates, [
    { path: 'a.yml', status: 'PASS' },
    { path: 'error.yml', status: 'ERROR' },
    { path: 'fail.yml', status: 'FAIL' },
    { path: 'skip.yml', status: 'SKIP' },
    { path: 'unknown.yml', status: 'UNKNOWN' },
  ]);
});
