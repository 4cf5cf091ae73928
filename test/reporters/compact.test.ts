import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report, ReportFinding } from '../../src/report/report.ts';
import { loadColours, NO_COLOURS } from '../../src/reporters/colours.ts';
import { compact, compactSummary } from '../../src/reporters/compact.ts';
import { wholeText } from '../../src/reporters/index.ts';
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

const shown = (all: Report, view: View) =>
  wholeText(Buffer.from(compact(all, view)), compactSummary(all, view)).toString();

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
    counts: {
      ...{ ...NO_COUNTS, templates: 3, violations: findings.length },
      failedTemplates: new Set(findings.map(({ file }) => file)).size,
    },
    ...changes,
  };
}

test('each violation is one line, then one line sums up', () => {
  assert.equal(
    shown(report([FINDING, SECOND]), PLAIN),
    `infra/worker.yml:13:11  AmbiguousUser › alpine  tasks_denied_root_user  User is not set
infra/worker.yml:4:3  B  r  second

✖ 2 violations in 1 of 3 staged templates · 5 rules · 6 ms · commit rejected
`,
  );
});

test('on a terminal the columns are aligned', () => {
  assert.equal(
    shown(report([FINDING, SECOND]), { ...PLAIN, terminal: true, quiet: true }),
    `infra/worker.yml:13:11  AmbiguousUser › alpine  tasks_denied_root_user  User is not set
infra/worker.yml:4:3    B                       r                       second
`,
  );
});

test('colours change nothing but colours', async () => {
  const coloured = shown(report([FINDING, SECOND]), { ...PLAIN, colours: await loadColours(true) });
  assert.match(coloured, /\u001b\[36minfra\/worker\.yml:13:11\u001b\[39m/);
  assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), shown(report([FINDING, SECOND]), PLAIN));
});

test('one of a kind is not called by its plural', () => {
  const counts = { ...NO_COUNTS, templates: 1, failedTemplates: 1, violations: 1, rules: 1 };
  assert.match(
    shown(report([FINDING], { counts, staged: false }), { ...PLAIN, committing: false }),
    /^✖ 1 violation in 1 of 1 template · 1 rule · 6 ms$/m,
  );
});

test('a violation outside of all resources is named by its path', () => {
  const line = (path: string) =>
    shown(report([{ ...FINDING, resource: null, container: null, path }]), PLAIN);
  assert.match(
    line('/Parameters/Port'),
    /^infra\/worker\.yml:13:11 {2}\/Parameters\/Port {2}tasks_denied_root_user/,
  );
  assert.match(line(''), /^infra\/worker\.yml:13:11 {2}\/ {2}tasks_denied_root_user/);
});

test('when all is well a pipe gets nothing and a terminal one quiet line', () => {
  assert.equal(shown(report([]), PLAIN), '');
  assert.equal(shown(report([]), { ...PLAIN, terminal: true }), '✔ 3 staged templates · 5 rules · 6 ms\n');
  assert.equal(shown(report([]), { ...PLAIN, terminal: true, quiet: true }), '');
});

test('a commit without a template is passed over in silence, but named files deserve an answer', () => {
  const counts = NO_COUNTS;
  const terminal = { ...PLAIN, terminal: true };
  assert.equal(shown(report([], { counts }), terminal), '');
  assert.equal(shown(report([], { counts, staged: false }), terminal), 'no template among the given files\n');
  assert.equal(shown(report([], { counts, staged: false }), PLAIN), '');
});

test('a run that could not judge everything is not called clean', () => {
  const diagnostics = [{ code: 'template-syntax', file: 'a.yml', message: 'broken' }] as const;
  assert.equal(shown(report([], { diagnostics }), PLAIN), '✖ 1 problem · 5 rules · 6 ms · commit rejected\n');
});

test('text from templates cannot break the line or steer the terminal', () => {
  const hostile = {
    ...FINDING,
    file: 'a\nb\u001b[2J.yml',
    resource: 'R\u001b]0;x\u0007',
    message: 'first\r\n  second\u009b31m\u202e',
  };
  assert.equal(
    shown(report([hostile]), { ...PLAIN, quiet: true }),
    'a b\\u001b[2J.yml:13:11  R\\u001b]0;x\\u0007 › alpine  tasks_denied_root_user  first second\\u009b31m\\u202e\n',
  );
});

test('what weighs less than an error says so, and rejects nothing', () => {
  const warning = { ...SECOND, level: 'warn' } as const;
  const counts = { ...NO_COUNTS, templates: 3, failedTemplates: 1, warnings: 1 };
  assert.equal(
    shown(report([warning], { counts }), PLAIN),
    `infra/worker.yml:4:3  B  r  warning: second

⚠ 1 warning in 1 of 3 staged templates · 5 rules · 6 ms
`,
  );
  assert.match(
    shown(report([{ ...SECOND, level: 'info' }], { counts: { ...counts, warnings: 0, notes: 2 } }), PLAIN),
    /B {2}r {2}note: second\n\n✔ 2 notes in 1 of 3 staged templates · 5 rules · 6 ms\n$/,
  );
});

test('one line sums up violations, warnings and notes', () => {
  const counts = { ...NO_COUNTS, templates: 3, failedTemplates: 1, violations: 2, warnings: 3, notes: 1 };
  assert.match(
    shown(report([FINDING], { counts }), PLAIN),
    /^✖ 2 violations, 3 warnings, 1 note in 1 of 3 staged templates · 5 rules · 6 ms · commit rejected$/m,
  );
});

test('a file that could not be judged is counted beside what was found in others', () => {
  const diagnostics = [{ code: 'template-syntax', file: 'a.yml', message: 'broken' }] as const;
  const summary = (findings: ReportFinding[], changes: object) =>
    shown(
      report(findings, {
        diagnostics,
        counts: { ...NO_COUNTS, templates: 3, failedTemplates: 1, ...changes },
      }),
      PLAIN,
    );
  assert.match(summary([FINDING], { violations: 1 }), /^✖ 1 violation, 1 problem in 1 of 3 staged/m);
  assert.match(summary([SECOND], { warnings: 1 }), /^✖ 1 problem, 1 warning in 1 of 3 .* commit rejected$/m);
});

test('what does not count is counted, also for those who pipe the output', () => {
  const counts = { ...NO_COUNTS, templates: 3, unknown: 2, suppressed: 1, old: 4 };
  assert.equal(
    shown(report([], { counts }), PLAIN),
    '✔ 3 staged templates · 2 undecided · 1 excused · 4 old · 5 rules · 6 ms\n',
  );
  assert.equal(shown(report([], { counts }), { ...PLAIN, quiet: true }), '');
});

test('a template that no rule was about is not counted as one that passed', () => {
  const templates = [
    { path: 'a.yml', status: 'PASS' },
    { path: 'b.yml', status: 'SKIP' },
  ] as const;
  const counts = { ...NO_COUNTS, templates: 2 };
  assert.equal(
    shown(report([], { templates, counts }), { ...PLAIN, terminal: true }),
    '✔ 2 staged templates (1 with nothing to judge) · 5 rules · 6 ms\n',
  );
});

test('what is undecided is listed on request', () => {
  const unknowns = [{ ...SECOND, message: 'nobody knows' }];
  const counts = { ...NO_COUNTS, templates: 3, unknown: 1 };
  assert.match(
    shown(report([], { unknowns, counts }), { ...PLAIN, unknowns: true }),
    /^infra\/worker\.yml:4:3 {2}B {2}r {2}undecided: nobody knows\n\n✔ .* 1 undecided /,
  );
});

test('remarks stand below the violations, in line with them', () => {
  const remarks = [
    {
      kind: 'suppression-added',
      file: 'infra/worker.yml',
      line: 4,
      column: 3,
      message: 'this change excuses',
    },
    { kind: 'suppression-expired', file: '.ecs-guardrc.json', message: 'ended' },
  ] as const;
  assert.equal(
    shown(report([FINDING], { remarks }), { ...PLAIN, terminal: true }),
    `infra/worker.yml:13:11  AmbiguousUser › alpine  tasks_denied_root_user  User is not set
infra/worker.yml:4:3    note: this change excuses
.ecs-guardrc.json       warning: ended

✖ 1 violation in 1 of 3 staged templates · 5 rules · 6 ms · commit rejected
`,
  );
  const counts = { ...NO_COUNTS, templates: 3 };
  assert.equal(
    shown(report([], { remarks, counts }), PLAIN),
    'infra/worker.yml:4:3  note: this change excuses\n.ecs-guardrc.json  warning: ended\n',
  );
});

test('quiet prints what fails and nothing else', () => {
  const warning = { ...SECOND, level: 'warn' } as const;
  const remarks = [{ kind: 'limit', file: 'a.yml', message: 'm' }] as const;
  assert.equal(
    shown(report([FINDING, warning], { remarks, unknowns: [SECOND] }), {
      ...PLAIN,
      quiet: true,
      unknowns: true,
    }),
    'infra/worker.yml:13:11  AmbiguousUser › alpine  tasks_denied_root_user  User is not set\n',
  );
});
