import assert from 'node:assert/strict';
import { test } from 'node:test';
import { junitDocument, junitOutcome } from '../../../src/reporters/native/index.ts';

test('a suite without cases has an open and a close tag', () => {
  assert.equal(
    junitDocument({ name: 'report', time: 3, suites: [{ name: 'a & "b"', time: 2, cases: [] }] }),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="report" tests="0" failures="0" errors="0" time="3">
    <testsuite name="a &amp; &quot;b&quot;" errors="0" failures="0" time="2">
    </testsuite>
</testsuites>
`,
  );
});

test('an error is counted and its text escaped', () => {
  const suite = {
    name: 's',
    time: 0,
    cases: [{ id: 'one', name: 'r', time: 1, outcome: { kind: 'error', text: "it's <bad>" } as const }],
  };
  assert.equal(
    junitDocument({ name: 'report', time: 0, suites: [suite] }),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="report" tests="1" failures="0" errors="1" time="0">
    <testsuite name="s" errors="1" failures="0" time="0">
        <testcase id="one" name="r" time="1" status="error">
            <error>it&apos;s &lt;bad&gt;</error>
        </testcase>
    </testsuite>
</testsuites>
`,
  );
});

test('a failure without any message is an empty element', () => {
  const outcome = junitOutcome({
    name: 'd.yaml',
    status: 'FAIL',
    failures: [{ kind: 'rule', name: 'r', message: null, checks: [] }],
    skipped: [],
    passed: [],
  });
  const text = junitDocument({
    name: 'report',
    time: 0,
    suites: [{ name: 's', time: 0, cases: [{ name: 'r.guard', time: 0, outcome }] }],
  });
  assert.match(text, /<testcase name="r\.guard" time="0">\n {12}<failure\/>\n {8}<\/testcase>/);
});
