import assert from 'node:assert/strict';
import { test } from 'node:test';
import { github } from '../../src/reporters/github.ts';
import { EMPTY, FINDING, PLAIN, REPORTS, reportOf } from './reports.ts';

test('a violation is an annotation of its line', () => {
  assert.equal(
    github(reportOf([FINDING]), PLAIN),
    "::error file=infra/worker.yml,line=13,col=11,title=tasks_denied_root_user::Worker › app: User is not set; set it, e.g. User: '1000:1000'\n",
  );
});

test('properties and messages are escaped, each in its own way', () => {
  assert.equal(
    github(reportOf([{ ...FINDING, file: '50%,a:b.yml', message: '50%,a:b' }]), PLAIN),
    '::error file=50%25%2Ca%3Ab.yml,line=13,col=11,title=tasks_denied_root_user::Worker › app: 50%25,a:b\n',
  );
});

test('what could not be judged is an error, with the way out on its second line', () => {
  const diagnostics = [
    { code: 'template-syntax', file: 'a.yml', line: 3, column: 7, message: 'broken', help: 'mend it' },
    { code: 'usage', message: 'no' },
  ] as const;
  assert.equal(
    github({ ...EMPTY, diagnostics }, PLAIN),
    `::error file=a.yml,line=3,col=7,title=cannot judge%3A template-syntax::broken%0Amend it
::error title=cannot judge%3A usage::no
`,
  );
});

test('a violation below the level of an error is a warning or a notice', () => {
  const { levels = assert.fail() } = REPORTS;
  assert.deepEqual(
    github(levels, PLAIN)
      .split('\n')
      .map((line) => /^::(\w+)/.exec(line)?.[1]),
    ['error', 'warning', 'notice', undefined],
  );
});

test('excuses that need somebody to look at them are annotations, and excused violations are none', () => {
  const { 'excuses-and-unknowns': report = assert.fail() } = REPORTS;
  assert.equal(
    github(report, PLAIN),
    `::warning file=.ecs-guardrc.json,title=suppression-expired::an excuse ended
::notice file=infra/worker.yml,line=12,col=11,title=suppression-added::an excuse is new
::notice file=infra/worker.yml,line=30,col=3,title=suppression-unused::nothing needs it
::warning file=open.yml,line=2,col=1,title=suppression-ignored::it does not count
::notice file=open.yml,title=limit::not all forms were judged
`,
  );
});

test('what is undecided is a notice where it is to be listed', () => {
  const { 'excuses-and-unknowns': report = assert.fail() } = REPORTS;
  assert.match(
    github(report, { ...PLAIN, unknowns: true }),
    /^::notice file=open\.yml,line=13,col=11,title=undecided%3A tasks_denied_root_user::Worker › app: User comes/m,
  );
});

test('no text of a template can become a command of its own', () => {
  for (const report of Object.values(REPORTS)) {
    const lines = github(report, PLAIN).split('\n').slice(0, -1);
    const { findings, diagnostics, remarks } = report;
    assert.equal(lines.length, findings.length + diagnostics.length + remarks.length);
    for (const line of lines) assert.match(line, /^::(?:error|warning|notice) [^\r\u001b]*$/);
  }
});

test('when all is well nothing is printed', () => assert.equal(github(EMPTY, PLAIN), ''));
