import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { listPolicyFiles, policyFilesAmong, splitIndexList } from '../../src/git/policy-files.ts';
import { withRepo } from '../support/repo.ts';

const NAMES = [
  '.ecs-guardrc.json',
  'a/.ecs-guardrc.yaml',
  'a/b/.ecs-guardrc.yml',
  'a/package.json',
  'policies/own.guard',
  'policies/two\nlines ü.ruleset',
];

test('settings and rule files of the whole index are listed, wherever one stands', async (t) => {
  const repo = withRepo(t);
  repo.stage(Object.fromEntries([...NAMES, 'a/other.json', 'a/rules.guard.txt'].map((name) => [name, name])));
  repo.write('untracked.guard', '');
  const env = { ...repo.env, GIT_LITERAL_PATHSPECS: '1', GIT_ICASE_PATHSPECS: '1' };
  for (const cwd of [repo.path, repo.at('a')]) {
    const files = await listPolicyFiles({ cwd, env });
    assert.deepEqual([...files.keys()].sort(), [...NAMES].sort());
    assert.equal(files.get('a/package.json'), repo.git('rev-parse', ':a/package.json').stdout.trim());
  }
});

test('of what is named, whatever it is called, the regular files in the index are told', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'rules/own.txt': 'a', '*.txt': 'b' });
  const among = async (...names: string[]) => [
    ...(
      await policyFilesAmong(
        { cwd: repo.path, env: repo.env },
        names.map((name) => repo.at(name)),
      )
    ).keys(),
  ];
  assert.deepEqual(await among('rules/own.txt', 'missing.txt'), ['rules/own.txt']);
  assert.deepEqual(await among('*.txt'), ['*.txt']);
});

test('links and conflicts are left out', { skip: process.platform === 'win32' }, async (t) => {
  const repo = withRepo(t, { committed: true });
  const place = { cwd: repo.path, env: repo.env };
  symlinkSync('elsewhere', repo.at('linked.guard'));
  repo.git('add', 'linked.guard');
  assert.equal((await listPolicyFiles(place)).size, 0);
  repo.git('commit', '--quiet', '--message', 'link');
  repo.git('checkout', '--quiet', '-b', 'other');
  repo.stage({ 'own.guard': 'other' });
  repo.git('commit', '--quiet', '--message', 'other');
  repo.git('checkout', '--quiet', 'main');
  repo.stage({ 'own.guard': 'main' });
  repo.git('commit', '--quiet', '--message', 'main');
  assert.equal((await listPolicyFiles(place)).size, 1);
  repo.tryGit(['merge', '--quiet', 'other']);
  assert.equal((await listPolicyFiles(place)).size, 0);
});

test('a raw difference behind the list is left for others, and another form is no list', () => {
  const record = `100644 ${'a'.repeat(40)} 0\ta.guard\0`;
  const { files, rest } = splitIndexList(Buffer.from(`${record}:100644 100644 a b M\0a.yml\0`));
  assert.deepEqual([...files], [['a.guard', 'a'.repeat(40)]]);
  assert.equal(rest.toString(), ':100644 100644 a b M\0a.yml\0');
  assert.throws(() => splitIndexList(Buffer.from(record.slice(0, -1))));
  assert.throws(() => splitIndexList(Buffer.from('a.guard\0')));
});
