import assert from 'node:assert/strict';
import { test } from 'node:test';
import { github } from '../../src/reporters/github.ts';
import { EMPTY, FINDING, REPORTS, reportOf } from './reports.ts';

test('a violation is an annotation of its line', () => {
  assert.equal(
    github(reportOf([FINDING])),
    "::error file=infra/worker.yml,line=13,col=11,title=tasks_denied_root_user::Worker › app: User is not set; set it, e.g. User: '1000:1000'\n",
  );
});

test('properties and messages are escaped, each in its own way', () => {
  assert.equal(
    github(reportOf([{ ...FINDING, file: '50%,a:b.yml', message: '50%,a:b' }])),
    '::error file=50%25%2Ca%3Ab.yml,line=13,col=11,title=tasks_denied_root_user::Worker › app: 50%25,a:b\n',
  );
});

test('what could not be judged is an error, with the way out on its second line', () => {
  const diagnostics = [
    { code: 'template-syntax', file: 'a.yml', line: 3, column: 7, message: 'broken', help: 'mend it' },
    { code: 'usage', message: 'no' },
  ] as const;
  assert.equal(
    github({ ...EMPTY, diagnostics }),
    `::error file=a.yml,line=3,col=7,title=cannot judge%3A template-syntax::broken%0Amend it
::error title=cannot judge%3A usage::no
`,
  );
});

test('no text of a template can become a command of its own', () => {
  for (const report of Object.values(REPORTS)) {
    const lines = github(report).split('\n').slice(0, -1);
    assert.equal(lines.length, report.findings.length + report.diagnostics.length);
    for (const line of lines) assert.match(line, /^::error [^\r\u001b]*$/);
  }
});

test('when all is well nothing is printed', () => assert.equal(github(EMPTY), ''));
