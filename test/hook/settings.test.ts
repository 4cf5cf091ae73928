import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { installBuilt, linkTool } from '../support/installed.ts';
import { CLI, forgetNotes, onlyNote, timeless } from '../support/recalled.ts';
import { type Outcome, type Repo, withRepo } from '../support/repo.ts';
import { copyHook } from '../support/stand-in.ts';
import { NO_ROOT, taskDefinition, VIOLATION } from '../support/templates.ts';

/* What settings and rule files do to real commits. */

const BAD = taskDefinition('root');
const LENIENT = NO_ROOT.replace("'root'", "'toor'");
const OWN = { packs: [], rules: ['policies'] };

/** A repository whose commits are guarded, with settings and rules that are committed. */
function guarded(t: TestContext, settings: object = OWN): Repo {
  const repo = withRepo(t);
  installBuilt(repo);
  copyHook(repo);
  repo.stage({
    '.gitignore': 'node_modules\n',
    '.ecs-guardrc.json': JSON.stringify(settings),
    'policies/no-root.guard': NO_ROOT,
  });
  repo.git('commit', '--quiet', '--no-verify', '--message', 'first');
  return repo;
}

/** Commits what is staged, three times when it is rejected: what is remembered must not make a difference. */
function commit(repo: Repo): Outcome {
  const first = repo.commit('--quiet');
  if (first.status !== 0) {
    assert.deepEqual(timeless(repo.commit('--quiet')), timeless(first));
    forgetNotes(repo);
    assert.deepEqual(timeless(repo.commit('--quiet')), timeless(first));
  }
  return first;
}

const accepted = ({ status, stdout, stderr }: Outcome) => assert.equal(status, 0, stdout + stderr);

/** @returns what was said; git hands a hook's output on as its own errors */
function rejected({ status, stdout, stderr }: Outcome, why: RegExp): string {
  assert.notEqual(status, 0);
  assert.match(stdout + stderr, why);
  return stdout + stderr;
}

const BY_OWN_RULE = /no_root {2}run as somebody else/;

test('settings that are edited but not staged change nothing', (t) => {
  const repo = guarded(t);
  repo.stage({ 'bad.yml': BAD });
  repo.write('.ecs-guardrc.json', JSON.stringify({ ...OWN, severity: { no_root: 'off' } }));
  rejected(commit(repo), BY_OWN_RULE);
  rmSync(repo.at('.ecs-guardrc.json'));
  rejected(commit(repo), BY_OWN_RULE);
  repo.git('repack', '-adq');
  rmSync(onlyNote(repo));
  rejected(commit(repo), BY_OWN_RULE);
});

test('settings that are staged count, whatever is on disk', (t) => {
  const repo = guarded(t);
  repo.stage({ 'bad.yml': BAD, '.ecs-guardrc.json': JSON.stringify({ ...OWN, exclude: ['bad.yml'] }) });
  repo.write('.ecs-guardrc.json', JSON.stringify(OWN));
  accepted(commit(repo));
});

test('settings whose removal is staged do not count', (t) => {
  const repo = guarded(t);
  repo.git('rm', '--quiet', '.ecs-guardrc.json');
  repo.stage({ 'bad.yml': BAD });
  rejected(commit(repo), /tasks_denied_root_user/);
});

test('a rule file counts as it is staged, not as it is on disk', (t) => {
  const repo = guarded(t);
  repo.stage({ 'bad.yml': BAD });
  repo.write('policies/no-root.guard', LENIENT);
  rejected(commit(repo), BY_OWN_RULE);
  rmSync(repo.at('policies'), { recursive: true });
  rejected(commit(repo), BY_OWN_RULE);
  repo.stage({ 'policies/no-root.guard': LENIENT });
  repo.write('policies/no-root.guard', NO_ROOT);
  accepted(commit(repo));
});

test('so does one that is called differently', (t) => {
  const repo = guarded(t, { packs: [], rules: ['no-root.txt'] });
  repo.stage({ 'no-root.txt': NO_ROOT, 'bad.yml': BAD });
  repo.write('no-root.txt', LENIENT);
  rejected(commit(repo), BY_OWN_RULE);
  rmSync(repo.at('no-root.txt'));
  rejected(commit(repo), BY_OWN_RULE);
});

test('a rule file that git does not know counts as it is on disk, beside those that it knows', (t) => {
  const repo = guarded(t);
  repo.write('policies/new.guard', NO_ROOT.replaceAll('root', 'app'));
  repo.stage({ 'bad.yml': taskDefinition('app') });
  assert.match(rejected(commit(repo), /no_app {2}run as somebody else/), /2 rules/);
});

test('rules on the command line are taken from disk', (t) => {
  const repo = guarded(t);
  repo.stage({ 'bad.yml': BAD });
  repo.write('policies/no-root.guard', LENIENT);
  accepted(repo.run(process.execPath, [CLI, '--rules', 'policies']));
});

test('programs that a hook starts mean the commit, and people who name files mean the disk', (t) => {
  const repo = guarded(t);
  repo.stage({ 'bad.yml': BAD });
  repo.write('policies/no-root.guard', LENIENT);
  const check = (env = {}) => repo.run(process.execPath, [CLI, 'bad.yml'], { env });
  accepted(check());
  rejected(check({ GIT_INDEX_FILE: '.git/index' }), BY_OWN_RULE);
});

test('through lint-staged settings and rules count as they are staged, and what is excluded is not judged', (t) => {
  const repo = guarded(t, { ...OWN, exclude: ['examples'] });
  linkTool(repo, 'lint-staged');
  repo.write(
    '.git/hooks/pre-commit',
    '#!/bin/sh\nexec node node_modules/lint-staged/bin/lint-staged.js\n',
    0o755,
  );
  repo.stage({
    '.lintstagedrc.json': JSON.stringify({ '*.yml': `node ${CLI}` }),
    'examples/bad.yml': BAD,
  });
  accepted(repo.commit());
  repo.stage({ 'bad.yml': BAD });
  repo.write('.ecs-guardrc.json', '{ "packs": [], "exclude": ["**"] }');
  repo.write('policies/no-root.guard', LENIENT);
  rejected(repo.commit(), BY_OWN_RULE);
});

test('each part of a repository has its nearest settings', (t) => {
  const repo = guarded(t);
  repo.stage({
    'apps/one/package.json':
      '{ "ecs-guard": { "packs": [], "rules": ["../../policies/no-root.guard"], "severity": { "no_root": "warn" } } }',
    'apps/one/bad.yml': BAD,
    'apps/two/.ecs-guardrc.yaml': 'packs: []\nrules: [own]\n',
    'apps/two/own/own.guard': NO_ROOT.replace('no_root', 'two_no_root'),
    'apps/two/bad.yml': BAD,
    'apps/three/bad.yml': BAD,
  });
  const said = rejected(commit(repo), /2 violations, 1 warning /);
  assert.match(said, /^apps\/one\/bad\.yml:8:17 .* no_root {2}warning: /m);
  assert.match(said, /^apps\/two\/bad\.yml:8:17 .* two_no_root /m);
  assert.match(said, /^apps\/three\/bad\.yml:8:17 .* no_root {2}run /m);
});

test('a rule is as severe as the settings say', (t) => {
  const levelled = (level: string, more: object = {}) =>
    JSON.stringify({ ...OWN, severity: { no_root: level }, ...more });
  const repo = guarded(t);
  repo.stage({ 'bad.yml': BAD, '.ecs-guardrc.json': levelled('warn', { failOn: ['warn'] }) });
  rejected(commit(repo), BY_OWN_RULE);
  repo.stage({ '.ecs-guardrc.json': levelled('warn') });
  const warned = repo.commit();
  accepted(warned);
  assert.match(warned.stderr, /no_root {2}warning: run as somebody else/);
  repo.stage({ 'bad.yml': `${BAD}#\n`, '.ecs-guardrc.json': levelled('off') });
  const silent = repo.commit();
  accepted(silent);
  assert.doesNotMatch(silent.stderr, /no_root/);
});

test('what is excluded is not judged, even when it is no template', (t) => {
  const repo = guarded(t, { ...OWN, exclude: ['examples/'] });
  repo.stage({ 'a/examples/bad.yml': BAD, 'examples/broken.yml': 'AWSTemplateFormatVersion: [\n' });
  accepted(commit(repo));
  repo.stage({ 'bad.yml': BAD });
  rejected(commit(repo), BY_OWN_RULE);
});

test('an excuse in the settings counts for its rule, file and resource, up to its last day', (t) => {
  const suppression = { rule: 'no_root', file: 'old/**', resource: 'Worker', reason: 'replaced soon' };
  const excused = (changes: object = {}) =>
    JSON.stringify({ ...OWN, suppressions: [{ ...suppression, ...changes }] }, null, 2);
  const repo = guarded(t);
  repo.stage({ '.ecs-guardrc.json': excused({ until: '2024-02-29' }), 'old/bad.yml': BAD });
  assert.match(rejected(commit(repo), BY_OWN_RULE), /^\.ecs-guardrc\.json:7:5 .*ended on 2024-02-29/m);
  repo.stage({ '.ecs-guardrc.json': excused({ resource: 'Other' }) });
  rejected(commit(repo), BY_OWN_RULE);
  repo.stage({ '.ecs-guardrc.json': excused() });
  accepted(commit(repo));
  repo.stage({ 'bad.yml': BAD });
  rejected(commit(repo), BY_OWN_RULE);
});

test('an excuse in the settings for one file is told of when nothing needs it', (t) => {
  const suppressions = [
    { rule: 'no_root', file: 'good.yml', reason: 'it was bad' },
    { rule: 'no_root', file: '**/good.yml', reason: 'some of them are bad' },
  ];
  const repo = guarded(t, { ...OWN, suppressions });
  repo.stage({ 'good.yml': taskDefinition('app') });
  const said = repo.commit();
  accepted(said);
  assert.equal(said.stderr.match(/nothing needs the excuse from `no_root`/g)?.length, 1);
});

test('mistakes in staged settings stop the commit, each with its place, whatever is on disk', (t) => {
  const repo = guarded(t);
  repo.stage({ '.ecs-guardrc.json': '{\n  "packs": ["basline"],\n  "rule": []\n}\n', 'good.yml': BAD });
  repo.write('.ecs-guardrc.json', JSON.stringify(OWN));
  const { status, stderr } = repo.run('sh', ['.git/hooks/pre-commit']);
  assert.equal(status, 2);
  assert.match(
    stderr,
    /^\.ecs-guardrc\.json:2:13 {2}error {2}there is no pack `basline`\n {2}help: did you mean `baseline`\?$/m,
  );
  assert.match(
    stderr,
    /^\.ecs-guardrc\.json:3:3 {2}error {2}there is no setting `rule`\n {2}help: did you mean `rules`\?$/m,
  );
});

test('a rule that there is not is a mistake, also when everything was judged before', (t) => {
  const repo = guarded(t);
  repo.stage({ 'good.yml': taskDefinition('app') });
  const hook = () => repo.run('sh', ['.git/hooks/pre-commit']);
  accepted(hook());
  repo.stage({ '.ecs-guardrc.json': JSON.stringify({ ...OWN, severity: { no_rot: 'warn' } }) });
  for (const { status, stderr } of [hook(), hook()]) {
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^\.ecs-guardrc\.json:1:\d+ {2}error {2}there is no rule `no_rot`\n {2}help: did you mean `no_root`\?/m,
    );
  }
  repo.stage({
    '.ecs-guardrc.json': JSON.stringify({
      ...OWN,
      severity: { no_root: 'warn', tasks_denied_privileged: 'warn' },
    }),
  });
  accepted(hook());
});

test('while a rule file cannot be read, nothing is said about rules that there may be', (t) => {
  const repo = guarded(t, { ...OWN, severity: { other: 'warn' } });
  repo.stage({ 'bad.yml': BAD, 'policies/other.guard': 'rule other {' });
  const said = rejected(commit(repo), new RegExp(`bad\\.yml${VIOLATION}`));
  assert.match(said, /^policies\/other\.guard:/m);
  assert.doesNotMatch(said, /there is no rule/);
});
