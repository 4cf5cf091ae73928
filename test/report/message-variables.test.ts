import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillIn } from '../../src/report/message-variables.ts';

const VARIABLES = { resource: 'Worker', container: 'app', value: 'root' };

test('variables are filled in wherever they stand', () => {
  assert.equal(
    fillIn('{container} of {resource}: user "{value}"', () => VARIABLES),
    'app of Worker: user "root"',
  );
});

test('two braces stand for one and the text in it', () => {
  assert.equal(
    fillIn('write {{value}} for {value}', () => VARIABLES),
    'write {value} for root',
  );
});

test('other names in braces are text', () => {
  const message = 'use {{resolve:ssm:name}}, ${value_of} or { "a": {} }';
  assert.equal(
    fillIn(message, () => VARIABLES),
    message,
  );
});

test('a variable that stands for nothing is text', () => {
  assert.equal(
    fillIn('{container} of {resource}', () => ({ ...VARIABLES, container: null })),
    '{container} of Worker',
  );
});

test('what is filled in is not filled in again', () => {
  assert.equal(
    fillIn('{value}', () => ({ ...VARIABLES, value: '{resource} $& {{value}}' })),
    '{resource} $& {{value}}',
  );
});
