import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../src/report/report.ts';
import { junit } from '../../src/reporters/junit.ts';
import { EMPTY, FINDING, longReport, REPORTS, reportOf } from './reports.ts';

const TOKEN =
  /<\?xml version="1\.0" encoding="UTF-8"\?>|<(?<closing>\/)?(?<name>[a-z-]+)(?: [a-z]+="[^"<&]*(?:&(?:lt|gt|amp|quot);[^"<&]*)*")*(?<empty>\/)?>|(?:[^<&\]]|\](?!\]>)|&(?:lt|gt|amp|quot);)+/y;
const LEGAL = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Fails unless the text is well-formed XML, of the little that this format needs of XML. */
function assertWellFormed(xml: string): void {
  assert.match(xml, LEGAL);
  const open: string[] = [];
  for (let at = 0; at < xml.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const { closing, name, empty } = TOKEN.exec(xml)?.groups ?? assert.fail(`at ${xml.slice(at, at + 80)}`);
    if (name === undefined) continue;
    if (closing !== undefined) assert.equal(name, open.pop());
    else if (empty === undefined) open.push(name);
  }
  assert.deepEqual(open, []);
}

const count = (xml: string, element: string) => xml.split(`<${element} `).length - 1;

function assertTotals(report: Report): void {
  const xml = junit(report);
  assertWellFormed(xml);
  const root = /<testsuites [^>]*>/.exec(xml)?.[0] ?? '';
  const totals = Object.fromEntries(
    [...root.matchAll(/(\w+)="(\d+)"/g)].map(([, key, value]) => [key, Number(value)]),
  );
  assert.deepEqual(totals, {
    tests: count(xml, 'testcase'),
    failures: count(xml, 'failure'),
    errors: count(xml, 'error'),
    skipped: count(xml, 'skipped'),
  });
}

for (const [name, report] of Object.entries(REPORTS))
  test(`the XML of the report ${name} is well-formed and its totals are true`, () => assertTotals(report));

test('the XML of a long report is well-formed', () => assertTotals(longReport()));

test('every template is a suite, and every violation of it a failure', () => {
  const xml = junit(reportOf([FINDING, { ...FINDING, line: 20 }, { ...FINDING, file: 'z.yml' }]));
  assert.deepEqual(
    [...xml.matchAll(/<testsuite name="([^"]*)" tests="(\d+)" failures="(\d+)"/g)].map((match) =>
      match.slice(1),
    ),
    [
      ['infra/worker.yml', '2', '2'],
      ['z.yml', '1', '1'],
    ],
  );
});

test('a template that some rules could not judge has not passed, whatever others found', () => {
  const diagnostics = [{ code: 'rules-evaluation', file: 'own.guard', message: 'cannot judge' }] as const;
  const templates = [{ path: 'a.yml', status: 'ERROR' }] as const;
  for (const findings of [[], [{ ...FINDING, file: 'a.yml' }]]) {
    const xml = junit({ ...EMPTY, templates, findings, diagnostics });
    assert.match(xml, /<testsuite name="a\.yml" [^>]*errors="1"/);
  }
});

test('a violation below the level of an error fails no test, and is said in one that passes', () => {
  const xml = junit(REPORTS.levels ?? assert.fail());
  assert.match(xml, /tests="3" failures="1" errors="0" skipped="0"/);
  assert.match(xml, /<system-out>warning: infra\/worker\.yml:14:11 .* fails when IsProd is false$/m);
  assert.match(xml, /<system-out>note: infra\/worker\.yml:15:11 /);
});

test('what is excused or undecided is a skipped test that says why', () => {
  const xml = junit(REPORTS['excuses-and-unknowns'] ?? assert.fail());
  assert.deepEqual(
    [...xml.matchAll(/<skipped message="([^"]*)"/g)].map(([, message]) => message),
    [
      'excused until 2027-03-31: vendor image',
      'excused: vendor image',
      'excused',
      'undecided: User comes from an import',
      'no rule applies',
    ],
  );
});

test('a template that passes says so beside what is excused in it', () => {
  const xml = junit(REPORTS['excuses-and-unknowns'] ?? assert.fail());
  assert.match(xml, /<testsuite name="infra\/worker\.yml" tests="4" failures="0" errors="0" skipped="3">/);
  assert.match(xml, /<testcase classname="infra\/worker\.yml" name="all rules"\/>/);
});

test('what there is to say about excuses is the output of the suite of its file', () => {
  const xml = junit(REPORTS['excuses-and-unknowns'] ?? assert.fail());
  assert.match(
    xml,
    /<system-out>infra\/worker\.yml:12:11 note: an excuse is new\ninfra\/worker\.yml:30:3 note: nothing needs it<\/system-out>/,
  );
  assert.match(
    xml,
    /<testsuite name="\.ecs-guardrc\.json" tests="0"[^>]*>\n {4}<system-out>.* warning: an excuse ended/,
  );
});

test('every control character of a template is visible and harmless', () => {
  const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('');
  assertTotals(reportOf([{ ...FINDING, file: all, message: all, resource: all, container: all, path: all }]));
});
