import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutantsOf, mutate } from '../../scripts/mutation/mutants.ts';

const changes = (source: string) => mutantsOf(source).map((mutant) => mutate(source, mutant));

test('each operator is changed once, in the place where it stands', () => {
  assert.deepEqual(changes('x = a === b && !c(0);\n'), [
    'x = a !== b && !c(0);\n',
    'x = a === b || !c(0);\n',
    'x = a === b && c(0);\n',
    'x = a === b && !c(1);\n',
  ]);
});

test('a condition is forced both ways, and what is returned is forgotten', () => {
  assert.deepEqual(changes('if (a(b)) return c(d);\n'), [
    'if (true) return c(d);\n',
    'if (false) return c(d);\n',
    'if (a(b)) return undefined;\n',
  ]);
  assert.deepEqual(changes('return undefined;\n'), []);
});

test('texts are emptied, patterns match nothing or lose an anchor, arguments change places', () => {
  assert.deepEqual(changes("a('b', c(d, e), c(d, d));\n"), [
    "a('', c(d, e), c(d, d));\n",
    "a('b', c(e, d), c(d, d));\n",
  ]);
  assert.deepEqual(changes('a(/^b$/u);\n'), ['a(/(?!)/u);\n', 'a(/b$/u);\n', 'a(/^b/u);\n']);
  assert.deepEqual(changes("a('');\n"), []);
  assert.deepEqual(changes("a('b && c');\n"), ["a('');\n"]);
});

test('what is no code stays as it is', () => {
  for (const text of [
    '// a === b\n',
    '/* a && b */\n',
    'interface A {\n  readonly b: true;\n}\n',
    'type A = true extends B ? 0 : 1;\n',
    "import { a } from './a && b.ts';\n",
    "import type {\n  A,\n} from './a.ts';\n",
  ])
    assert.deepEqual(changes(text), [], text);
});

test('a statement that only calls, sets or counts something is left out', () => {
  for (const statement of ['out.push(value);', 'this.#out = value;', 'out[at] += value;', 'out.at++;'])
    assert.deepEqual(changes(`{\n  ${statement}\n}\n`), ['{\n  ;\n}\n'], statement);
});
