import fc from 'fast-check';
import { rarely, weighted } from '../property.ts';
import type { Data, DataMap } from './data.ts';

/*
 * Templates of ECS tasks and services, each with some of the properties that the packs look at, right, wrong or odd.
 */

const TRUTHS = [true, false, true, false, 'true', 'False', 'yes', null, 1, ''] as const;
const FARGATE_ONLY = ['FARGATE'];

/** One of these values, or what CloudFormation finds out about it. */
function oneOf(...values: readonly Data[]): fc.Arbitrary<Data> {
  const value = fc.constantFrom(...values);
  return weighted<Data>(
    [24, value],
    [
      1,
      fc.constantFrom<Data>(
        { Ref: 'AWS::NoValue' },
        { Ref: 'Given' },
        { Ref: 'Unknown' },
        { 'Fn::Sub': '${Given}-x' },
      ),
    ],
    [1, branches(value)],
  );
}

function branches(value: fc.Arbitrary<Data>): fc.Arbitrary<Data> {
  return fc
    .tuple(
      fc.constantFrom('IsProd', 'IsTest'),
      value,
      weighted<Data>([2, value], [1, fc.constant({ Ref: 'AWS::NoValue' })]),
    )
    .map((given) => ({ 'Fn::If': given }));
}

/** A map with some of these properties. */
function someOf(properties: { readonly [name: string]: fc.Arbitrary<Data> }): fc.Arbitrary<DataMap> {
  return fc.record(properties, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<DataMap>;
}

/** A map in which these properties are rare, each by itself. */
function fewOf(properties: { readonly [name: string]: fc.Arbitrary<Data> }): fc.Arbitrary<DataMap> {
  const entries = Object.entries(properties).map(([name, value]) =>
    fc.tuple(rarely(6), value).map(([there, given]) => (there ? { [name]: given } : {})),
  );
  return fc.tuple(...entries).map((parts): DataMap => Object.assign({}, ...parts));
}

const listOf = (value: fc.Arbitrary<Data>) => fc.array(value, { maxLength: 2 });

const logging = fc
  .tuple(
    oneOf('awslogs', 'awslogs', 'awslogs', 'awsfirelens', 'json-file'),
    weighted<Data>(
      [
        6,
        someOf({
          mode: oneOf('blocking', 'blocking', 'non-blocking', ''),
          'max-buffer-size': oneOf('25m', '64m', '4m', ''),
          'awslogs-group': oneOf('/ecs/app', ''),
          'awslogs-region': oneOf('eu-west-1'),
          'awslogs-stream-prefix': oneOf('app'),
        }),
      ],
      [1, fc.constantFrom<Data>(null, {})],
    ),
  )
  .map(([LogDriver, Options]): Data => ({ LogDriver, Options }));

const capabilities = fc.constantFrom(
  'SYS_ADMIN',
  'CAP_NET_ADMIN',
  'SYS_PTRACE',
  'CHOWN',
  'ALL',
  'NET_RAW',
  'odd',
);

const linux = someOf({
  Capabilities: someOf({
    Add: weighted<Data>([6, listOf(capabilities)], [1, capabilities]),
    Drop: listOf(oneOf('ALL')),
  }),
  InitProcessEnabled: oneOf(...TRUTHS),
  Devices: listOf(fc.constant({ HostPath: '/dev/fuse' })),
  SharedMemorySize: oneOf(0, 64, '64'),
  MaxSwap: oneOf(0, 128),
  Swappiness: oneOf(10),
});

const container = fc
  .tuple(
    fc.record({
      Name: fc.constantFrom('app', 'log', 'proxy'),
      Image: oneOf('busybox', 'app:latest', 'r.example/app@sha256:0'),
    }),
    someOf({
      User: oneOf('root', '0', 0, '1000:1000', 'app', '1000:0', '', null, 1000),
      ReadonlyRootFilesystem: oneOf(...TRUTHS),
      LogConfiguration: logging,
      Privileged: oneOf(...TRUTHS),
      Essential: oneOf(...TRUTHS),
    }),
    fewOf({
      LinuxParameters: linux,
      PortMappings: listOf(
        fc.record({ ContainerPort: oneOf(80, '80', 443), HostPort: oneOf(80, 8080, 0, '') }),
      ),
      Environment: listOf(
        fc.record({
          Name: oneOf('A', 'AWS_SECRET_ACCESS_KEY', 'DB_PASSWORD'),
          Value: oneOf('x', 'AKIAIOSFODNN7EXAMPLE'),
        }),
      ),
      Secrets: listOf(
        fc.record({ Name: oneOf('A'), ValueFrom: oneOf('/plain', 'arn:aws:secretsmanager:x') }),
      ),
      MountPoints: listOf(
        fc.record({ SourceVolume: oneOf('v'), ContainerPath: oneOf('/v'), ReadOnly: oneOf(...TRUTHS) }),
      ),
      Memory: oneOf(256, '512', null),
      DockerSecurityOptions: listOf(oneOf('no-new-privileges', 'apparmor:unconfined', 'label:disable')),
      Links: listOf(oneOf('log')),
      DnsServers: listOf(oneOf('1.1.1.1')),
      ExtraHosts: listOf(fc.constant({ Hostname: 'h', IpAddress: '10.0.0.1' })),
      DisableNetworking: oneOf(...TRUTHS),
      ResourceRequirements: listOf(fc.constant({ Type: 'GPU', Value: '1' })),
      FirelensConfiguration: fc.constant({ Type: 'fluentbit' }),
      HealthCheck: fc.constantFrom<Data>({ Command: ['NONE'] }, { Command: ['CMD', 'true'] }),
      Command: fc.constantFrom<Data>(['sh', '-c', 'echo hello > /srv/x'], ['app'], 'mkdir /x', [
        'two words',
        'and: more',
      ]),
    }),
  )
  .map(([head, usual, rare]): DataMap => ({ ...head, ...usual, ...rare }));

const volume = fc
  .tuple(
    fc.constantFrom('v', 'w'),
    fewOf({
      Host: fc.constantFrom<Data>({ SourcePath: '/var/run/docker.sock' }, { SourcePath: '/' }, {}),
      EFSVolumeConfiguration: someOf({
        FilesystemId: oneOf('fs-1'),
        TransitEncryption: oneOf('ENABLED', 'DISABLED'),
      }),
      DockerVolumeConfiguration: fc.constant({ Scope: 'task' }),
    }),
  )
  .map(([Name, rest]): DataMap => ({ Name, ...rest }));

const task = fc
  .tuple(
    someOf({
      RequiresCompatibilities: weighted<Data>(
        [3, fc.constant(FARGATE_ONLY)],
        [2, fc.constantFrom<Data>(['EC2'], ['EC2', 'FARGATE'], [])],
      ),
      NetworkMode: oneOf('awsvpc', 'host', 'bridge', ''),
      Cpu: oneOf(256, '512', 'odd'),
      Memory: oneOf(512, '1 GB', 7),
    }),
    fewOf({
      PidMode: oneOf('host', 'task'),
      IpcMode: oneOf('host', 'none'),
      RuntimePlatform: fc.constantFrom<Data>(
        { OperatingSystemFamily: 'LINUX' },
        { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
      ),
      PlacementConstraints: listOf(fc.constant({ Type: 'memberOf' })),
      TaskRoleArn: oneOf('arn:aws:iam::1:role/x'),
      ExecutionRoleArn: oneOf('arn:aws:iam::1:role/x'),
      Volumes: listOf(volume),
      Tags: listOf(fc.constant({ Key: 'a', Value: 'b' })),
    }),
    fc.array(weighted<Data>([12, container], [1, branches(container)]), { maxLength: 3 }),
  )
  .map(
    ([usual, rare, ContainerDefinitions]): DataMap => ({
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ...usual, ...rare, ContainerDefinitions },
    }),
  );

const network = (name: string) =>
  fc.record({
    [name]: someOf({ AssignPublicIp: oneOf('ENABLED', 'DISABLED'), SecurityGroups: listOf(oneOf('sg-1')) }),
  });

const service = fc
  .record({
    TaskDefinition: fc.constantFrom<Data>({ Ref: 'Task' }, { Ref: 'Task2' }, 'web:1'),
    more: someOf({
      LaunchType: oneOf('FARGATE', 'EC2'),
      PlatformVersion: oneOf('1.3.0', 'LATEST', '1.4.0'),
      NetworkConfiguration: network('AwsvpcConfiguration'),
      EnableExecuteCommand: oneOf(...TRUTHS),
      DeploymentConfiguration: fc.constantFrom<Data>(
        { MinimumHealthyPercent: 0 },
        { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      ),
      LoadBalancers: listOf(fc.constant({ ContainerPort: 80 })),
      PropagateTags: oneOf('SERVICE', 'NONE'),
    }),
  })
  .map(
    ({ TaskDefinition, more }): DataMap => ({
      Type: 'AWS::ECS::Service',
      Properties: { TaskDefinition, ...more },
    }),
  );

const cluster = someOf({
  ClusterSettings: fc.constantFrom<Data>([{ Name: 'containerInsights', Value: 'disabled' }], []),
  Configuration: fc.constantFrom<Data>(
    { ExecuteCommandConfiguration: { Logging: 'NONE' } },
    { ExecuteCommandConfiguration: {} },
  ),
}).map((Properties): DataMap => ({ Type: 'AWS::ECS::Cluster', Properties }));

const HEAD: DataMap = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Given: { Type: 'String', Default: 'root' }, Stage: { Type: 'String', Default: 'test' } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
  },
};

/** Templates of ECS, most of them with two tasks, of which the name of one begins like that of the other. */
export const ecsTemplate: fc.Arbitrary<DataMap> = fc
  .record({
    Task: task,
    second: weighted<DataMap>([1, fc.constant({})], [2, task.map((Task2) => ({ Task2 }))]),
    more: someOf({ Service: service, Cluster: cluster }),
    isGenerated: rarely(15),
  })
  .map(({ Task, second, more, isGenerated }): DataMap => {
    const generated = { ...Task, Metadata: { 'aws:cdk:path': 'Stack/Task/Resource' } };
    return { ...HEAD, Resources: { Task: isGenerated ? generated : Task, ...second, ...more } };
  });
