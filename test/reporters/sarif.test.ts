import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import Ajv from 'ajv';
import type { Report, ReportFinding } from '../../src/report/report.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { EMPTY, FINDING, longReport, PLAIN, REPORTS, reportOf } from './reports.ts';

const require = createRequire(import.meta.url);
const readJson = (path: string) => JSON.parse(readFileSync(require.resolve(path), 'utf8'));

/** The official schema of SARIF 2.1.0, which is written in draft 4 of JSON Schema. */
const ajv = new Ajv({
  schemaId: 'id',
  meta: readJson('ajv/lib/refs/json-schema-draft-04.json'),
  allErrors: true,
});
const validate = ajv.compile(readJson('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

function assertValid(log: unknown): void {
  validate(log);
  assert.deepEqual(validate.errors ?? [], []);
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region?: unknown;
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
}

interface Run {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly {
        readonly id: string;
        readonly defaultConfiguration: unknown;
        readonly properties: { readonly tags?: unknown };
      }[];
    };
  };
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly {
        readonly descriptor: { readonly id: string };
        readonly level: string;
        readonly locations?: readonly Location[];
      }[];
    },
  ];
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly kind?: string;
    readonly message: { readonly text: string };
    readonly suppressions?: readonly unknown[];
    readonly locations: readonly [Location];
    readonly partialFingerprints: { readonly 'finding/v1': string };
  }[];
}

function runOf(report: Report): Run {
  const log = JSON.parse(sarif(report, PLAIN));
  assertValid(log);
  return log.runs[0];
}

const marks = (...findings: ReportFinding[]) =>
  runOf(reportOf(findings)).results.map((result) => result.partialFingerprints['finding/v1']);

for (const [name, report] of Object.entries(REPORTS))
  test(`the log of the report ${name} is valid by the official schema`, () => {
    const { findings, suppressed, unknowns } = report;
    assert.equal(runOf(report).results.length, findings.length + suppressed.length + unknowns.length);
  });

test('the log of a long report is valid and all of its fingerprints differ', () => {
  const { results } = runOf(longReport());
  assert.equal(new Set(results.map((result) => result.partialFingerprints['finding/v1'])).size, 5000);
});

test('the schema finds fault with a log that has one', () => {
  assert.throws(() => assertValid({ version: '2.1.0', runs: [{ tool: {} }] }));
});

test('every result points at the rule that it is from', () => {
  const { tool, results } = runOf(
    reportOf([
      FINDING,
      { ...FINDING, line: 14, rule: 'default', ruleFile: 'a.guard' },
      { ...FINDING, line: 15, rule: 'default', ruleFile: 'b.guard' },
    ]),
  );
  for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
  assert.deepEqual(
    results.map(({ ruleId }) => ruleId),
    ['tasks_denied_root_user', 'a.guard/default', 'b.guard/default'],
  );
});

test('a rule is described by its comment, with the first link in it', () => {
  const help = 'Containers must run as a user\nother than root. Really.\n\nSee (https://example.org/root).';
  const rules = [{ name: FINDING.rule, file: FINDING.ruleFile, help }];
  assert.deepEqual(runOf(reportOf([FINDING], { rules })).tool.driver.rules, [
    {
      id: 'tasks_denied_root_user',
      shortDescription: { text: 'Containers must run as a user other than root.' },
      fullDescription: { text: help },
      help: { text: help, markdown: help },
      helpUri: 'https://example.org/root',
      defaultConfiguration: { level: 'error' },
      properties: { ruleFile: 'baseline/tasks_denied_root_user.guard' },
    },
  ]);
});

test('the ids of a rule in other scanners are its tags', () => {
  const help =
    'Containers must run as a user.\n\nElsewhere: Security Hub ECS.20; AWS Config\nnonroot-user; CIS 3.1\n\nMore.';
  const rules = [{ name: FINDING.rule, file: FINDING.ruleFile, help }];
  const [rule] = runOf(reportOf([FINDING], { rules })).tool.driver.rules;
  assert.deepEqual(rule?.properties.tags, ['Security Hub ECS.20', 'AWS Config nonroot-user', 'CIS 3.1']);
});

test('a result has the level of its rule, and so has the description of the rule', () => {
  const { results } = runOf(REPORTS.levels ?? assert.fail());
  assert.deepEqual(
    results.map(({ level }) => level),
    ['error', 'warning', 'note'],
  );
  const { tool } = runOf(REPORTS['warnings-only'] ?? assert.fail());
  assert.deepEqual(
    tool.driver.rules.map(({ defaultConfiguration }) => defaultConfiguration),
    [{ level: 'warning' }],
  );
});

test('a result says under which circumstances it is so, and where the value comes from', () => {
  const { results } = runOf(REPORTS.levels ?? assert.fail());
  assert.match(results[1]?.message.text ?? '', / · fails when IsProd is false$/);
  assert.match(results[2]?.message.text ?? '', / · Image comes from parameter Image/);
});

test('an excused violation is a suppressed result, and what is undecided an open one', () => {
  const { results } = runOf(REPORTS['excuses-and-unknowns'] ?? assert.fail());
  const at = (uri: string, startLine: number, startColumn: number) => ({
    physicalLocation: { artifactLocation: { uri }, region: { startLine, startColumn } },
  });
  assert.deepEqual(
    results.map(({ level, kind, suppressions }) => ({ level, kind, suppressions })),
    [
      {
        level: 'error',
        kind: undefined,
        suppressions: [
          {
            kind: 'inSource',
            justification: 'vendor image, until 2027-03-31',
            location: at('infra/worker.yml', 12, 11),
          },
        ],
      },
      {
        level: 'warning',
        kind: undefined,
        suppressions: [
          { kind: 'external', justification: 'vendor image', location: at('.ecs-guardrc.json', 4, 5) },
        ],
      },
      {
        level: 'error',
        kind: undefined,
        suppressions: [{ kind: 'inSource', location: at('infra/worker.yml', 8, 11) }],
      },
      { level: 'none', kind: 'open', suppressions: [] },
    ],
  );
});

test('either all results say whether they are suppressed, or none does', () => {
  for (const report of Object.values(REPORTS)) {
    const told = new Set(runOf(report).results.map(({ suppressions }) => suppressions !== undefined));
    assert.ok(told.size <= 1);
  }
});

test('what there is to say about excuses is told without spoiling the run', () => {
  const [{ executionSuccessful, toolExecutionNotifications: told }] = runOf(
    REPORTS['excuses-and-unknowns'] ?? assert.fail(),
  ).invocations;
  assert.equal(executionSuccessful, true);
  assert.deepEqual(
    told.map(({ descriptor, level }) => [descriptor.id, level]),
    [
      ['suppression-expired', 'warning'],
      ['suppression-added', 'note'],
      ['suppression-unused', 'note'],
      ['suppression-ignored', 'warning'],
      ['limit', 'note'],
    ],
  );
});

test('an excused violation keeps its fingerprint', () => {
  const { suppressed } = REPORTS['excuses-and-unknowns'] ?? assert.fail();
  const { results } = runOf({ ...EMPTY, suppressed: suppressed.slice(0, 1) });
  assert.deepEqual([results[0]?.partialFingerprints['finding/v1']], marks(FINDING));
});

test('paths become relative references that any reader of URIs leads back to the path', () => {
  for (const file of ['a b/c#d?.yml', 'è:%/[x].yml', '../up.yml']) {
    const { uri } = runOf(reportOf([{ ...FINDING, file }])).results[0]!.locations[0].physicalLocation
      .artifactLocation;
    assert.doesNotMatch(uri, /[ #?:\\]/);
    assert.equal(decodeURIComponent(uri), file);
  }
});

test('regions stand only where a line is known', () => {
  const diagnostics = [
    { code: 'rules-unreadable', file: 'a.guard', message: 'm' },
    { code: 'template-encoding', file: 'a.yml', line: 2, message: 'm' },
    { code: 'usage', message: 'm' },
  ] as const;
  const [{ executionSuccessful, toolExecutionNotifications: told }] = runOf({
    ...EMPTY,
    diagnostics,
  }).invocations;
  assert.equal(executionSuccessful, false);
  assert.deepEqual(
    told.map(({ locations }) => locations?.[0]?.physicalLocation.region),
    [undefined, { startLine: 2 }, undefined],
  );
  assert.equal(told[2]?.locations, undefined);
});

test('a violation is in a container of a resource', () => {
  const names = (finding: ReportFinding) =>
    runOf(reportOf([finding])).results[0]!.locations[0].logicalLocations?.map(
      (each) => each.fullyQualifiedName,
    );
  assert.deepEqual(names(FINDING), ['Worker', 'Worker/app']);
  assert.deepEqual(names({ ...FINDING, container: null }), ['Worker']);
  assert.deepEqual(names({ ...FINDING, resource: null, container: null, path: '/Parameters' }), [
    '/Parameters',
  ]);
});

test('a fingerprint outlives moved lines, moved containers and other values', () => {
  const message = '`User` is "0" but must not be in ["0", "root"]';
  const path = '/Resources/Worker/Properties/ContainerDefinitions/0/User';
  const [before] = marks({ ...FINDING, message, path });
  const moved = { ...FINDING, line: 99, column: 3, path: path.replace('/0/', '/7/') };
  assert.deepEqual(marks({ ...moved, message: '`User` is "00" but must not be in ["0", "root", "a"]' }), [
    before,
  ]);
  const unnamed = (at: number) => marks({ ...moved, message, container: `[${at}]` });
  assert.deepEqual(unnamed(1), unnamed(2));
});

test('fingerprints differ by rule, file, resource, container, property and message, and by order among equals', () => {
  const others: Partial<ReportFinding>[] = [
    { rule: 'other' },
    { file: 'other.yml' },
    { resource: 'Other' },
    { container: 'other' },
    { path: `${FINDING.path}/User` },
    { message: 'other' },
    { line: 99 },
  ];
  const all = marks(FINDING, ...others.map((change) => ({ ...FINDING, ...change })));
  assert.equal(new Set(all).size, others.length + 1);
});
