import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { delimiter } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { nativeGuard } from './support/native.ts';
import { type Cleanup, type Repo, withRepo } from './support/repo.ts';

const PAGE = readFileSync(new URL('../docs/native.md', import.meta.url), 'utf8');
const RULES = fileURLToPath(new URL('../rules', import.meta.url));
const native = nativeGuard();

const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code = '']) => code,
  );

function withPackage(t: Cleanup): Repo {
  const repo = withRepo(t);
  repo.write('node_modules/ecs-guard-staged/package.json', '{}');
  symlinkSync(RULES, repo.at('node_modules/ecs-guard-staged/rules'));
  return repo;
}

const task = (user: string) => `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          User: ${user}
          ReadonlyRootFilesystem: true
`;

test('the native tool judges by a pack as the page says', {
  skip: native.path === undefined && native.reason,
}, (t) => {
  const repo = withPackage(t);
  symlinkSync(native.path!, repo.at('cfn-guard'));
  const env = { PATH: repo.path + delimiter + repo.env.PATH };
  const judged = (user: string) => {
    repo.write('infra/web.yml', task(user));
    return repo.run('sh', ['-e', '-c', blocks('sh')[0] ?? ''], { env });
  };
  assert.equal(judged('root').status, 19);
  assert.equal(judged('nonroot').status, 0);
});

test('the archive for the bucket has the rules of the pack and nothing else', (t) => {
  const repo = withPackage(t);
  assert.equal(repo.run('sh', ['-e', '-c', blocks('sh')[1] ?? '']).status, 0);
  const listed = repo.run('tar', ['-tzf', 'ecs-rules.tar.gz']).stdout.trim().split('\n');
  assert.ok(listed.includes('tasks_denied_root_user.guard'));
  assert.ok(listed.every((name) => /^[a-z_]+\.guard$/.test(name)));
});

test('the stack of the hook names the archive, and a role that it has', () => {
  const { Resources } = parse(blocks('yaml')[0] ?? '', { logLevel: 'silent' });
  const { RuleLocation, ExecutionRole } = Resources.EcsRules.Properties;
  assert.match(RuleLocation.Uri, /\/ecs-rules\.tar\.gz$/);
  assert.ok(ExecutionRole.split('.')[0] in Resources);
});
