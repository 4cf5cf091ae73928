import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FIXES } from '../../src/fix/fixes.ts';
import type { Note } from '../../src/fix/note.ts';
import { shippedRules } from '../support/rules.ts';
import { judgeBy, mend } from './mend.ts';

const STRICT = judgeBy('strict');

/** What is written in the place of a value, or why it is not. */
interface Case {
  readonly rule: string;
  readonly lines: readonly string[];
  /** The lines after the repair; a pattern: why there is none. */
  readonly becomes: readonly string[] | RegExp;
}

const FARGATE = ['RequiresCompatibilities: [FARGATE]', 'NetworkMode: awsvpc'];
const BOTH = ['RequiresCompatibilities: [FARGATE, EC2]', 'NetworkMode: awsvpc'];
const EC2 = ['RequiresCompatibilities: [EC2]'];
const CONTAINER = ['ContainerDefinitions:', '  - Name: app', '    Image: app'];

const CASES: readonly Case[] = [
  {
    rule: 'tasks_denied_host_pid',
    lines: [...FARGATE, 'PidMode: host', ...CONTAINER],
    becomes: [...FARGATE, ...CONTAINER],
  },
  { rule: 'tasks_denied_host_pid', lines: [...EC2, 'PidMode: host'], becomes: /the application may need it/ },
  { rule: 'tasks_denied_host_ipc', lines: [...FARGATE, 'IpcMode: host'], becomes: FARGATE },
  {
    rule: 'tasks_denied_host_network',
    lines: [...EC2, 'NetworkMode: host'],
    becomes: /ports and security groups have to be changed with it/,
  },
  {
    rule: 'fargate_tasks_require_awsvpc',
    lines: ['RequiresCompatibilities: [FARGATE]', 'NetworkMode: bridge'],
    becomes: FARGATE,
  },
  { rule: 'fargate_tasks_require_awsvpc', lines: ['RequiresCompatibilities: [FARGATE]'], becomes: FARGATE },
  {
    rule: 'fargate_tasks_require_awsvpc',
    lines: ['RequiresCompatibilities: [FARGATE, EC2]'],
    becomes: /ports and security groups/,
  },
  {
    rule: 'fargate_tasks_denied_unsupported_parameters',
    lines: [
      ...FARGATE,
      ...CONTAINER,
      '    Links: [db]',
      '    DnsServers:',
      '      - 10.0.0.1',
      '    Essential: true',
    ],
    becomes: [...FARGATE, ...CONTAINER, '    Essential: true'],
  },
  {
    rule: 'fargate_tasks_denied_unsupported_parameters',
    lines: [...FARGATE, ...CONTAINER, '    LinuxParameters:', '      SharedMemorySize: 64'],
    becomes: [...FARGATE, ...CONTAINER],
  },
  {
    rule: 'fargate_tasks_denied_unsupported_parameters',
    lines: [...BOTH, ...CONTAINER, '    Links: [db]'],
    becomes: /the task is for instances too/,
  },
  {
    rule: 'awsvpc_tasks_matching_host_port',
    lines: [
      ...FARGATE,
      ...CONTAINER,
      '    PortMappings:',
      '      - HostPort: 80',
      '        ContainerPort: 8080',
    ],
    becomes: [...FARGATE, ...CONTAINER, '    PortMappings:', '      - ContainerPort: 8080'],
  },
  {
    rule: 'awslogs_valid_options',
    lines: [
      ...EC2,
      ...CONTAINER,
      '    LogConfiguration:',
      '      LogDriver: awslogs',
      '      Options: { awslogs-group: g, awslogs-region: r, max-buffer-size: 4m }',
    ],
    becomes: [
      ...EC2,
      ...CONTAINER,
      '    LogConfiguration:',
      '      LogDriver: awslogs',
      '      Options: { awslogs-group: g, awslogs-region: r, max-buffer-size: 4m, mode: non-blocking }',
    ],
  },
  {
    rule: 'tasks_denied_unconfined_security_options',
    lines: [...EC2, ...CONTAINER, '    DockerSecurityOptions: ["seccomp:unconfined"]'],
    becomes: /the application may need it/,
  },
  {
    rule: 'awslogs_require_nonblocking_buffer',
    lines: [
      ...EC2,
      ...CONTAINER,
      '    LogConfiguration:',
      '      LogDriver: awslogs',
      '      Options:',
      '        awslogs-group: g',
    ],
    becomes: [
      ...EC2,
      ...CONTAINER,
      '    LogConfiguration:',
      '      LogDriver: awslogs',
      '      Options:',
      '        awslogs-group: g',
      '        mode: non-blocking',
      '        max-buffer-size: 25m',
    ],
  },
  {
    rule: 'tasks_require_efs_transit_encryption',
    lines: [...EC2, 'Volumes:', '  - Name: data', '    EFSVolumeConfiguration: { FilesystemId: fs-1 }'],
    becomes: /instances need the mount helper of EFS for it; change line 9 to:/,
  },
  {
    rule: 'tasks_denied_writable_host_mounts',
    lines: [
      ...EC2,
      ...CONTAINER,
      '    ReadonlyRootFilesystem: true',
      '    MountPoints: [{ SourceVolume: v, ContainerPath: /v, ReadOnly: false }]',
      'Volumes: [{ Name: v, Host: { SourcePath: /data } }]',
    ],
    becomes: /the application may have to write there/,
  },
  {
    rule: 'tasks_denied_dangerous_capabilities',
    lines: [
      ...FARGATE,
      ...CONTAINER,
      '    LinuxParameters:',
      '      Capabilities:',
      '        Add:',
      '          - SYS_ADMIN',
      '          - NET_ADMIN # both',
    ],
    becomes: [...FARGATE, ...CONTAINER],
  },
];

function template(properties: readonly string[], type = 'AWS::ECS::TaskDefinition'): string {
  const lines = properties.map((line) => `      ${line}\n`);
  return `Resources:\n  Subject:\n    Type: ${type}\n    Properties:\n      Family: f\n${lines.join('')}`;
}

/** Repairs by the findings of one rule, with all rules looking on. */
function repaired(text: string, rule: string): { readonly text: string; readonly left: readonly Note[] } {
  const others = (version: Buffer) => {
    const { findings, ...judgement } = STRICT(version);
    return { ...judgement, findings: findings.filter((finding) => finding.rule === rule) };
  };
  return mend(text, others);
}

describe('FIXES', () => {
  it('names rules that there are', () => {
    const names = shippedRules().map(({ name }) => name);
    assert.deepEqual(
      Object.keys(FIXES).filter((name) => !names.includes(name)),
      [],
    );
  });

  for (const { rule, lines, becomes } of CASES)
    it(`answers ${rule} at ${lines.filter((line) => !CONTAINER.includes(line)).join(' ')}`, () => {
      const before = template(lines);
      const { text, left } = repaired(before, rule);
      if (becomes instanceof RegExp) {
        assert.equal(text, before);
        assert.match(left.map(({ message }) => message).join(), becomes);
      } else {
        assert.equal(text, template(becomes));
        assert.deepEqual(left, []);
      }
    });

  it('takes a retired platform version out of a service', () => {
    const service = (...lines: string[]) => template(['LaunchType: FARGATE', ...lines], 'AWS::ECS::Service');
    const { text } = repaired(service('PlatformVersion: 1.3.0'), 'services_denied_retired_platform_version');
    assert.equal(text, service());
  });

  it('leaves a host port that a load balancer names to people', () => {
    const service =
      '  Service:\n    Type: AWS::ECS::Service\n    Properties:\n      TaskDefinition: !Ref Subject\n      LoadBalancers: [{ ContainerName: app, ContainerPort: 80 }]\n';
    const mapping = '    PortMappings: [{ ContainerPort: 8080, HostPort: 80 }]';
    const before = template([...FARGATE, ...CONTAINER, mapping]) + service;
    const { text, left } = repaired(before, 'awsvpc_tasks_matching_host_port');
    assert.equal(text, before);
    assert.match(left[0]!.message, /a load balancer names this port/);
  });

  it('says how to take a public address away', () => {
    const before = template(
      ['NetworkConfiguration:', '  AwsvpcConfiguration: { AssignPublicIp: ENABLED }'],
      'AWS::ECS::Service',
    );
    const { left } = repaired(before, 'services_denied_public_ip');
    assert.deepEqual(left[0]!.lines, ['        AwsvpcConfiguration: { AssignPublicIp: DISABLED }']);
  });
});
