import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { withRepo } from '../support/repo.ts';

/** Says something of task definitions only if there are any. */
const RULES = `let containers = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*]
rule users when %containers !empty { %containers.User != 'root' }
`;

const LOOP = `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Tasks:
    - Name
    - [A, B]
    - Task\${Name}:
        Type: AWS::ECS::TaskDefinition
        Properties: { ContainerDefinitions: [{ Name: app, User: root }] }
`;

test('what only a loop makes is not decided, and not passed', async (t) => {
  const repo = withRepo(t);
  repo.write('r.guard', RULES);
  repo.stage({ 'loop.yml': LOOP, 'more.yml': `${LOOP}  Queue: { Type: AWS::SQS::Queue }\n` });
  const { templates, unknowns } = await check({
    ...{ cwd: repo.path, env: repo.env, paths: [], packs: [], rules: ['r.guard'] },
    elapsed: () => 0,
  });
  assert.deepEqual(
    templates.map(({ path, status }) => `${path} ${status}`),
    ['loop.yml UNKNOWN', 'more.yml UNKNOWN'],
  );
  for (const { line, rule } of unknowns) assert.deepEqual([line, rule], [4, 'users']);
});
