import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withReadablePlaceholders } from '../../../src/template/task-definition/bare-placeholders.ts';

const readable = (text: string) => withReadablePlaceholders(Buffer.from(text))?.toString();

test('a placeholder outside of quotes becomes readable and moves nothing', () => {
  assert.equal(
    readable('{"containerDefinitions": [{"cpu": ${cpu}, "memory": {{ mem[0] }}, "name": "ü${x}"}]}'),
    '{"containerDefinitions": [{"cpu": $<cpu>, "memory": << mem_0_ >>, "name": "ü${x}"}]}',
  );
  assert.equal(
    readable('[{"image": "a", "entryPoint": ${entry}}]'),
    '[{"image": "a", "entryPoint": $<entry>}]',
  );
});

test('there is nothing to do for other files and without such placeholders', () => {
  assert.equal(readable('{"containerDefinitions": [{"cpu": "${cpu}"}]}'), undefined);
  assert.equal(readable('Resources: {A: {B: {{ containerDefinitions }}}}'), undefined);
  assert.equal(readable('services: {{ image }}'), undefined);
});
