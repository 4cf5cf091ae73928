import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report, ReportFinding } from '../../src/report/report.ts';
import { loadColours, NO_COLOURS } from '../../src/reporters/colours.ts';
import { compact } from '../../src/reporters/compact.ts';
import type { View } from '../../src/reporters/view.ts';
import { EMPTY, NO_COUNTS } from './reports.ts';

const PLAIN: View = {
  colours: NO_COLOURS,
  terminal: false,
  quiet: false,
  unknowns: false,
  committing: true,
  version: '1.2.3',
};

const FINDING: ReportFinding = {
  file: 'infra/worker.yml',
  line: 13,
  column: 11,
  rule: 'tasks_denied_root_user',
  ruleFile: 'baseline/tasks_denied_root_user.guard',
  message: 'User is not set',
  path: '/Resources/AmbiguousUser/Properties/ContainerDefinitions/0',
  resource: 'AmbiguousUser',
  container: 'alpine',
  level: 'error',
};
const SECOND: ReportFinding = {
  ...FINDING,
  line: 4,
  column: 3,
  rule: 'r',
  message: 'second',
  resource: 'B',
  container: null,
};

function report(findings: ReportFinding[], changes: Partial<Report> = {}): Report {
  return {
    ...EMPTY,
    staged: true,
    findings,
    counts: { ...NO_COUNTS, templates: 3, failedTemplates: 1, violations: findings.length },
    ...changes,
  };
}

test('each violation is one line, then one line sums up', () => {
  assert.equal(
    compact(report([FINDING, SECOND]), PLAIN),
    `infra/worker.yml:13:11  AmbiguousUser › alpine  tasks_denied_root_user  User is not set
infra/worker.yml:4:3  B  r  second

✖ 2 violations in 1 of 3 staged templates · 5 rules · 6 ms · commit rejected
`,
  );
});

test('on a terminal the columns are aligned', () => {
  assert.equal(
    compact(report([FINDING, SECOND]), { ...PLAIN, terminal: true, quiet: true }),
    `infra/worker.yml:13:11  AmbiguousUser › alpine  tasks_denied_root_user  User is not set
infra/worker.yml:4:3    B                       r                       second
`,
  );
});

test('colours change nothing but colours', async () => {
  const coloured = compact(report([FINDING, SECOND]), { ...PLAIN, colours: await loadColours(true) });
  assert.match(coloured, /\u001b\[36minfra\/worker\.yml:13:11\u001b\[39m/);
  assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), compact(report([FINDING, SECOND]), PLAIN));
});

test('one of a kind is not called by its plural', () => {
  const counts = { ...NO_COUNTS, templates: 1, failedTemplates: 1, violations: 1, rules: 1 };
  assert.match(
    compact(report([FINDING], { counts, staged: false }), { ...PLAIN, committing: false }),
    /^✖ 1 violation in 1 of 1 template · 1 rule · 6 ms$/m,
  );
});

test('a violation outside of all resources is named by its path', () => {
  const line = (path: string) =>
    compact(report([{ ...FINDING, resource: null, container: null, path }]), PLAIN);
  assert.match(
    line('/Parameters/Port'),
    /^infra\/worker\.yml:13:11 {2}\/Parameters\/Port {2}tasks_denied_root_user/,
  );
  assert.match(line(''), /^infra\/worker\.yml:13:11 {2}\/ {2}tasks_denied_root_user/);
});

test('when all is well a pipe gets nothing and a terminal one quiet line', () => {
  assert.equal(compact(report([]), PLAIN), '');
  assert.equal(compact(report([]), { ...PLAIN, terminal: true }), '✔ 3 staged templates · 5 rules · 6 ms\n');
  assert.equal(compact(report([]), { ...PLAIN, terminal: true, quiet: true }), '');
});

test('a commit without a template is passed over in silence, but named files deserve an answer', () => {
  const counts = NO_COUNTS;
  const terminal = { ...PLAIN, terminal: true };
  assert.equal(compact(report([], { counts }), terminal), '');
  assert.equal(
    compact(report([], { counts, staged: false }), terminal),
    'no template among the given files\n',
  );
  assert.equal(compact(report([], { counts, staged: false }), PLAIN), '');
});

test('a run that could not judge everything is not called clean', () => {
  const diagnostics = [{ code: 'template-syntax', file: 'a.yml', message: 'broken' }] as const;
  assert.equal(
    compact(report([], { diagnostics }), PLAIN),
    '✖ 1 problem · 5 rules · 6 ms · commit rejected\n',
  );
});

test('text from templates cannot break the line or steer the terminal', () => {
  const hostile = {
    ...FINDING,
    file: 'a\nb\u001b[2J.yml',
    resource: 'R\u001b]0;x\u0007',
    message: 'first\r\n  second\u009b31m\u202e',
  };
  assert.equal(
    compact(report([hostile]), { ...PLAIN, quiet: true }),
    'a b\\u001b[2J.yml:13:11  R\\u001b]0;x\\u0007 › alpine  tasks_denied_root_user  first second\\u009b31m\\u202e\n',
  );
});
