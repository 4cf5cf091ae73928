import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { evaluateTemplate } from '../../src/report/evaluation.ts';
import { possibilitiesOf } from '../../src/report/possible-findings.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import { Entries, makeValue, type Value } from '../../src/value/value.ts';

/*
 * Work is counted in looks at template values, since time says little about how it grows.
 */

const PACK = new URL('../../rules/baseline/', import.meta.url);
const PROGRAMS = readdirSync(PACK)
  .filter((name) => name.endsWith('.guard'))
  .map((name) => compileRules(name, readFileSync(new URL(name, PACK), 'utf8')));

/** A copy of a value and of all below it that tells of each look at one of them. */
function watched(value: Value, parent: Value | null, onLook: () => void): Value {
  const payload = value.kind === 'map' ? new Entries() : value.kind === 'list' ? [] : value.value;
  const copy = new Proxy(
    makeValue(value.kind, payload as never, parent, value.key, value.start, value.source) as Value,
    {
      get: (target, name) => {
        onLook();
        return Reflect.get(target, name);
      },
    },
  );
  if (value.kind === 'list')
    for (const each of value.value) (payload as Value[]).push(watched(each, copy, onLook));
  if (value.kind === 'map')
    for (const each of value.value.values)
      (payload as Entries).set(String(each.key), each.start, watched(each, copy, onLook));
  return copy;
}

/** How many looks it takes to judge a template, and to say what is wrong with it. */
function looks(template: object, programs = PROGRAMS): number {
  const [loaded] = loadTemplates('t.json', Buffer.from(JSON.stringify(template)));
  assert.ok(loaded);
  let count = 0;
  const root = watched(loaded.root, null, () => void count++);
  count = 0;
  const statuses = programs.map(
    (program) => evaluateTemplate(program, { root, source: loaded.source }).status,
  );
  assert.ok(statuses.includes('FAIL'));
  return count;
}

function resources(count: number): object {
  const container = { Name: 'web', Image: 'web', User: 'root', Privileged: true };
  const task = { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [container] } };
  const pair = (at: number) => [
    [`Task${at}`, task],
    [`Topic${at}`, { Type: 'AWS::SNS::Topic' }],
  ];
  return { Resources: Object.fromEntries(Array.from({ length: count }, (_, at) => pair(at)).flat()) };
}

function nested(depth: number): object {
  let value: object = { bad: true };
  for (let at = 0; at < depth; at++) value = at % 2 === 0 ? [value] : { inner: value };
  return { Resources: { deep: { Type: 'A::B::C', Properties: value } } };
}

function rules(count: number): ReturnType<typeof compileRules> {
  const rule = (at: number) => `rule r${at} when %tasks !empty { %tasks.Properties.Missing${at} exists }\n`;
  const tasks = "let tasks = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ]\n";
  return compileRules('r.guard', tasks + Array.from({ length: count }, (_, at) => rule(at)).join(''));
}

function assertLinear(work: (size: number) => number): void {
  const [once, twice, fourTimes] = [work(100), work(200), work(400)];
  assert.ok(twice <= 2.1 * once && fourTimes <= 2.1 * twice, `${once}, ${twice}, ${fourTimes} looks`);
}

test('the work grows with the number of resources', () => {
  assertLinear((size) => looks(resources(size)));
});

test('the work grows with the number of rules', () => {
  assertLinear((size) => looks(resources(3), [rules(size)]));
});

test('the work grows with the depth of the values', () => {
  const program = compileRules('r.guard', 'rule r { Resources.deep.Properties == 1 }\n');
  assertLinear((size) => looks(nested(size), [program]));
});

test('rule files share one look at the types of resources, wherever functions are', () => {
  const work = (ruleFiles: number) => {
    const template = { ...resources(100), Outputs: { Stack: { Value: { Ref: 'AWS::StackName' } } } };
    const [loaded] = loadTemplates('t.json', Buffer.from(JSON.stringify(template)));
    let count = 0;
    const root = watched(loaded!.root, null, () => void count++);
    const possibilities = possibilitiesOf({ root, source: loaded!.source });
    for (let at = 0; at < ruleFiles; at++)
      possibilities!.judge(
        compileRules(`${at}.guard`, "rule r { Resources.*[ Type == 'A::B::C' ].Properties exists }"),
      );
    return count;
  };
  assert.equal(work(100), work(1));
});
