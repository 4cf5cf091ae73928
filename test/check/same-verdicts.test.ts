import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/check/judge.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';
import type { Value } from '../../src/value/value.ts';
import { programOf, shippedRules, testsOf } from '../support/rules.ts';

/*
 * The same task definition in a template and in a file of its own: all rules of all packs must say the same of both. The
 * unit tests of the rules are the task definitions.
 */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const RULES = shippedRules();
const PROGRAMS = RULES.map(programOf);
const FREE_FORM = ['DockerLabels', 'DriverOpts', 'Labels', 'Options'];
const OTHER_NAMES: Record<string, string> = {
  EFSVolumeConfiguration: 'efsVolumeConfiguration',
  FSxWindowsFileServerVolumeConfiguration: 'fsxWindowsFileServerVolumeConfiguration',
  FilesystemId: 'fileSystemId',
  IAM: 'iam',
  ProxyConfigurationProperties: 'properties',
};

const apiName = (name: string) => OTHER_NAMES[name] ?? name.charAt(0).toLowerCase() + name.slice(1);

/** A value as plain data. */
function plain(value: Value): Json {
  if (value.kind === 'list') return value.value.map(plain);
  if (value.kind === 'map')
    return Object.fromEntries(value.value.values.map((entry) => [String(entry.key), plain(entry)]));
  return value.value as Json;
}

function inApiSpelling(value: Json): Json {
  if (Array.isArray(value)) return value.map(inApiSpelling);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, child]) => [apiName(key), FREE_FORM.includes(key) ? child : inApiSpelling(child)]),
  );
}

/** Functions are only for templates; `null` and placeholders mean something else in raw task definitions. */
const OTHERWISE_MEANT = /"(?:Ref|Condition|Fn::\w+)":|:null|\{\{|\$\{|"<[^<>]+>/;

interface Case {
  readonly name: string;
  readonly properties: { [key: string]: Json };
}

function cases(): Case[] {
  return RULES.flatMap((rule) =>
    testsOf(rule).flatMap(({ input }, at): Case[] => {
      const { Resources } = plain(input) as {
        Resources?: Record<string, { Type?: Json; Properties?: Json }>;
      };
      const [resource, ...others] = Object.values(Resources ?? {});
      if (resource?.Type !== 'AWS::ECS::TaskDefinition' || others.length > 0) return [];
      const { Properties } = resource;
      if (Properties === null || typeof Properties !== 'object' || Array.isArray(Properties)) return [];
      if (!Array.isArray(Properties.ContainerDefinitions) || OTHERWISE_MEANT.test(JSON.stringify(Properties)))
        return [];
      return [{ name: `${rule.name}, case ${at + 1}`, properties: { Family: 'web', ...Properties } }];
    }),
  );
}

/** Status and defects: rule, container, and the path of the value in the spelling of the API. */
function verdictOn(document: Json, path: string, root: RegExp) {
  const bytes = Buffer.from(JSON.stringify(document, null, 2));
  const [judged] = judge([{ input: { path, content: bytes }, bytes }], {
    programs: PROGRAMS,
    intrinsics: true,
    limits: STANDARD_LIMITS,
  });
  const { status, findings } = judged!.verdict;
  return {
    status,
    defects: findings.map(({ rule, resource, container, path }) =>
      [rule, resource, container, path.replace(root, '').split('/').map(apiName).join('/')].join(' '),
    ),
  };
}

test('all rules say the same of a task definition in a template and in a file of its own', () => {
  const all = cases();
  assert.ok(all.length > 50, `only ${all.length} cases`);
  for (const { name, properties } of all) {
    const template = { Resources: { web: { Type: 'AWS::ECS::TaskDefinition', Properties: properties } } };
    const expected = verdictOn(template, 't.json', /^\/Resources(?:\/web(?:\/Properties)?)?/);
    assert.deepEqual(verdictOn(inApiSpelling(properties), 'taskdef.json', /^/), expected, name);
    const described = {
      taskDefinition: { ...(inApiSpelling(properties) as object), revision: 3, status: 'ACTIVE' },
    };
    assert.deepEqual(verdictOn(described, 'described.json', /^\/taskDefinition/), expected, name);
  }
});
