import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { evaluateTemplate } from '../../src/report/evaluation.ts';
import { loadTemplates } from '../../src/template/templates.ts';

const RULES = `
let tasks = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties
rule containers when %tasks !empty {
  %tasks.ContainerDefinitions[*] {
    User != 'root'
    Image exists
    LogConfiguration.Options.mode == 'non-blocking'
  }
}
rule capabilities when %tasks !empty {
  %tasks.ContainerDefinitions[*].LinuxParameters.Capabilities.Add[*] != /SYS_/
}
rule ports when %tasks !empty {
  %tasks.ContainerDefinitions[*].PortMappings[*].ContainerPort > 1024
}
`;

type Container = Record<string, unknown>;

const GOOD = {
  Image: 'busybox',
  User: 'app',
  LinuxParameters: { Capabilities: { Add: ['KILL'] } },
  PortMappings: [{ ContainerPort: 8080 }],
  LogConfiguration: { Options: { mode: 'non-blocking' } },
};
const app = (changes: Container = {}) => ({ Name: 'app', ...GOOD, ...changes });

const templateOf = (containers: readonly Container[], resource = 'Worker') =>
  JSON.stringify({
    Resources: {
      [resource]: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: containers } },
    },
  });

function identities(text: string, rules = RULES, ruleFile = 'r.guard'): string[] {
  return loadTemplates('t.yml', Buffer.from(text)).flatMap((template) =>
    evaluateTemplate(compileRules(ruleFile, rules), template).findings.map(({ identity }) => identity),
  );
}

/** How many violations there are afterwards, and how many of them are new. */
function counts(before: string, after: string): [all: number, added: number] {
  const known = new Set(identities(before));
  const found = identities(after);
  return [found.length, found.filter((identity) => !known.has(identity)).length];
}

const countsOf = (before: readonly Container[], after: readonly Container[]) =>
  counts(templateOf(before), templateOf(after));

const YAML = `Resources:
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          User: root
          Image: busybox
          LogConfiguration: { Options: { mode: non-blocking } }
          LinuxParameters: { Capabilities: { Add: [KILL] } }
          PortMappings: [ContainerPort: 8080]
`;

test('lines, comments, notation and other resources make no difference', () => {
  const [resources, ...rest] = YAML.split('\n');
  const others = "  Bucket: { Type: 'AWS::S3::Bucket' }";
  assert.deepEqual(counts(YAML, [resources, '', '# moved', others, ...rest].join('\n')), [1, 0]);
  assert.deepEqual(counts(YAML, templateOf([app({ User: 'root' })])), [1, 0]);
});

test('containers are known by their names, wherever they stand', () => {
  const bad = app({ User: 'root' });
  const side = { ...app(), Name: 'side' };
  assert.deepEqual(countsOf([bad, side], [side, bad]), [1, 0]);
  assert.deepEqual(countsOf([bad], [side, { ...app(), Name: 'third' }, bad]), [1, 0]);
  assert.deepEqual(countsOf([bad, side], [bad, { ...side, User: 'root' }]), [2, 1]);
  assert.deepEqual(countsOf([bad, side], [app(), { ...side, User: 'root' }]), [1, 1]);
});

test('another resource is another place', () => {
  const bad = [app({ User: 'root' })];
  assert.deepEqual(counts(templateOf(bad), templateOf(bad, 'Other')), [1, 1]);
});

test('a property is the same when it is wrong in another way, or missing', () => {
  const rules = `rule user { Resources.*.Properties.ContainerDefinitions[*].User == 'app' }`;
  const of = (container: Container) => identities(templateOf([container]), rules);
  const { User: _, ...missing } = app();
  const [root] = of(app({ User: 'root' }));
  assert.deepEqual([of(app({ User: '0' })), of(missing)], [[root], [root]]);
});

test('what is missing deep inside is the same however much of the way to it is there', () => {
  const { LogConfiguration: _, ...none } = app();
  for (const LogConfiguration of [{}, { Options: {} }, { Options: { mode: 'blocking' } }])
    assert.deepEqual(countsOf([none], [app({ LogConfiguration })]), [1, 0]);
});

test('another property that goes missing is new, although the same rule asks the same map for it', () => {
  const { LogConfiguration: _, ...lacksOne } = app();
  const { Image: __, ...lacksTwo } = lacksOne;
  assert.deepEqual(countsOf([lacksOne], [lacksTwo]), [2, 1]);
});

test('elements without names are known by what they say', () => {
  const adding = (...Add: string[]) => app({ LinuxParameters: { Capabilities: { Add } } });
  assert.deepEqual(countsOf([adding('KILL', 'SYS_TIME')], [adding('SYS_TIME', 'KILL')]), [1, 0]);
  assert.deepEqual(countsOf([adding('SYS_TIME')], [adding('SYS_ADMIN', 'SYS_TIME')]), [2, 1]);
  const mapping = (...ports: number[]) =>
    app({ PortMappings: ports.map((ContainerPort) => ({ ContainerPort })) });
  assert.deepEqual(countsOf([mapping(80)], [mapping(8080, 80)]), [1, 0]);
  assert.deepEqual(countsOf([mapping(80)], [mapping(443)]), [1, 1]);
});

test('of elements that nothing tells apart, one more is new', () => {
  const bad = app({ User: 'root' });
  assert.deepEqual(countsOf([bad], [bad, bad]), [2, 1]);
  assert.deepEqual(countsOf([bad, bad], [bad]), [1, 0]);
});

test('a name that CloudFormation makes is a name', () => {
  const Name = { 'Fn::Sub': 'app-$' + '{Stage}' };
  const bad = app({ Name, User: 'root' });
  assert.deepEqual(countsOf([bad], [app(), { ...bad, Image: 'other' }]), [1, 0]);
  assert.deepEqual(countsOf([bad], [{ ...bad, Name: { Ref: 'Stage' } }]), [1, 1]);
});

test('containers under a condition are known by the condition, and its branches by their order', () => {
  const rules =
    "rule users { Resources.*.Properties.ContainerDefinitions[*].'Fn::If'[ Name exists ].User != 'root' }";
  const of = (...branches: Container[]) =>
    identities(templateOf([{ 'Fn::If': ['IsProd', ...branches] }]), rules);
  const bad = app({ User: 'root' });
  const [known] = of(bad, app());
  assert.deepEqual(of(bad, app({ Image: 'other' })), [known]);
  assert.notDeepEqual(of(app(), bad), [known]);
});

test('the rule belongs to it, and rules of one name in two files are two', () => {
  const text = templateOf([app({ User: 'root' })]);
  const rule = (name: string) =>
    `rule ${name} { Resources.*.Properties.ContainerDefinitions[*].User != 'root' }`;
  const all = [
    identities(text, rule('a')),
    identities(text, rule('b')),
    identities(text, rule('a'), 'other.guard'),
  ];
  assert.equal(new Set(all.flat()).size, 3);
});
