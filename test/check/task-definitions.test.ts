import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { type Repo, withRepo } from '../support/repo.ts';

const RULES = `let tasks = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ]

rule users when %tasks !empty {
  %tasks.Properties.ContainerDefinitions[*] {
    User exists <<{container} has no User: add User: '1000:1000'>>
    User != 'root' <<{container} runs as {value}>>
  }
}

rule encryption when %tasks.Properties.Volumes[*] !empty {
  %tasks.Properties.Volumes[*].EFSVolumeConfiguration.TransitEncryption == 'ENABLED'
}
`;

/** What is wrong with staged files, one line each: \`place subject path: message\`. */
async function said(t: TestContext, files: Record<string, string>): Promise<string[]> {
  const { findings } = await reported(withRepo(t), files);
  return findings.map(
    ({ file, line, column, resource, container, path, message }) =>
      `${file}:${line}:${column} ${resource} ${container} ${path}: ${message}`,
  );
}

async function reported(repo: Repo, files: Record<string, string>) {
  repo.write('r.guard', RULES);
  repo.stage(files);
  return check({
    ...{ cwd: repo.path, env: repo.env, paths: [], packs: [], rules: ['r.guard'] },
    elapsed: () => 0,
  });
}

const TASK = `{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "<IMAGE1_NAME>",
      "user": "root"
    },
    { "name": "proxy", "image": "envoy:v1" }
  ],
  "volumes": [
    { "name": "data", "efsVolumeConfiguration": { "fileSystemId": "fs-1", "transitEncryption": "DISABLED" } }
  ]
}
`;

const VIOLATIONS = [
  'taskdef.json:7:15 web app /containerDefinitions/0/user: app runs as root',
  'taskdef.json:9:5 web proxy /containerDefinitions/1: proxy has no user: add "user": "1000:1000"',
  'taskdef.json:12:96 web null /volumes/0/efsVolumeConfiguration/transitEncryption: `transitEncryption` is "DISABLED" but must be "ENABLED"',
];

test('a raw task definition is judged in its own words', async (t) => {
  assert.deepEqual(await said(t, { 'taskdef.json': TASK }), VIOLATIONS);
});

test('line breaks of Windows and a byte order mark change no place', async (t) => {
  assert.deepEqual(await said(t, { 'taskdef.json': `\ufeff${TASK.replaceAll('\n', '\r\n')}` }), VIOLATIONS);
});

test('the answer of the API is judged as what was registered', async (t) => {
  const text = `{
  "taskDefinition": {
    "taskDefinitionArn": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3",
    "containerDefinitions": [
      { "name": "app", "image": "app:1", "user": null }
    ],
    "family": "web",
    "volumes": [],
    "revision": 3,
    "status": "ACTIVE",
    "compatibilities": ["EC2"]
  },
  "tags": []
}`;
  assert.deepEqual(await said(t, { 'described.json': text }), [
    'described.json:5:7 web app /taskDefinition/containerDefinitions/0: app has no user: add "user": "1000:1000"',
  ]);
});

test('a list of containers is judged', async (t) => {
  const text = '[\n  { "name": "app", "image": "app:1", "essential": true, "user": "root" }\n]';
  assert.deepEqual(await said(t, { 'containers.json': text }), [
    'containers.json:2:65 null app /0/user: app runs as root',
  ]);
});

test('a task definition in YAML is judged in the spelling of YAML', async (t) => {
  const text = '# for the web\nfamily: web\ncontainerDefinitions:\n  - name: app\n    image: app:1\n';
  assert.deepEqual(await said(t, { 'ecs.yml': text }), [
    "ecs.yml:4:5 web app /containerDefinitions/0: app has no user: add user: '1000:1000'",
  ]);
});

test('a correct task definition passes', async (t) => {
  const text = TASK.replace('"root"', '"1000:1000"')
    .replace('"envoy:v1"', '"envoy:v1", "user": "1337"')
    .replace('DISABLED', 'ENABLED');
  const { templates, counts } = await reported(withRepo(t), { 'taskdef.json': text });
  assert.deepEqual(templates, [{ path: 'taskdef.json', status: 'PASS' }]);
  assert.equal(counts.violations, 0);
});

test('files of other tools are passed over', async (t) => {
  const { templates, diagnostics } = await reported(withRepo(t), {
    'imagedefinitions.json': '[{ "name": "app", "imageUri": "app:1" }]',
    'package.json': '{ "name": "app", "image": "app:1", "user": "root" }',
    'compose.yml': 'services:\n  web:\n    image: nginx\n    user: root\n',
    'pod.yml': 'kind: Pod\nspec:\n  containers:\n    - name: app\n      image: nginx\n',
    'people.json': '[{ "name": "Ann", "image": "/ann.png", "user": "ann" }]',
    'playbook.yml': '- name: run\n  image: "{{ image }}"\n  privileged: {{ yes }}\n',
    'service.json': '{ "serviceName": "web", "taskDefinition": "web:3" }',
    'appspec.json': '{ "Resources": [{ "TargetService": { "Type": "AWS::ECS::Service" } }] }',
  });
  assert.deepEqual([templates, diagnostics], [[], []]);
});

test('a task definition that cannot be read is not passed', async (t) => {
  const { templates, diagnostics } = await reported(withRepo(t), {
    'taskdef.json': '{\n  "containerDefinitions": [\n    { "name": "app" "image": "app:1" }\n  ]\n}',
    'containers.json': '[\n  { "name": "app", "image": "app:1", "portMappings": [ }\n]',
  });
  assert.deepEqual(
    templates.map(({ path, status }) => `${path} ${status}`),
    ['containers.json ERROR', 'taskdef.json ERROR'],
  );
  assert.deepEqual(
    diagnostics.map(({ file, line }) => `${file}:${line}`),
    ['containers.json:2', 'taskdef.json:3'],
  );
});

test('what a placeholder stands for is not known', async (t) => {
  const text = '{ "family": "web", "containerDefinitions": [\n  { "name": "app", "user": "${RUN_AS}" }\n] }';
  const { templates, findings, unknowns } = await reported(withRepo(t), { 'taskdef.json': text });
  assert.deepEqual([templates, findings], [[{ path: 'taskdef.json', status: 'UNKNOWN' }], []]);
  assert.deepEqual(
    unknowns.map(({ line, container, path, message }) => `${line} ${container} ${path}: ${message}`),
    ['2 app /containerDefinitions/0/user: user is not known: `${RUN_AS}` is filled in before it is deployed'],
  );
});

test('a text with a placeholder in it is shown as it is written', async (t) => {
  const text = '[{ "name": "app", "image": "a", "essential": true,\n  "user": "root<GROUP>" }]';
  const repo = withRepo(t);
  repo.write('other.guard', 'rule other { Resources.*.Properties.ContainerDefinitions[*].User != /^root/ }');
  repo.stage({ 'containers.json': text });
  const { findings } = await check({
    ...{ cwd: repo.path, env: repo.env, paths: [], packs: [], rules: ['other.guard'] },
    elapsed: () => 0,
  });
  assert.deepEqual(
    findings.map(({ line, message }) => `${line} ${message}`),
    ['2 `user` is "root<GROUP>" but must not match "/^root/"'],
  );
});

test('placeholders outside of quotes do not hide what is wrong elsewhere', async (t) => {
  const text =
    '[\n  { "name": "${name}", "image": "${image}", "cpu": ${cpu}, "portMappings": [{ "containerPort": {{ port }} }],' +
    '\n    "user": "root" }\n]\n';
  assert.deepEqual(await said(t, { 'app.json': text }), [
    'app.json:3:13 null ${name} /0/user: ${name} runs as root',
  ]);
});

const MADE_BY_CDK = JSON.stringify(
  {
    Resources: {
      WebTask1A2B3C4D: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: [{ Name: 'app', Image: 'app:1' }], Family: 'web' },
        Metadata: { 'aws:cdk:path': 'Shop/Web/Task/Resource' },
      },
    },
  },
  null,
  1,
);

test('what CDK made is judged, with the construct that it is from', async (t) => {
  const { templates, findings } = await reported(withRepo(t), {
    'cdk.out/Shop.template.json': MADE_BY_CDK,
    'cdk.out/manifest.json':
      '{ "version": "36.0.0", "artifacts": { "Shop": { "type": "aws:cloudformation:stack" } } }',
    'cdk.out/tree.json':
      '{ "tree": { "id": "App", "attributes": { "aws:cdk:cloudformation:type": "AWS::ECS::TaskDefinition" } } }',
    'cdk.out/Shop.assets.json':
      '{ "files": { "a": { "source": { "path": "Shop.template.json" } } }, "dockerImages": {} }',
  });
  assert.deepEqual(templates, [{ path: 'cdk.out/Shop.template.json', status: 'FAIL' }]);
  assert.deepEqual(
    findings.map(({ line, resource, construct, container }) => ({ line, resource, construct, container })),
    [{ line: 7, resource: 'WebTask1A2B3C4D', construct: 'Shop/Web/Task/Resource', container: 'app' }],
  );
});

test('a SAM template is judged as any other', async (t) => {
  const text = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Timeout: 3 } }
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: app:1
          User: root
`;
  assert.deepEqual(await said(t, { 'template.yaml': text }), [
    'template.yaml:13:17 Task app /Resources/Task/Properties/ContainerDefinitions/0/User: app runs as root',
  ]);
});
