import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholderCall } from '../../../src/template/task-definition/placeholders.ts';

test('a placeholder that is the whole text is as unknown as a reference', () => {
  for (const text of [
    '<IMAGE1_NAME>',
    '<image>',
    '${RUN_AS}',
    '${RUN_AS:-root}',
    '{{ run_as }}',
    '%RUN_AS%',
    '$<cpu>',
    '<< cpu >>',
  ])
    assert.deepEqual(placeholderCall(text), { name: 'Ref', argument: text }, text);
});

test('a text with placeholders in it is known but for these', () => {
  const texts = {
    'repo/app:${TAG}': 'repo/app:${TAG}',
    '<account-id>.dkr.ecr.{{ region }}.amazonaws.com/%NAME%:1':
      '${<account-id>}.dkr.ecr.${region}.amazonaws.com/${%NAME%}:1',
    '<REPO>:{{must_env `TAG`}}': '${<REPO>}:${must_env `TAG`}',
  };
  for (const [text, argument] of Object.entries(texts))
    assert.deepEqual(placeholderCall(text), { name: 'Fn::Sub', argument }, text);
});

test('text that only looks a little like a placeholder is text', () => {
  for (const text of [
    'root',
    '',
    '$HOME',
    'echo "<html><b>hello</b></html>"',
    'a < b > c',
    '100% of 50%',
    '{"a": 1}',
  ])
    assert.equal(placeholderCall(text), undefined, text);
});
