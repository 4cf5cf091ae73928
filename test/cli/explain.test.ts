import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';
import { type Repo, withRepo } from '../support/repo.ts';
import { shippedRules } from '../support/rules.ts';

async function outcome(repo: Repo, ...argv: string[]) {
  const io = captureIo({ cwd: repo.path, env: repo.env });
  const code = await run(argv, io);
  return { code, out: io.out(), err: io.err() };
}

const OWN = `let images = Resources.*.Properties.Image

# Images come from our registry, see https://example.com/images.
#
#   Image: registry.example.com/app
rule own_images when %images !empty {
  %images == /ours/
    <<use ours; \u001b[31mred\u001b[0m>>
}
`;

test('a rule of a file is explained by its comment, its messages and its text', async (t) => {
  const repo = withRepo(t);
  repo.write('own.guard', OWN);
  const { code, out, err } = await outcome(repo, 'explain', 'own_images', '--rules', 'own.guard');
  assert.equal(
    out,
    `own_images · own.guard:6

Why
  Images come from our registry, see https://example.com/images.

    Image: registry.example.com/app

How to fix
  - use ours; \\u001b[31mred\\u001b[0m

Rule
  6  rule own_images when %images !empty {
  7    %images == /ours/
  8      <<use ours; \\u001b[31mred\\u001b[0m>>
  9  }

More
  https://example.com/images
`,
  );
  assert.deepEqual([code, err], [0, '']);
});

test('a rule of an active pack is explained with its pack', async (t) => {
  const { out } = await outcome(withRepo(t), 'explain', 'tasks_denied_root_user');
  assert.match(
    out,
    /^tasks_denied_root_user · pack baseline · baseline\/tasks_denied_root_user\.guard:\d+\n\nWhat\n {2}Containers/,
  );
  assert.match(out, /Elsewhere: Security Hub ECS\.20; /);
});

test('every rule of a pack is explained with its reasons and an example before and after', async (t) => {
  const repo = withRepo(t);
  for (const { name } of shippedRules()) {
    const { out } = await outcome(repo, 'explain', name);
    assert.match(
      out,
      /\n\nWhat\n {2}\S[\s\S]*\n\nWhy\n {2}\S[\s\S]*\n\nHow to fix\n {2}\S[\s\S]*\n {2}Before:\n\n {4}\S[\s\S]*\n {2}After:\n\n {4}\S/,
    );
    assert.doesNotMatch(out, /```/);
  }
});

test('a rule of the user that is called like one of a pack has no page', async (t) => {
  const repo = withRepo(t);
  repo.write('own.guard', OWN.replace('own_images', 'tasks_denied_root_user'));
  const { out } = await outcome(
    repo,
    'explain',
    'tasks_denied_root_user',
    '--rules',
    'own.guard',
    '--pack',
    'none',
  );
  assert.doesNotMatch(out, /Before:/);
});

test('a rule of a pack that is not active is explained, and that is said', async (t) => {
  const { code, out } = await outcome(withRepo(t), 'explain', 'tasks_denied_root', '--pack', 'published');
  assert.match(out, /^tasks_denied_root · pack published · /);
  const repo = withRepo(t);
  repo.write('.ecs-guardrc.json', '{ "packs": [], "rules": ["own.guard"] }');
  repo.write('own.guard', OWN);
  const inactive = await outcome(repo, 'explain', 'tasks_denied_root');
  assert.match(inactive.out, /^tasks_denied_root · pack published, which is not active here · /);
  assert.deepEqual([code, inactive.code], [0, 0]);
});

test('rules of one name in one file are explained as one', async (t) => {
  const repo = withRepo(t);
  repo.write('own.guard', 'rule r when a exists { b exists }\n\nrule r when b exists { a exists }\n');
  const { out } = await outcome(repo, 'explain', 'r', '-r', 'own.guard');
  assert.equal(
    out,
    `r · own.guard:1

Why
  Its file does not say. A comment above the rule would.

Rule
  1  rule r when a exists { b exists }

  3  rule r when b exists { a exists }
`,
  );
});

test('an unknown rule gets a suggestion and exit code 2', async (t) => {
  const repo = withRepo(t);
  const help = async (name: string) => {
    const { code, out, err } = await outcome(repo, 'explain', name);
    assert.deepEqual([code, out], [2, '']);
    assert.ok(err.startsWith(`error  there is no rule \`${name}\`\n  help: `));
    return err.trimEnd().split('help: ')[1];
  };
  assert.equal(await help('task_denied_rot'), 'did you mean `tasks_denied_root`?');
  assert.equal(
    await help('ROOT'),
    'did you mean `tasks_denied_root_user` or `tasks_readonly_root_filesystem` or `readonly_root_filesystem_condition`?',
  );
  assert.equal(await help('encryption_at_rest'), '`ecs-guard-staged rules` lists the rules');
});

test('a rule that may stand in a broken file is not just unknown', async (t) => {
  const repo = withRepo(t);
  repo.write('broken.guard', 'rule broken {');
  const { code, err } = await outcome(repo, 'explain', 'broken', '-r', 'broken.guard');
  assert.match(err, /^broken\.guard:\d+:\d+ {2}error .*\n[\s\S]*there is no rule `broken`/);
  assert.equal(code, 2);
});

test('exactly one name is needed', async (t) => {
  const repo = withRepo(t);
  assert.match((await outcome(repo, 'explain')).err, /needs the name of a rule/);
  assert.match((await outcome(repo, 'explain', 'a', 'b')).err, /one rule at a time/);
  assert.match((await outcome(repo, 'explain', '--help')).out, /^Usage: ecs-guard-staged explain RULE/);
});
