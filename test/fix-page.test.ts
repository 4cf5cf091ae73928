import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { run } from '../src/cli/run.ts';
import { captureIo } from './support/io.ts';
import { withRepo } from './support/repo.ts';

const PAGE = readFileSync(new URL('../docs/fix.md', import.meta.url), 'utf8');

const TEMPLATE = `Resources:
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
        # The only one.
        - Name: app
          Image: app
          Privileged: true
          Essential: true
`;

test('what docs/fix.md shows is what is printed', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'infra/worker.yml': TEMPLATE });
  const io = captureIo({ cwd: repo.path, env: repo.env });
  await run(['--fix', '--no-cache'], io);
  const [, shown = 'no example'] = /```text\n(.*?)```/s.exec(PAGE) ?? [];
  assert.equal(io.out().slice(0, shown.length), shown);
});
