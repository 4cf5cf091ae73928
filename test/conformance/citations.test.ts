import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURES = join(ROOT, 'fixtures/conformance');

/** Comments prove an oddity by a fixture: `07-queries.json`, or `07-queries.json, "name of a case"`. */
const CITATION = /(\d\d-[a-z-]+\.json)(?:,[\s*/]*"([^"]+)")?/g;

test('every fixture that a comment cites exists', () => {
  const cases = new Map(
    readdirSync(FIXTURES).map((file) => {
      const all = JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')) as { name: string }[];
      return [file, new Set(all.map(({ name }) => name))];
    }),
  );
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  let cited = 0;
  for (const path of sources.filter((name) => name.endsWith('.ts'))) {
    for (const [citation, file = '', name] of readFileSync(join(ROOT, 'src', path), 'utf8').matchAll(
      CITATION,
    )) {
      assert.ok(cases.has(file), `${path} cites ${citation}`);
      if (name !== undefined) assert.ok(cases.get(file)?.has(name), `${path} cites ${citation}`);
      cited++;
    }
  }
  assert.ok(cited > 0);
});
