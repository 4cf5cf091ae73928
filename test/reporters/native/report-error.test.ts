import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ReportError } from '../../../src/reporters/native/index.ts';
import { nativeGuard } from '../../support/native.ts';
import { nativeOutput, ownOutput, parseRun } from './validate-run.ts';

const CASES = [
  {
    title: 'a failure in a resource without a Type',
    rules: 'rule r { Resources.A.Properties.Size == 1 }',
    data: 'Resources: {A: {Properties: {Size: 2}}}',
    message:
      /^The failure at \/Resources\/A\/Properties\/Size cannot be reported, because no resource with a Type/,
  },
  {
    title: 'a failure of a resource that is no map',
    rules: 'rule r { Resources.A == 1 }',
    data: 'Resources: {A: 2}',
    message: /^The failure at \/Resources\/A cannot be reported/,
  },
  {
    title: 'a failure below a nested Type that is no string',
    rules: 'rule r { Resources.A.Properties.Value == 1 }',
    data: 'Resources: {A: {Type: T, Properties: {Type: [x], Value: 2}}}',
    message: /the value at \/Resources\/A\/Properties\/Type\[L:0,C:\d+\] is not a string$/,
  },
  {
    title: 'a deep failure outside of the resources',
    rules: 'rule r { Rules.A.Assert == 1 }',
    data: 'Resources: {A: {Type: T}}\nRules: {A: {Assert: 2}}',
    message: /^The failure at \/Rules\/A\/Assert cannot be reported/,
  },
  {
    title: 'a CDK path that is no string',
    rules: 'rule r { Resources.A.Type == 1 }',
    data: 'Resources: {A: {Type: T, Metadata: {"aws:cdk:path": 5}}}',
    message: /aws:cdk:path\[L:0,C:\d+\] is not a string$/,
  },
  {
    title: 'a message without words',
    rules: 'rule r { Resources.A.Type == 1 << ; >> }',
    data: 'Resources: {A: {Type: T}}',
    message: /^The message ` ?; ?` of a rule has no words to report$/,
  },
  {
    title: 'a failed membership in a Terraform plan',
    rules: 'rule r { resource_changes[*].change.after.acl in ["private"] }',
    data: 'resource_changes: [{address: a.b, change: {after: {acl: public}}}]',
    message: /^The failed check .* cannot be reported for a Terraform plan$/,
  },
  {
    title: 'a failure of a Terraform plan outside of what a change leads to',
    rules: 'rule r { resource_changes[*].address == "x" }',
    data: 'resource_changes: [{address: a.b, change: {after: {acl: public}}}]',
    message: /^The failure at \/resource_changes\/0\/address cannot be reported/,
  },
] as const;

describe('What the console reports have no words for', () => {
  const guard = nativeGuard();
  let directory = '';
  before(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'report-error-')));
  });
  after(() => rmSync(directory, { recursive: true }));

  for (const { title, rules, data, message } of CASES) {
    test(`${title} is an error that keeps the summary table`, () => {
      writeFileSync(join(directory, 'r.guard'), rules);
      writeFileSync(join(directory, 'd.yaml'), data);
      const run = parseRun(directory, ['-r', 'r.guard', '-d', 'd.yaml']);
      assert.throws(
        () => ownOutput(run),
        (error) => {
          assert.ok(error instanceof ReportError);
          assert.match(error.message, message);
          assert.equal(
            error.printed,
            `${directory}/d.yaml Status = FAIL\nFAILED rules\nr.guard/r    FAIL\n---\n`,
          );
          return true;
        },
      );
    });

    test(`${title} crashes the native tool`, { skip: guard.path === undefined && guard.reason }, () => {
      writeFileSync(join(directory, 'r.guard'), rules);
      writeFileSync(join(directory, 'd.yaml'), data);
      const run = parseRun(directory, ['-r', 'r.guard', '-d', 'd.yaml']);
      assert.equal(nativeOutput(guard.path ?? '', run), undefined);
    });
  }
});
