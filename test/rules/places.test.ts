import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Pack } from '../../src/check/pack-names.ts';
import { traceFailures } from '../../src/engine/evaluate.ts';
import { Subject } from '../../src/engine/subject.ts';
import { findings } from '../../src/report/findings.ts';
import { placeOf } from '../../src/report/place.ts';
import { loadGuardData } from '../../src/template/guard-data.ts';
import { programOf, ruleOf } from '../support/rules.ts';

const TEMPLATES = new URL('../../fixtures/ecs/', import.meta.url);

/** Line, resource and container of each finding. */
function places(pack: Pack, name: string, file: string): readonly string[] {
  const template = loadGuardData(file, readFileSync(new URL(file, TEMPLATES)));
  return findings(
    traceFailures(programOf(ruleOf(pack, name)), new Subject(template.root)).children,
    template,
  ).map(({ value }) => {
    const { resource, container } = placeOf(value);
    return `${value.source?.position(value.start).line} ${resource} ${container}`;
  });
}

test('the root policy as published finds a missing user and names with root in them', () => {
  assert.deepEqual(places('published', 'tasks_denied_root', 'users.yaml'), [
    '10 NoUser web',
    '27 UserName web',
    '35 GroupName web',
    '44 Nonroot web',
    '55 SecondContainer sidecar',
    '63 Windows web',
  ]);
});

test('tasks_denied_root_user finds every spelling of root, and nothing but root', () => {
  assert.deepEqual(places('baseline', 'tasks_denied_root_user', 'users.yaml'), [
    '19 UserIdZero web',
    '27 UserName web',
    '55 SecondContainer sidecar',
    '72 Daemon agent',
    '35 GroupName web',
  ]);
});

test('tasks_require_user takes AWS::NoValue for a missing user and leaves other functions alone', () => {
  assert.deepEqual(places('baseline', 'tasks_require_user', 'users.yaml'), ['10 NoUser web']);
  assert.deepEqual(places('baseline', 'tasks_require_user', 'intrinsics.yaml'), ['49 Containers worker']);
});

test('the filesystem policy as published accepts nothing but the boolean', () => {
  assert.deepEqual(places('published', 'readonly_root_filesystem_condition', 'filesystems.yaml'), [
    '14 ByDefault web',
    '23 Writable web',
    '31 AsText web',
    '39 FromParameter web',
  ]);
});

test('tasks_readonly_root_filesystem accepts what CloudFormation takes for true, and what is not known yet', () => {
  assert.deepEqual(places('baseline', 'tasks_readonly_root_filesystem', 'filesystems.yaml'), [
    '14 ByDefault web',
    '23 Writable web',
  ]);
});

test('privileged containers are found by both packs', () => {
  const found = ['12 Privileged agent', '24 PrivilegedAsText agent'];
  assert.deepEqual(places('published', 'tasks_denied_privileged_condition', 'privileges.json'), found);
  assert.deepEqual(places('baseline', 'tasks_denied_privileged', 'privileges.json'), found);
});

test('the policy on capabilities as published finds a list of them, even an empty one', () => {
  assert.deepEqual(places('published', 'tasks_denied_linux_capabilities', 'privileges.json'), [
    '39 Capabilities agent',
    '59 NothingAdded agent',
  ]);
});

test('tasks_denied_dangerous_capabilities finds each of them', () => {
  assert.deepEqual(places('baseline', 'tasks_denied_dangerous_capabilities', 'privileges.json'), [
    '40 Capabilities agent',
    '41 Capabilities agent',
  ]);
});

test('the logging policy as published judges all containers as soon as one of them uses awslogs', () => {
  assert.deepEqual(places('published', 'awslogs_nonblocking_condition', 'logging.yaml'), [
    '15 Blocking web',
    '27 NoMode web',
    '27 NoMode web',
    '40 LargerBuffer web',
    '41 LargerBuffer sidecar',
    '41 LargerBuffer sidecar',
    '55 SmallBuffer web',
    '64 OtherDriver web',
    '64 OtherDriver web',
  ]);
});

test('awslogs_denied_blocking judges nothing but the mode of awslogs', () => {
  assert.deepEqual(places('baseline', 'awslogs_denied_blocking', 'logging.yaml'), ['15 Blocking web']);
});
