import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, type TestContext, test } from 'node:test';
import { BAD, GOOD, guard } from '../support/guarded.ts';
import type { Repo } from '../support/repo.ts';

/* What people see who commit in a terminal, which `script` of util-linux makes. */

const { repo: guarded } = guard({ after });
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');
const skip = hasTerminal ? false : 'there is no `script` of util-linux in PATH';

function commitInTerminal(repo: Repo, env: Record<string, string> = {}) {
  const { status, stdout } = repo.run(
    'script',
    ['-qec', 'git commit --quiet --message change', '/dev/null'],
    {
      env: { TERM: 'xterm', ...env },
    },
  );
  return { status, shown: stdout.replaceAll('\r\n', '\n') };
}

function staged(t: TestContext, template: string): Repo {
  const repo = guarded(t);
  repo.stage({ 'a.yml': template });
  return repo;
}

test('a sound commit is told in one quiet line, tried before or not', { skip }, (t) => {
  const repo = staged(t, GOOD);
  const line = /^\u001b\[32m✔\u001b\[39m \u001b\[2m1 staged template · 1 rule · \d+ ms\u001b\[22m\n$/;
  assert.match(commitInTerminal(repo).shown, line);
  repo.git('reset', '--soft', 'HEAD~');
  const { status, shown } = commitInTerminal(repo);
  assert.equal(status, 0);
  assert.equal(shown, '✔ 1 staged template · 1 rule · passed before\n');
});

test('what passed before is told in one line, and nothing where there is no template', { skip }, (t) => {
  for (const [files, line] of [
    [{ 'a.yml': GOOD }, '✔ 1 staged template · 1 rule · passed before\n'],
    [
      { 'a.yml': GOOD, 'b.yml': 'Resources: { A: { Type: A::B::C } }\n' },
      '✔ 2 staged templates (1 with nothing to judge) · 1 rule · passed before\n',
    ],
    [{ 'package.json': '{}' }, ''],
  ] as const) {
    const repo = guarded(t);
    repo.stage(files);
    assert.equal(repo.commit('--quiet').status, 0);
    repo.git('reset', '--soft', 'HEAD~');
    assert.deepEqual(commitInTerminal(repo), { status: 0, shown: line });
  }
});

test('a violation is told in colours, unless they are not wanted', { skip }, (t) => {
  const repo = staged(t, BAD);
  const { status, shown } = commitInTerminal(repo);
  assert.equal(status, 1);
  assert.match(shown, /\u001b\[36ma\.yml:\d+:\d+/);
  const plain = commitInTerminal(repo, { NO_COLOR: '1' }).shown;
  assert.match(plain, /^a\.yml:\d+:\d+ {2}/);
  assert.doesNotMatch(plain, /\u001b/);
});
