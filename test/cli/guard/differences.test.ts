import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../../src/cli/run.ts';
import { captureIo } from '../../support/io.ts';
import { temporaryFolder } from '../../support/repo.ts';

/* One test per entry of docs/drop-in.md, under the entry's heading. */

const PAGE = fileURLToPath(new URL('../../../docs/drop-in.md', import.meta.url));

const TESTS: { readonly [heading: string]: (t: TestContext) => Promise<void> } = {
  'Orders do not change from run to run': async (t) => {
    const resources = ['B', 'A', 'C'].map(
      (name) => `  ${name}: {Type: AWS::SQS::Queue, Properties: {x: 1}}\n`,
    );
    const { out } = await guard(t, 'validate -r r.guard -d d.yaml', {
      'r.guard': 'rule r { Resources.*.Properties.y exists }',
      'd.yaml': `Resources:\n${resources.join('')}`,
    });
    assert.deepEqual(
      [...out.matchAll(/^Resource = (.*) \{$/gm)].map(([, name]) => name),
      ['A', 'B', 'C'],
    );
  },
  'Crashes are clean errors': async (t) => {
    const files = {
      'r.guard': 'rule r { r <<again>> }',
      'd.yaml': 'a: 1\n',
      'p.yaml': 'a: 2\n',
      'c.yaml': '# nothing\n',
    };
    for (const line of [
      'validate -d d.yaml -r',
      'validate -r r.guard -d d.yaml',
      'validate -r r.guard -d c.yaml',
      'validate -r r.guard -d d.yaml -i p.yaml -z -S none -o json',
      'test -r r.guard',
    ]) {
      const { out, err, exitCode } = await guard(t, line, files);
      assert.equal(exitCode, 255, line);
      assert.match(err, /^Error occurred /, line);
      assert.equal(out, '', line);
    }
  },
  'What is too large or too deep is an error': async (t) => {
    const deep = `${'['.repeat(1001)}1${']'.repeat(1001)}`;
    const files = { 'r.guard': 'rule r { a == 1 }', 'd.yaml': deep };
    const { err, exitCode } = await guard(t, 'validate -r r.guard -d d.yaml', files);
    assert.equal(exitCode, 2);
    assert.match(err, /d\.yaml:1:1001 {2}error {2}values are nested more than 1000 levels deep/);
    assert.match(err, /ECS_GUARD_MAX_NESTING/);
  },
  'A literal that fails a test is reported': async (t) => {
    const files = { 'r.guard': 'let x = [12]\nrule r { %x is_float }', 'd.yaml': 'a: 1\n' };
    const { out, exitCode } = await guard(t, 'validate -r r.guard -d d.yaml -z -S none -o json', files);
    assert.equal(exitCode, 19);
    assert.match(out, /was not float/);
  },
  'An output that breaks off is not begun': async (t) => {
    const files = { 'r.guard': 'rule r { a == 1 a.b exists }', 'd.yaml': 'a: inf\n' };
    for (const [options, error] of [
      ['-z -S none -o json', 'Error occurred Error parsing incoming JSON context Types'],
      ['-z -S none -o yaml', 'Error occurred Error parsing incoming YAML context Types'],
      ['-v -S all', 'Error occurred Types'],
    ]) {
      const { out, err, exitCode } = await guard(t, `validate -r r.guard -d d.yaml ${options}`, files);
      assert.deepEqual([out, exitCode], ['', 255], options);
      assert.equal(
        err,
        `${error} or variable assignments are incompatible \`Could not convert float inf to serde::Value::Number\`\n`,
      );
    }
  },
  'A unit-test file with a key that is no string runs no case': async (t) => {
    const tests =
      '- input: {a: 1}\n  expectations: {rules: {r: PASS}}\n- input: {1: 2}\n  expectations: {rules: {r: PASS}}\n';
    const files = { 'r.guard': 'rule r { a == 1 }', 't.yaml': tests };
    const { out, err, exitCode } = await guard(t, 'test -r r.guard -t t.yaml', files);
    assert.deepEqual([out, exitCode], ['', 255]);
    assert.match(err, /only supports keys that are string types/);
  },
  'Numbers as names of unit tests are printed as numbers': async (t) => {
    const tests = '- name: 5.10\n  input: {a: 1}\n  expectations: {rules: {r: PASS}}\n';
    const { out } = await guard(t, 'test -r r.guard -t t.yaml', {
      'r.guard': 'rule r { a == 1 }',
      't.yaml': tests,
    });
    assert.match(out, /^Name: 5\.1$/m);
  },
  'A payload is an object': async (t) => {
    const { err, exitCode } = await guard(t, 'validate -P', {}, '[["a == 1"], ["a: 1"]]');
    assert.equal(exitCode, 255);
    assert.match(err, /invalid type: sequence, expected struct Payload/);
  },
  'Contexts name types without lifetimes': async (t) => {
    const files = { 'r.guard': 'rule r { a == 1 or a == 2 }', 'd.yaml': 'a: 1\n' };
    const { out } = await guard(t, 'validate -r r.guard -d d.yaml -v', files);
    assert.match(out, /cfn_guard::rules::exprs::RuleClause#disjunction/);
  },
  'Help and version without a command are our own': async (t) => {
    const { out, exitCode } = await guard(t, 'help', {});
    assert.equal(exitCode, 0);
    assert.match(out, /^Usage: ecs-guard-staged /m);
  },
  'Elapsed times are our own': async (t) => {
    const files = { 'r.guard': 'rule r { a == 1 }', 'd.yaml': 'a: 1\n' };
    const { out } = await guard(t, 'validate -r r.guard -d d.yaml -z -S none -o junit', files);
    assert.match(out, /<testcase name="r\.guard" time="0" status="pass"\/>/);
  },
};

for (const [heading, body] of Object.entries(TESTS)) test(heading, body);

test('every entry of the page has a test, and every test an entry', () => {
  const headings = [...readFileSync(PAGE, 'utf8').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  assert.deepEqual(headings, Object.keys(TESTS));
});

async function guard(
  t: TestContext,
  line: string,
  files: Readonly<Record<string, string>>,
  stdin = '',
): Promise<{ out: string; err: string; exitCode: number }> {
  const cwd = temporaryFolder(t);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const io = captureIo({ cwd, env: {}, stdin });
  const exitCode = await run(line.split(' '), io);
  return { out: io.out(), err: io.err(), exitCode };
}
