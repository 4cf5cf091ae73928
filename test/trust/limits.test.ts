import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { check } from '../../src/check/check.ts';
import { PACKS } from '../../src/check/pack-names.ts';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/report/report.ts';
import { type Limits, limitsOf, STANDARD_LIMITS } from '../../src/source/limits.ts';
import { captureIo } from '../support/io.ts';
import { type Cleanup, type Repo, withRepo } from '../support/repo.ts';

/* Limits are set by variables of the environment. None of them turns an error into a pass. */

const TEMPLATE = `Resources:
  A:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: aaaa
`;

const FAMILY = "Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.Family";

interface Case {
  /** Set too low, and then high enough for the files below. */
  readonly settings: readonly [tooLow: string, enough: string];
  readonly template?: string;
  readonly rules?: string;
  /** What is complained about: the file, and the place in it if there is one. */
  readonly place: string;
  readonly message: RegExp;
}

const CASES: Readonly<Record<string, Case>> = {
  ECS_GUARD_MAX_FILE_SIZE: {
    settings: ['0.0001', '1'],
    template: `${TEMPLATE}# ${'x'.repeat(200)}\n`,
    place: 'a.yml',
    message: /^the file is larger than 0\.0001 MiB$/,
  },
  ECS_GUARD_MAX_RULE_SIZE: {
    settings: ['0.0001', '1'],
    rules: `rule r { Resources exists } # ${'x'.repeat(200)}\n`,
    place: 'r.guard',
    message: /^the rule file is larger than 0\.0001 MiB$/,
  },
  ECS_GUARD_MAX_VALUES: {
    settings: ['10', '100'],
    template: `${TEMPLATE}      Tags: [a, b, c, d, e]\n`,
    place: 'a.yml:6:23',
    message: /^there are more than 10 values/,
  },
  ECS_GUARD_MAX_NESTING: {
    settings: ['6', '7'],
    template: `${TEMPLATE}      Tags: [[[a]]]\n`,
    place: 'a.yml:6:15',
    message: /^values are nested more than 6 levels deep$/,
  },
  ECS_GUARD_MAX_RULE_NESTING: {
    settings: ['2', '4'],
    rules: 'rule r {\n  Resources exists or\n  Resources == [[[1]]]\n}',
    place: 'r.guard:3:18',
    message: /nested more than 2 levels deep$/,
  },
  ECS_GUARD_MAX_TEXT: {
    settings: ['3', '4'],
    rules: `let text = regex_replace(${FAMILY}, 'a', 'a')\n\nrule r { %text == 'aaaa' }`,
    place: 'r.guard:3:1',
    message: /makes a text of more than 3 characters; ECS_GUARD_MAX_TEXT sets this limit/,
  },
  ECS_GUARD_MAX_CALLS: {
    settings: ['2', '3'],
    rules: 'rule f(x) { %x exists }\nrule r { f(Resources) f(Resources) f(Resources) }',
    place: 'r.guard:2:1',
    message: /called in more than 2 ways; ECS_GUARD_MAX_CALLS sets this limit/,
  },
};

for (const [variable, { settings, place, message, ...files }] of Object.entries(CASES))
  test(`what exceeds ${variable} is an error that names it, and judged when more is allowed`, async (t) => {
    const [tooLow, enough] = settings;
    const repo = withFiles(t, files);
    const refused = await judged(repo, { [variable]: tooLow });
    assert.equal(refused.diagnostics.length, 1);
    const [{ file, line, column, message: said, help } = assert.fail()] = refused.diagnostics;
    assert.equal([file, line, column].filter((part) => part !== undefined).join(':'), place);
    assert.match(said, message);
    assert.match(
      `${said} ${help}`,
      new RegExp(`${variable} sets this limit: \\d+ \\w+ by default, at most \\d+`),
    );
    const allowed = await judged(repo, { [variable]: enough });
    assert.deepEqual(allowed.diagnostics, []);
    assert.equal(allowed.templates[0]?.status, 'PASS');
  });

test('every limit can be set, to positive numbers up to a maximum', () => {
  const source = readFileSync(new URL('../../src/source/limits.ts', import.meta.url), 'utf8');
  const variables = [...source.matchAll(/variable: '(\w+)'/g)].map(([, variable = '']) => variable);
  assert.equal(variables.length, Object.keys(STANDARD_LIMITS).length);
  for (const variable of variables) {
    const changed = Object.entries(limitsOf({ [variable]: '7' })).filter(
      ([name, value]) => value !== STANDARD_LIMITS[name as keyof Limits],
    );
    assert.deepEqual(
      changed.map(([, value]) => value),
      [7],
    );
    assert.deepEqual(limitsOf({ [variable]: '' }), STANDARD_LIMITS);
    for (const value of ['0', '-1', '1e99', 'Infinity', 'much', '1 GB'])
      assert.throws(() => limitsOf({ [variable]: value }), new RegExp(`${variable} cannot be \`${value}\``));
  }
});

test('a limit that is none ends every command with exit code 2', async (t) => {
  const repo = withFiles(t, {});
  const commands = [
    ['a.yml'],
    ['rules'],
    ['validate', '--data', 'a.yml', '--rules', 'r.guard'],
    ['test', '--rules-file', 'r.guard', '--test-data', 'tests.yml'],
    ['parse-tree', '--rules', 'r.guard'],
  ];
  repo.write('tests.yml', '[]');
  for (const command of commands) {
    const io = captureIo({ cwd: repo.path, env: { ...repo.env, ECS_GUARD_MAX_VALUES: 'many' } });
    assert.equal(await run(command, io), 2, command[0]);
    assert.match(io.err(), /the variable ECS_GUARD_MAX_VALUES cannot be `many`/, command[0]);
  }
});

test('the limits are those of the documentation', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/reliability.md', import.meta.url)), 'utf8');
  const source = readFileSync(new URL('../../src/source/limits.ts', import.meta.url), 'utf8');
  const rows = source.matchAll(/variable: '(\w+)', unit: '(\w+)', standard: ([\d_]+), most: ([\d_]+)/g);
  let count = 0;
  for (const [, variable, unit, standard = '', most = ''] of rows) {
    const shown = (number: string) => Number(number.replaceAll('_', '')).toLocaleString('en');
    assert.ok(page.includes(`| \`${variable}\` | ${shown(standard)} ${unit} | ${shown(most)} |`), variable);
    count++;
  }
  assert.equal(count, Object.keys(STANDARD_LIMITS).length);
});

/** Nested so deeply that the innermost list or map stands in as many others as are allowed by default. */
const DEEP: readonly (readonly [open: string, close: string, count: number])[] = [
  ['{"a":', '}', 990],
  ['[', ']', 990],
  ['{"Fn::If":["C",1,', ']}', 495],
];

function deepTemplate(open: string, close: string, count: number): string {
  const containers = '[{"Name":"a","Image":"a","User":"root"}]';
  const deep = `${open.repeat(count)}"1"${close.repeat(count)}`;
  return `{"Conditions":{"C":{"Fn::Equals":[{"Ref":"AWS::Region"},"x"]}},"Resources":{"A":{"Type":"AWS::ECS::TaskDefinition","Properties":{"ContainerDefinitions":${containers},"Deep":${deep}}}}}`;
}

test('a template as deep as is allowed by default is judged by all packs', async (t) => {
  for (const deep of DEEP) {
    const repo = withFiles(t, { template: deepTemplate(...deep) });
    const report = await check({ ...requestIn(repo), packs: PACKS, rules: [], env: repo.env });
    assert.deepEqual(report.diagnostics, []);
    assert.equal(report.templates[0]?.status, 'FAIL');
  }
});

test('a template as deep as can be allowed is judged, or an error where the stack ends before', async (t) => {
  for (const [open, close, count] of DEEP) {
    const repo = withFiles(t, {
      template: deepTemplate(open, close, count * 5),
      rules: "rule r { Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties == {} }",
    });
    const env = { ...repo.env, ECS_GUARD_MAX_NESTING: '5000' };
    const report = await check({ ...requestIn(repo), packs: PACKS, env });
    if (report.templates[0]?.status !== 'FAIL') assert.equal(report.templates[0]?.status, 'ERROR');
    for (const { file, message } of report.diagnostics) assert.match(`${file}: ${message}`, /too deeply/);
    for (const format of ['json', 'single-line-summary']) {
      const io = captureIo({ cwd: repo.path, env });
      const structured = format === 'json' ? ['--structured', '-S', 'none'] : [];
      const code = await run(['validate', '-d', 'a.yml', '-r', 'r.guard', '-o', format, ...structured], io);
      assert.ok([2, 19, 255].includes(code), `${code}`);
      assert.doesNotMatch(io.err(), /this is a bug/);
    }
  }
});

test('rules as deep as can be allowed are judged', async (t) => {
  const depth = 398;
  for (const clause of [
    `Resources exists or Resources == ${'['.repeat(depth)}${']'.repeat(depth)}`,
    `${'when Resources exists { '.repeat(depth)}Resources exists${' }'.repeat(depth)}`,
    `${'Nothing[ '.repeat(depth)}Nothing exists${' ] exists'.repeat(depth - 1)} ] !exists`,
    `let x = ${'to_upper('.repeat(depth)}Resources.*.Type${')'.repeat(depth)} %x exists`,
  ]) {
    const repo = withFiles(t, { rules: `rule r { ${clause} }` });
    const { diagnostics, templates } = await judged(repo, { ECS_GUARD_MAX_RULE_NESTING: '400' });
    assert.deepEqual(diagnostics, [], clause.slice(0, 40));
    assert.equal(templates[0]?.status, 'PASS', clause.slice(0, 40));
  }
});

test('what is too large or too deep for the commands of cfn-guard is an error with a place', async (t) => {
  const repo = withRepo(t);
  const deep = `${'['.repeat(1001)}1${']'.repeat(1001)}`;
  repo.write('deep.json', deep);
  repo.write('tests.yml', `- name: a\n  input: ${'['.repeat(100_000)}\n`);
  repo.write('wide.yml', `- name: a\n  input: &a [${'1,'.repeat(9000)}]\n  more: [${'*a,'.repeat(60)}]\n`);
  repo.write('r.guard', 'rule r { this exists }');
  repo.write('deep.guard', `rule r { this == ${'['.repeat(201)}`);
  const outcome = async (...command: string[]) => {
    const io = captureIo({ cwd: repo.path, env: repo.env });
    return { code: await run(command, io), said: `${io.out()}${io.err()}` };
  };
  const data = await outcome('validate', '--data', 'deep.json', '--rules', 'r.guard');
  assert.equal(data.code, 2);
  assert.match(data.said, /deep\.json:1:1001 {2}error {2}values are nested more than 1000 levels deep/);
  const rules = await outcome('test', '-r', 'deep.guard', '-t', 'wide.yml', '-o', 'json');
  assert.equal(rules.code, 2);
  assert.match(rules.said, /deep\.guard:1:218 {2}error {2}.* nested more than 200 levels deep/);
  const tests = await outcome('test', '-r', 'r.guard', '-t', 'wide.yml');
  assert.equal(tests.code, 2);
  assert.match(tests.said, /wide\.yml:2:\d+ {2}error {2}there are more than 500000 values/);
  // This is the native tool's own limit, and its words.
  const nested = await outcome('test', '-r', 'r.guard', '-t', 'tests.yml');
  assert.notEqual(nested.code, 0);
});

test('settings and rules that lead to a device are errors, and nothing waits for their end', async (t) => {
  if (process.platform === 'win32') return t.skip('there are no devices in the file system');
  const repo = withFiles(t, {});
  symlinkSync('/dev/zero', repo.at('endless.guard'));
  const byDevice = await check({ ...requestIn(repo), rules: ['endless.guard'], env: repo.env });
  assert.deepEqual(
    byDevice.diagnostics.map(({ file, message }) => `${file}: ${message}`),
    ['endless.guard: the rules cannot be read: EINVAL'],
  );
  symlinkSync('/dev/zero', repo.at('.ecs-guardrc.json'));
  const settings = await check({ ...requestIn(repo), rules: undefined, packs: undefined, env: repo.env });
  assert.deepEqual(
    settings.diagnostics.map(({ file, message }) => `${file}: ${message}`),
    ['.ecs-guardrc.json: the settings cannot be read: EINVAL'],
  );
});

const requestIn = (repo: Repo) => ({
  cwd: repo.path,
  paths: ['a.yml'],
  packs: [],
  rules: ['r.guard'],
  elapsed: () => 0,
});

function judged(repo: Repo, env: Readonly<Record<string, string>>): Promise<Report> {
  return check({ ...requestIn(repo), env: { ...repo.env, ...env } });
}

function withFiles(
  t: Cleanup,
  { template = TEMPLATE, rules = 'rule r { Resources exists }' }: Pick<Case, 'template' | 'rules'>,
): Repo {
  const repo = withRepo(t);
  repo.write('a.yml', template);
  repo.write('r.guard', rules);
  return repo;
}
