import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { withRepo } from '../support/repo.ts';

/*
 * What Guard cannot say: each branch of a condition is judged, and what `AWS::NoValue` leaves out is not there.
 */

/** Properties of a task definition, in flow style, and whether a task like that breaks the rule when it is no production. */
const BRANCHES: readonly (readonly [rule: string, properties: string, breaks: boolean])[] = [
  ['tasks_denied_root_user', 'ContainerDefinitions: [{ User: !If [IsProd, 1000, 0] }]', true],
  ['tasks_denied_root_user', 'ContainerDefinitions: [{ User: !If [IsProd, nonroot, 1000] }]', false],
  ['tasks_denied_root_user', 'ContainerDefinitions: [!If [IsProd, { User: 1000 }, { User: root }]]', true],
  ['tasks_denied_root_user', 'ContainerDefinitions: !If [IsProd, [{ User: 1000 }], [{ User: root }]]', true],
  ['tasks_require_user', 'ContainerDefinitions: [{ User: !If [IsProd, 1000, !Ref AWS::NoValue] }]', true],
  ['tasks_require_user', 'ContainerDefinitions: [!If [IsProd, { User: 1000 }, !Ref AWS::NoValue]]', false],
  [
    'tasks_denied_privileged',
    'ContainerDefinitions: [{ Privileged: !If [IsProd, !Ref AWS::NoValue, true] }]',
    true,
  ],
  [
    'tasks_readonly_root_filesystem',
    'ContainerDefinitions: [{ ReadonlyRootFilesystem: !If [IsProd, true, false] }]',
    true,
  ],
  [
    'tasks_denied_dangerous_capabilities',
    'ContainerDefinitions: [{ LinuxParameters: !If [IsProd, {}, { Capabilities: { Add: [SYS_ADMIN] } }] }]',
    true,
  ],
  [
    'awslogs_denied_blocking',
    'ContainerDefinitions: [{ LogConfiguration: !If [IsProd, {}, { LogDriver: awslogs, Options: { mode: blocking } }] }]',
    true,
  ],
  [
    'awslogs_denied_blocking',
    'ContainerDefinitions: [{ LogConfiguration: { LogDriver: !If [IsProd, splunk, awslogs], Options: { mode: blocking } } }]',
    true,
  ],
  ['tasks_denied_host_pid', 'PidMode: !If [IsProd, !Ref AWS::NoValue, host]', true],
  ['tasks_denied_host_network', 'NetworkMode: !If [IsProd, awsvpc, host]', true],
  ['tasks_denied_host_network', 'NetworkMode: !If [IsProd, awsvpc, bridge]', false],
  [
    'tasks_denied_credentials_in_environment',
    'ContainerDefinitions: [{ Environment: !If [IsProd, [], [{ Name: AWS_ACCESS_KEY_ID, Value: x }]] }]',
    true,
  ],
  [
    'tasks_denied_windows_admin',
    'RuntimePlatform: { OperatingSystemFamily: !If [IsProd, LINUX, WINDOWS_SERVER_2022_CORE] }, ContainerDefinitions: [{ User: ContainerAdministrator }]',
    true,
  ],
  [
    'tasks_require_efs_transit_encryption',
    'Volumes: [{ EFSVolumeConfiguration: { FilesystemId: f, TransitEncryption: !If [IsProd, ENABLED, !Ref AWS::NoValue] } }]',
    true,
  ],
  [
    'fargate_tasks_require_awsvpc',
    'RequiresCompatibilities: [FARGATE], NetworkMode: !Ref AWS::NoValue',
    true,
  ],
  [
    'fargate_tasks_valid_size',
    'RequiresCompatibilities: [FARGATE], Cpu: 256, Memory: !If [IsProd, 512, 4096]',
    true,
  ],
  [
    'fargate_tasks_denied_unsupported_parameters',
    'RequiresCompatibilities: !If [IsProd, [EC2], [FARGATE]], ContainerDefinitions: [{ Links: [db] }]',
    true,
  ],
  [
    'tasks_require_execution_role',
    'ExecutionRoleArn: !If [IsProd, role, !Ref AWS::NoValue], ContainerDefinitions: [{ Secrets: [{ Name: A, ValueFrom: b }] }]',
    true,
  ],
  ['tasks_require_memory', 'ContainerDefinitions: [{ Memory: !If [IsProd, 512, !Ref AWS::NoValue] }]', true],
  [
    'tasks_require_essential_container',
    'ContainerDefinitions: [{ Essential: false }, !If [IsProd, { Name: app }, !Ref AWS::NoValue]]',
    true,
  ],
  [
    'tasks_require_essential_container',
    'ContainerDefinitions: [!If [IsProd, { Name: a }, { Name: b }]]',
    false,
  ],
  [
    'fargate_tasks_require_logging',
    'RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{ LogConfiguration: !If [IsProd, { LogDriver: awslogs }, !Ref AWS::NoValue] }]',
    true,
  ],
  [
    'tasks_require_dropped_capabilities',
    'ContainerDefinitions: [{ LinuxParameters: !If [IsProd, { Capabilities: { Drop: [ALL] } }, !Ref AWS::NoValue] }]',
    true,
  ],
  [
    'tasks_denied_writable_host_mounts',
    'Volumes: [{ Name: data, Host: { SourcePath: /data } }], ContainerDefinitions: [{ ReadonlyRootFilesystem: true, MountPoints: [{ SourceVolume: data, ReadOnly: !If [IsProd, true, false] }] }]',
    true,
  ],
  ['tasks_denied_any_host_path', 'Volumes: [{ Host: !If [IsProd, {}, { SourcePath: /data }] }]', true],
  ['tasks_require_awsvpc_network', 'NetworkMode: !If [IsProd, awsvpc, bridge]', true],
  ['tasks_require_task_role', 'TaskRoleArn: !If [IsProd, app, !Ref AWS::NoValue]', true],
  [
    'tasks_require_separate_roles',
    'TaskRoleArn: !If [IsProd, app, execution], ExecutionRoleArn: execution',
    true,
  ],
  ['tasks_require_user_group', "ContainerDefinitions: [{ User: !If [IsProd, '1000:1000', app] }]", true],
  ['tasks_require_health_check', 'ContainerDefinitions: [{ Essential: !If [IsProd, false, true] }]', true],
  ['images_denied_latest_tag', 'ContainerDefinitions: [{ Image: !If [IsProd, app:1.8, app] }]', true],
  [
    'awslogs_require_nonblocking_buffer',
    'ContainerDefinitions: [{ LogConfiguration: { LogDriver: awslogs, Options: { mode: non-blocking, max-buffer-size: !If [IsProd, 25m, 4m] } } }]',
    true,
  ],
];

const template = (properties: string) => `Parameters:
  Stage: { Type: String }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: { ${properties} }
`;

test('what is wrong in one branch only is found, and nothing where both are right', async (t) => {
  const repo = withRepo(t);
  for (const [at, [, properties]] of BRANCHES.entries()) repo.write(`${at}.yaml`, template(properties));
  const { findings, unknowns, diagnostics } = await check({
    cwd: repo.path,
    env: repo.env,
    paths: ['.'],
    packs: ['strict'],
    elapsed: () => 0,
  });
  assert.deepEqual(diagnostics, []);
  const said = BRANCHES.map(([rule, properties, breaks], at) => {
    const isHere = (found: { file: string; rule: string }) =>
      found.file === `${at}.yaml` && found.rule === rule;
    return { rule, properties, breaks, undecided: unknowns.some(isHere), found: findings.filter(isHere) };
  });
  assert.deepEqual(
    said.filter(({ breaks, undecided, found }) => undecided || found.length !== (breaks ? 1 : 0)),
    [],
  );
});

test('references of different forms are followed to the same resource', async (t) => {
  const repo = withRepo(t);
  repo.write(
    'roles.yaml',
    `Resources:
  Role: { Type: AWS::IAM::Role, Properties: {} }
  Password: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: x } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: !GetAtt Role.Arn
      ExecutionRoleArn: !Sub '\${Role.Arn}'
      ContainerDefinitions:
        - Secrets:
            - { Name: A, ValueFrom: !Ref Password }
            - { Name: B, ValueFrom: !Sub 'arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter\${Password}' }
            - { Name: C, ValueFrom: !Sub '\${Role}' }
`,
  );
  const { findings } = await check({
    cwd: repo.path,
    env: repo.env,
    paths: ['.'],
    packs: ['strict'],
    elapsed: () => 0,
  });
  const lines = (name: string) => findings.filter(({ rule }) => rule === name).map(({ line }) => line);
  assert.deepEqual(lines('tasks_require_separate_roles'), [7]);
  assert.deepEqual(lines('tasks_denied_plaintext_parameters'), [11, 12]);
});
