import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildReport, type Gathered, NOTHING_GATHERED } from '../../src/report/build.ts';
import type { ReportFinding } from '../../src/report/report.ts';
import { NO_COUNTS } from '../reporters/reports.ts';

const NOTHING: Gathered = { ...NOTHING_GATHERED, staged: true };

const finding = (file: string, line: number, column: number, rule = 'r'): ReportFinding => ({
  file,
  line,
  column,
  rule,
  ruleFile: 'f.guard',
  message: 'm',
  path: '',
  resource: null,
  container: null,
  level: 'error',
});

test('findings are ordered by path, line as a number, column and rule', () => {
  const sorted = [
    finding('B.yml', 1, 1),
    finding('a.yml', 2, 9),
    finding('a.yml', 10, 1),
    finding('a.yml', 10, 2, 'a'),
    finding('a.yml', 10, 2, 'b'),
  ];
  assert.deepEqual(buildReport({ ...NOTHING, findings: sorted.toReversed() }).findings, sorted);
});

test('the same words about the same place are said once', () => {
  const twice = [finding('a.yml', 1, 1), { ...finding('a.yml', 1, 1), ruleFile: 'copy.guard' }];
  const report = buildReport({ ...NOTHING, findings: twice });
  assert.deepEqual(report.findings, [twice[0]]);
  assert.equal(report.counts.violations, 1);
});

test('rules with findings are described once, and others are not', () => {
  const findings = [finding('a.yml', 1, 1, 'b'), finding('a.yml', 2, 1, 'b'), finding('b.yml', 1, 1, 'a')];
  const rules = ['b', 'c', 'a', 'b'].map((name) => ({ name, file: 'f.guard', help: `${name}?` }));
  assert.deepEqual(buildReport({ ...NOTHING, findings, rules: () => rules }).rules, [
    { name: 'a', file: 'f.guard', help: 'a?' },
    { name: 'b', file: 'f.guard', help: 'b?' },
  ]);
});

test('counts tell templates with violations from all templates', () => {
  const { counts } = buildReport({
    ...NOTHING,
    templates: [
      { path: 'b.yml', status: 'PASS' },
      { path: 'a.yml', status: 'FAIL' },
    ],
    findings: [finding('a.yml', 1, 1), finding('a.yml', 2, 1)],
    ruleCount: 5,
  });
  assert.deepEqual(counts, { ...NO_COUNTS, templates: 2, failedTemplates: 1, violations: 2 });
});

test('diagnostics are ordered by file and place', () => {
  const sorted = [
    { code: 'usage', message: 'no file' },
    { code: 'template-syntax', file: 'a', line: 2, message: 'x' },
    { code: 'template-syntax', file: 'a', line: 10, message: 'a' },
    { code: 'template-syntax', file: 'b', line: 1, message: 'a' },
  ] as const;
  assert.deepEqual(buildReport({ ...NOTHING, diagnostics: sorted.toReversed() }).diagnostics, sorted);
});

test('rules of what is excused or undecided are described too', () => {
  const suppression = { rule: 'a', reason: 'why', until: null, file: 'a.yml', line: 1, column: 1 };
  const suppressed = [{ ...finding('a.yml', 1, 1, 'a'), suppression }];
  const unknowns = [finding('a.yml', 1, 1, 'b')];
  const rules = ['a', 'b', 'c'].map((name) => ({ name, file: 'f.guard', help: null }));
  const report = buildReport({ ...NOTHING, suppressed, unknowns, rules: () => rules });
  assert.deepEqual(report.rules, rules.slice(0, 2));
  assert.deepEqual([report.counts.suppressed, report.counts.unknown, report.counts.violations], [1, 1, 0]);
});

test('findings are counted by their level, and templates with any of them as failed', () => {
  const findings = (['error', 'warn', 'warn', 'info'] as const).map((level, at) => ({
    ...finding(`${at % 2}.yml`, at, 1),
    level,
  }));
  const { violations, warnings, notes, failedTemplates } = buildReport({ ...NOTHING, findings }).counts;
  assert.deepEqual([violations, warnings, notes, failedTemplates], [1, 2, 1, 2]);
});

test('a remark is made once, however many files led to it', () => {
  const remark = {
    kind: 'suppression-expired',
    file: '.ecs-guardrc.json',
    line: 3,
    column: 5,
    message: 'm',
  } as const;
  const other = { ...remark, line: 2 };
  assert.deepEqual(buildReport({ ...NOTHING, remarks: [remark, other, remark] }).remarks, [other, remark]);
});
