import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../src/engine/evaluate.ts';
import { Subject } from '../../src/engine/subject.ts';
import { loadGuardData } from '../../src/template/guard-data.ts';
import { toPlain } from '../support/plain.ts';
import { programOf, type ShippedRule, shippedRules, testsOf } from '../support/rules.ts';

/*
 * In Guard, a selection that misses a key in one resource is not empty and not there either: `when %selection !empty` then
 * skips the whole rule. So whatever fails alone must also fail in the company of any other resource or container.
 */

type Plain = Readonly<Record<string, unknown>>;

/** Another container heals a task without an essential one. */
const HEALED_BY_COMPANY = ['tasks_require_essential_container'];

interface Case {
  readonly name: string;
  readonly outcome: string;
  readonly document: Plain;
}

/** Resources with nothing in them, or with lists and maps that are empty. */
const BARE: readonly Case[] = [
  { 'AWS::ECS::TaskDefinition': undefined, 'AWS::ECS::DaemonTaskDefinition': undefined },
  { 'AWS::ECS::TaskDefinition': { ContainerDefinitions: [], RequiresCompatibilities: [], Volumes: [] } },
  { 'AWS::ECS::TaskDefinition': emptyTask({}), 'AWS::ECS::DaemonTaskDefinition': emptyTask({}) },
  { 'AWS::ECS::TaskDefinition': emptyTask({ RequiresCompatibilities: ['FARGATE'], NetworkMode: 'awsvpc' }) },
  { 'AWS::ECS::TaskDefinition': nulls(emptyTask({ RequiresCompatibilities: ['FARGATE'] })) },
  {
    'AWS::ECS::TaskDefinition': nulls({
      RequiresCompatibilities: [],
      NetworkMode: '',
      ContainerDefinitions: [],
    }),
  },
  { 'AWS::ECS::Service': undefined, 'AWS::ECS::Cluster': undefined, 'AWS::ECS::TaskSet': undefined },
  { 'AWS::IAM::Role': undefined, 'AWS::IAM::Policy': undefined, 'AWS::Logs::LogGroup': undefined },
  { 'AWS::IAM::Role': { AssumeRolePolicyDocument: { Statement: [] }, Policies: [], ManagedPolicyArns: [] } },
  { 'AWS::Events::Rule': { Targets: [] }, 'AWS::Scheduler::Schedule': { Target: {} } },
].map((properties, at) => ({
  name: `bare resources ${at}`,
  outcome: 'ANY',
  document: {
    Resources: Object.fromEntries(
      Object.entries(properties).map(([type, each], index) => [
        `Bare${index}`,
        { Type: type, ...(each && { Properties: each }) },
      ]),
    ),
  },
}));

function emptyTask(properties: Plain): Plain {
  const container = {
    Name: 'bare',
    Environment: [],
    PortMappings: [],
    Secrets: [],
    DockerSecurityOptions: [],
    ResourceRequirements: [],
    MountPoints: [],
    LinuxParameters: { Capabilities: { Add: [], Drop: [] } },
    LogConfiguration: { LogDriver: 'awslogs', Options: {}, SecretOptions: [] },
  };
  return { ...properties, ContainerDefinitions: [container, {}], Volumes: [{}], PlacementConstraints: [] };
}

/** The same with null in the place of everything that is empty, down to the containers themselves. */
function nulls(properties: Plain): Plain {
  const isEmpty = (value: unknown) => JSON.stringify(value).length === 2;
  const text = JSON.stringify(properties, (_, value) => (isEmpty(value) ? null : value));
  return JSON.parse(text);
}

for (const rule of shippedRules().filter(({ pack }) => pack !== 'published')) {
  const program = programOf(rule);
  const verdictOf = (document: Plain) => {
    const { root } = loadGuardData('mixture.json', Buffer.from(JSON.stringify(document)));
    return evaluate(program, new Subject(root)).status;
  };
  const cases = casesOf(rule);
  const failing = cases.filter(({ outcome }) => outcome === 'FAIL');
  const others = cases.filter(({ outcome }) => outcome !== 'FAIL');
  const wrong = (ones: readonly Case[], company: readonly Case[], isWrong: (status: string) => boolean) =>
    ones.flatMap((one) =>
      company.flatMap((other) =>
        mixtures(rule, one.document, other.document)
          .filter((document) => isWrong(verdictOf(document)))
          .map((document) => `${one.name} beside ${other.name}: ${JSON.stringify(document)}`),
      ),
    );

  test(`${rule.name} finds a defect whatever else the template has`, () => {
    assert.deepEqual(
      wrong(failing, [...others, ...BARE], (status) => status !== 'FAIL'),
      [],
    );
  });

  test(`${rule.name} finds no defect where several resources have none`, () => {
    assert.deepEqual(
      wrong(others, others, (status) => status === 'FAIL'),
      [],
    );
  });
}

function casesOf(rule: ShippedRule): Case[] {
  return testsOf(rule).map(({ name, input, expectations }) => ({
    name: name ?? '',
    outcome: expectations.get(rule.name) ?? '',
    document: toPlain(input) as Plain,
  }));
}

/** Both documents in one, in both orders, and with the containers of both in one task where nothing else differs. */
function mixtures(rule: ShippedRule, bad: Plain, other: Plain): Plain[] {
  const [badResources, otherResources] = [entries(bad.Resources), entries(other.Resources)];
  if (otherResources.length === 0) return [];
  const renamed = otherResources.map(([id, resource]): [string, unknown] => [`Other${id}`, resource]);
  if (bad.Parameters !== undefined && other.Parameters !== undefined) return [];
  const parameters = bad.Parameters ?? other.Parameters;
  const around = parameters === undefined ? {} : { Parameters: parameters };
  const shared = HEALED_BY_COMPANY.includes(rule.name) ? undefined : sharedTask(badResources, otherResources);
  return [
    { ...around, Resources: Object.fromEntries([...badResources, ...renamed]) },
    { ...around, Resources: Object.fromEntries([...renamed, ...badResources]) },
    ...(shared === undefined ? [] : [{ ...around, Resources: { Task: shared } }]),
  ];
}

function entries(map: unknown): [string, unknown][] {
  return typeof map === 'object' && map !== null ? Object.entries(map) : [];
}

function sharedTask(bad: [string, unknown][], other: [string, unknown][]): unknown {
  const [one, two] = [taskIn(bad), taskIn(other)];
  if (one === undefined || two === undefined || one.around !== two.around) return undefined;
  const { Type, Properties } = JSON.parse(one.around);
  return {
    Type,
    Properties: { ...Properties, ContainerDefinitions: [...two.containers, ...one.containers] },
  };
}

/** The only resource, when it is a task definition with a list of containers. */
function taskIn(
  resources: [string, unknown][],
): { readonly containers: unknown[]; readonly around: string } | undefined {
  const [only, ...further] = resources.map(([, resource]) => resource as Plain);
  const { ContainerDefinitions: containers, ...properties } = (only?.Properties ?? {}) as Plain;
  if (further.length > 0 || !Array.isArray(containers)) return undefined;
  return { containers, around: JSON.stringify({ Type: only?.Type, Properties: properties }) };
}
