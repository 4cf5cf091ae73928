import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutantsOf, mutate } from '../../scripts/mutation/mutants.ts';

const changes = (source: string) => mutantsOf(source).map((mutant) => mutate(source, mutant));

test('each operator is changed once, in the place where it stands', () => {
  assert.deepEqual(changes('if (a === b && !c(0)) d();\n'), [
    'if (a !== b && !c(0)) d();\n',
    'if (a === b || !c(0)) d();\n',
    'if (a === b && c(0)) d();\n',
    'if (a === b && !c(1)) d();\n',
  ]);
});

test('what is no code stays as it is', () => {
  for (const text of [
    '// a === b\n',
    '/* a && b */\n',
    "x('a < b');\n",
    'x(/a === b/);\n',
    'interface A {\n  readonly b: true;\n}\n',
    'type A = true extends B ? 0 : 1;\n',
    "import { a } from './a && b.ts';\n",
  ])
    assert.deepEqual(changes(text), [], text);
});

test('a statement that only calls something is left out', () => {
  assert.deepEqual(changes('{\n  out.push(value);\n}\n'), ['{\n  ;\n}\n']);
});
