import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadTemplates } from '../../src/template/templates.ts';
import type { Value } from '../../src/value/value.ts';
import { judgeBy, mend } from './mend.ts';

const STRICT = judgeBy('strict');

/** Templates of our own, by name. */
const TEMPLATES = ['ecs', 'templates', 'readme'].flatMap((folder) => {
  const path = fileURLToPath(new URL(`../../fixtures/${folder}/`, import.meta.url));
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(?:ya?ml|json|template)$/.test(name))
    .map((name): [string, string] => [`${folder}/${name}`, readFileSync(path + name, 'utf8')]);
});

/** The same data in other notations. */
function notations(text: string): string[] {
  const documents = loadTemplates('', Buffer.from(text));
  const data = documents.length === 1 ? plain(documents[0]!.root) : undefined;
  const json =
    data === undefined ? [] : [undefined, 2, '\t'].map((indent) => JSON.stringify(data, null, indent));
  return [text, text.trimEnd(), `\ufeff${text.replace(/\r?\n/g, '\r\n')}`, ...json];
}

function plain(value: Value): unknown {
  if (value.kind === 'list') return value.value.map(plain);
  if (value.kind === 'map')
    return Object.fromEntries(value.value.values.map((entry) => [entry.key, plain(entry)]));
  return typeof value.value === 'bigint' ? Number(value.value) : value.value;
}

test('a template is repaired alike in every notation, and a second time in none', () => {
  let repairs = 0;
  for (const [name, text] of TEMPLATES) {
    const summaries = notations(text).map((notation) => {
      const once = mend(notation, STRICT);
      const twice = mend(once.text, STRICT);
      assert.equal(twice.text, once.text, name);
      assert.deepEqual(twice.fixed, [], name);
      assert.equal(once.text.includes('\r'), notation.includes('\r'), name);
      return once.fixed.map(({ resource, container, rule, message }) => [resource, container, rule, message]);
    });
    repairs += summaries[0]!.length;
    for (const summary of summaries) assert.deepEqual(summary.toSorted(), summaries[0]!.toSorted(), name);
  }
  assert.ok(repairs > 20, `${repairs} repairs`);
});
