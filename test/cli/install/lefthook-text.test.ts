import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { addToLefthook, lefthookSnippet } from '../../../src/cli/install/lefthook-text.ts';
import { withoutMarkedLines } from '../../../src/cli/install/marked-lines.ts';

const RUN = 'sh node_modules/ecs-guard-staged/hooks/pre-commit';
const COMMAND = { 'ecs-guard-staged': { run: RUN } };

/** Adds the command, which must be possible, and returns what another YAML library reads then, apart from that for merges. */
function added(text: string): Record<string, unknown> {
  const changed = addToLefthook(text, RUN);
  assert.ok(changed !== null, JSON.stringify(text));
  assert.equal(withoutMarkedLines(changed), text);
  for (const line of text.split('\n')) assert.ok(changed.split('\n').includes(line), line);
  const settings = parse(changed, { merge: true }) as Record<string, unknown>;
  const { 'pre-merge-commit': merges, ...others } = settings;
  assert.deepEqual(merges, { commands: COMMAND });
  return others;
}

test('settings without our hook get it at their end', () => {
  const hook = { commands: COMMAND };
  for (const text of ['', '# about\n', '---\n']) assert.deepEqual(added(text), { 'pre-commit': hook });
  for (const text of ['pre-push: {}', 'pre-push: {}\n', 'pre-push: {}\n\n# end\n', 'pre-push: {}\r\n'])
    assert.deepEqual(added(text), { 'pre-push': {}, 'pre-commit': hook });
  assert.deepEqual(added('  a: |\n    text\n\n'), { a: 'text\n', 'pre-commit': hook });
});

test('a hook without commands gets some, and keeps what it has', () => {
  for (const text of ['pre-commit:\n', 'pre-commit: # ours\n\n  # none yet\n', '"pre-commit":'])
    assert.deepEqual(added(text), { 'pre-commit': { commands: COMMAND } });
  assert.deepEqual(added('pre-commit:\n  # fast\n  parallel: true # always\n\npre-push: {}\n'), {
    'pre-commit': { commands: COMMAND, parallel: true },
    'pre-push': {},
  });
  assert.deepEqual(added('pre-commit:\n  jobs:\n    - run: npm test\n'), {
    'pre-commit': { commands: COMMAND, jobs: [{ run: 'npm test' }] },
  });
});

test('a hook with commands gets one more, indented as they are', () => {
  const lint = { run: 'npm run lint' };
  const text = 'pre-commit:\n    commands:\n        # style\n        lint:\n            run: npm run lint\n';
  assert.deepEqual(added(text), { 'pre-commit': { commands: { ...COMMAND, lint } } });
  assert.deepEqual(added(text.replaceAll('\n', '\r\n')), {
    'pre-commit': { commands: { ...COMMAND, lint } },
  });
  assert.deepEqual(added('pre-commit:\n  commands:\n  parallel: true'), {
    'pre-commit': { commands: COMMAND, parallel: true },
  });
});

test('hooks for merges that are there get the command too', () => {
  const text = 'pre-merge-commit:\n  commands:\n    lint:\n      run: lint\n';
  const changed = addToLefthook(text, RUN) ?? '';
  assert.equal(withoutMarkedLines(changed), text);
  assert.deepEqual(parse(changed), {
    'pre-merge-commit': { commands: { ...COMMAND, lint: { run: 'lint' } } },
    'pre-commit': { commands: COMMAND },
  });
});

test('lines are not added where they would change more than that', () => {
  for (const text of [
    '{}',
    'pre-commit: {}',
    'pre-commit: { parallel: true }',
    'pre-commit: ~',
    'pre-commit: []',
    'pre-commit:\n  commands: {}',
    '- pre-commit',
    'shared: &shared\n  parallel: true\npre-commit: *shared',
    'shared: &shared\n  parallel: true\npre-commit:\n  <<: *shared\n',
    'pre-commit:\n  commands: &all\n    lint: { run: lint }\npre-push:\n  commands: *all\n',
    'a: 1\n...\n',
    'a: 1\n---\nb: 1\n',
    '? pre-commit\n: parallel: true\n',
    'pre-commit: [\n',
    '\ufeffa: 1\n',
  ])
    assert.equal(addToLefthook(text, RUN), null, text);
});

test('a command that YAML could misread is quoted', () => {
  const run = "sh 'a: b #/hooks/pre-commit'";
  const changed = addToLefthook('', run) ?? '';
  const hook = { commands: { 'ecs-guard-staged': { run } } };
  assert.deepEqual(parse(changed), { 'pre-commit': hook, 'pre-merge-commit': hook });
});

test('the snippet is in the notation of the settings', () => {
  const settings = { 'pre-commit': { commands: COMMAND }, 'pre-merge-commit': { commands: COMMAND } };
  assert.deepEqual(parse(lefthookSnippet(RUN, 'yml').join('\n')), settings);
  assert.deepEqual(JSON.parse(lefthookSnippet(RUN, 'json').join('\n')), settings);
  assert.deepEqual(lefthookSnippet(RUN, 'toml'), [
    '[pre-commit.commands.ecs-guard-staged]',
    `run = "${RUN}"`,
    '[pre-merge-commit.commands.ecs-guard-staged]',
    `run = "${RUN}"`,
  ]);
});
