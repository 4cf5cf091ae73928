import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, type TestContext, test } from 'node:test';
import { BAD, GOOD, guard } from '../support/guarded.ts';
import { asBefore } from '../support/recalled.ts';
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

const told = (what: string, time: string) =>
  new RegExp(`^\\u001b\\[32m✔\\u001b\\[39m \\u001b\\[2m${what} · 1 rule · ${time}\\u001b\\[22m\\n$`);

test('a sound commit is told in one quiet line, tried before or not, and nothing where there is no template', {
  skip,
}, (t) => {
  const cases: [Record<string, string>, string][] = [
    [{ 'a.yml': GOOD }, '1 staged template'],
    [
      { 'a.yml': GOOD, 'b.yml': 'Resources: { A: { Type: A::B::C } }\n' },
      '2 staged templates \\(1 with nothing to judge\\)',
    ],
    [{ 'package.json': '{}' }, ''],
  ];
  for (const [files, what] of cases) {
    const repo = guarded(t);
    repo.stage(files);
    for (const time of ['\\d+ ms', 'as before', 'as before']) {
      const { status, shown } = commitInTerminal(repo);
      assert.equal(status, 0);
      assert.match(shown, what === '' ? /^$/ : told(what, time));
      repo.git('reset', '--soft', 'HEAD~');
    }
  }
});

test('whoever watches is told though nobody watched before, and the other way round', { skip }, (t) => {
  const repo = staged(t, GOOD);
  for (let run = 0; run < 2; run++) {
    assert.equal(repo.commit('--quiet').stderr, '');
    repo.git('reset', '--soft', 'HEAD~');
    assert.match(commitInTerminal(repo).shown, told('1 staged template', '\\d+ ms'));
    repo.git('reset', '--soft', 'HEAD~');
  }
});

test('a violation is told in colours, unless they are not wanted', { skip }, (t) => {
  const repo = staged(t, BAD);
  const { status, shown } = commitInTerminal(repo);
  assert.equal(status, 1);
  assert.match(shown, /\u001b\[36ma\.yml:\d+:\d+/);
  assert.deepEqual(commitInTerminal(repo), { status, shown: asBefore(shown) });
  const plain = commitInTerminal(repo, { NO_COLOR: '1' }).shown;
  assert.match(plain, /^a\.yml:\d+:\d+ {2}/);
  assert.doesNotMatch(plain, /\u001b/);
});
