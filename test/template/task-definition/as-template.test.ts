import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTemplate } from '../../../src/template/task-definition/as-template.ts';
import { loadTemplates } from '../../../src/template/templates.ts';
import { pathOf } from '../../../src/value/path.ts';
import { derivedValue, type Value } from '../../../src/value/value.ts';

const judged = (document: unknown) => {
  const text = typeof document === 'string' ? document : JSON.stringify(document, null, 2);
  return asTemplate(loadTemplates('taskdef.json', Buffer.from(text))[0]!)!;
};

/** A value as plain data. */
function plain(value: Value): unknown {
  if (value.kind === 'list') return value.value.map(plain);
  if (value.kind !== 'map') return value.value;
  return Object.fromEntries(value.value.values.map((entry) => [entry.key, plain(entry)]));
}

/** Properties of the only resource. */
function properties(document: unknown): unknown {
  const { Resources } = plain(judged(document).root) as {
    Resources: Record<string, { Properties: unknown }>;
  };
  return Object.values(Resources)[0]!.Properties;
}

function at(root: Value, ...keys: (string | number)[]): Value {
  return keys.reduce<Value>((value, key) => {
    const next = value.kind === 'map' ? value.value.get(String(key)) : (value.value as Value[])[Number(key)];
    assert.ok(next, `nothing under ${key}`);
    return next;
  }, root);
}

test('a task definition is a resource that is called as its family', () => {
  assert.deepEqual(plain(judged({ family: 'web', containerDefinitions: [{ name: 'app', cpu: 5 }] }).root), {
    Resources: {
      web: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { Family: 'web', ContainerDefinitions: [{ Name: 'app', Cpu: 5 }] },
      },
    },
  });
});

test('a list of containers is a task definition without a name', () => {
  assert.deepEqual(plain(judged([{ name: 'app', image: 'a', essential: true }]).root), {
    Resources: {
      TaskDefinition: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: [{ Name: 'app', Image: 'a', Essential: true }] },
      },
    },
  });
});

test('keys that belong to the user are left alone, and so are values', () => {
  const volumes = [
    {
      name: 'data',
      dockerVolumeConfiguration: { driverOpts: { type: 'nfs' }, labels: { owner: { team: 'x' } } },
      efsVolumeConfiguration: { fileSystemId: 'fs-1', authorizationConfig: { iam: 'ENABLED' } },
    },
  ];
  const container = {
    name: 'app',
    dockerLabels: { name: 'a', 'com.example.user': 'b' },
    logConfiguration: { logDriver: 'awslogs', options: { mode: 'non-blocking', 'max-buffer-size': '25m' } },
    firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
  };
  assert.deepEqual(properties({ containerDefinitions: [container], volumes }), {
    ContainerDefinitions: [
      {
        Name: 'app',
        DockerLabels: container.dockerLabels,
        LogConfiguration: { LogDriver: 'awslogs', Options: container.logConfiguration.options },
        FirelensConfiguration: { Type: 'fluentbit', Options: container.firelensConfiguration.options },
      },
    ],
    Volumes: [
      {
        Name: 'data',
        DockerVolumeConfiguration: { DriverOpts: { type: 'nfs' }, Labels: { owner: { team: 'x' } } },
        EFSVolumeConfiguration: { FilesystemId: 'fs-1', AuthorizationConfig: { IAM: 'ENABLED' } },
      },
    ],
  });
});

test('of an answer of the API, what is null and what nobody registers is not there', () => {
  const taskDefinition = {
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3',
    revision: 3,
    status: 'ACTIVE',
    requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' }],
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: '2026-01-01T00:00:00Z',
    registeredBy: 'arn:aws:iam::111122223333:user/ann',
    family: 'web',
    taskRoleArn: null,
    containerDefinitions: [{ name: 'app', user: null, dockerLabels: { a: null, b: 'c' } }],
  };
  assert.deepEqual(properties({ taskDefinition, tags: [{ key: 'team', value: 'x' }] }), {
    Family: 'web',
    ContainerDefinitions: [{ Name: 'app', DockerLabels: { b: 'c' } }],
    Tags: [{ Key: 'team', Value: 'x' }],
  });
});

test('placeholders are as unknown as references', () => {
  assert.deepEqual(
    properties({ containerDefinitions: [{ name: 'app', image: '<IMAGE1_NAME>', user: '${U}:5' }] }),
    {
      ContainerDefinitions: [{ Name: 'app', Image: { Ref: '<IMAGE1_NAME>' }, User: { 'Fn::Sub': '${U}:5' } }],
    },
  );
});

test('every value leads back to what stands in the file', () => {
  const { root, written } = judged({
    taskDefinition: {
      family: 'web',
      containerDefinitions: [{ name: 'app', user: 'root', image: '<IMAGE>' }],
    },
  });
  const container = ['Resources', 'web', 'Properties', 'ContainerDefinitions', 0];
  const pathBack = (...keys: (string | number)[]) => pathOf(written!(at(root, ...keys)));
  assert.equal(pathBack(...container, 'User'), '/taskDefinition/containerDefinitions/0/user');
  assert.equal(pathBack(...container), '/taskDefinition/containerDefinitions/0');
  assert.equal(pathBack(...container, 'Image', 'Ref'), '/taskDefinition/containerDefinitions/0/image');
  assert.equal(pathBack('Resources', 'web', 'Type'), '/taskDefinition');
  assert.equal(pathBack(), '');
  const computed = derivedValue('string', 'ROOT', at(root, ...container, 'User'));
  assert.equal(pathOf(written!(computed)), '/taskDefinition/containerDefinitions/0/user');
});

test('a key that is written twice counts as it does elsewhere, the last time', () => {
  assert.deepEqual(
    properties('{"containerDefinitions": [{"name": "a", "user": "root", "User": "app", "cpu": 1}]}'),
    {
      ContainerDefinitions: [{ Name: 'a', User: 'app', Cpu: 1 }],
    },
  );
});

test('a document that is no task definition has no such form', () => {
  const [document] = loadTemplates('a.yml', Buffer.from('Resources: {A: {Type: AWS::SQS::Queue}}'));
  assert.equal(asTemplate(document!), undefined);
});
