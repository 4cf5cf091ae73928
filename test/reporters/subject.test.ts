import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subjectOf } from '../../src/reporters/subject.ts';
import { FINDING } from './reports.ts';

test('a violation is about a container of a resource', () => {
  assert.equal(subjectOf(FINDING), 'Worker › app');
  assert.equal(subjectOf({ ...FINDING, container: null }), 'Worker');
});

test('without a resource it is about a container, or about a path', () => {
  assert.equal(subjectOf({ ...FINDING, resource: null }), 'app');
  assert.equal(subjectOf({ ...FINDING, resource: null, container: null, path: '/Outputs/A' }), '/Outputs/A');
  assert.equal(subjectOf({ ...FINDING, resource: null, container: null, path: '' }), '/');
});

test('a resource that CDK made is shown with the construct that somebody wrote', () => {
  const made = { ...FINDING, resource: 'WebTask1A2B' };
  assert.equal(
    subjectOf({ ...made, construct: 'Shop/Web/Task/Resource' }),
    'WebTask1A2B (Shop/Web/Task) › app',
  );
  assert.equal(subjectOf({ ...made, construct: 'Shop/Topic', container: null }), 'WebTask1A2B (Shop/Topic)');
});
