import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRuleSet } from '../../src/cache/programs.ts';
import type { Store } from '../../src/cache/store.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';
import { Source } from '../../src/source/source.ts';

const sources = (...texts: string[]) => texts.map((text, at) => new Source(`${at}.guard`, text));
const RULE = 'rule one { A exists }';
const OTHER = "rule two { B == /x\\/y/ or C in r[1, 2] C == 'é\u2028' }";

/** A store in memory that counts what it is asked. */
function memory() {
  const entries = new Map<string, Buffer>();
  const counts = { hits: 0, writes: 0 };
  const store: Store = {
    read(key) {
      const found = entries.get(key);
      if (found !== undefined) counts.hits++;
      return found;
    },
    write(key, payload) {
      counts.writes++;
      entries.set(key, Buffer.from(payload));
    },
  };
  return { store, counts, entries };
}

const unexpected = (error: unknown) => {
  throw error;
};

test('a set that was parsed twice is recalled as it was parsed', async () => {
  const { store, counts, entries } = memory();
  const set = sources(RULE, OTHER);
  const parse = () => parseRuleSet(set, STANDARD_LIMITS, store, 'build', unexpected);
  const parsed = await parse();
  assert.deepEqual([...entries.values()], [Buffer.alloc(0)], 'seen once');
  assert.deepEqual(await parse(), parsed);
  assert.deepEqual(counts, { hits: 1, writes: 2 });
  assert.deepEqual(await parse(), parsed);
  assert.deepEqual(counts, { hits: 2, writes: 2 });
});

test('another build, another text, another order and another division of the same text all miss', async () => {
  const { store, counts } = memory();
  await parseRuleSet(sources(RULE, OTHER), STANDARD_LIMITS, store, 'build', unexpected);
  await parseRuleSet(sources(RULE, OTHER), STANDARD_LIMITS, store, 'another build', unexpected);
  await parseRuleSet(sources(OTHER, RULE), STANDARD_LIMITS, store, 'build', unexpected);
  await parseRuleSet(sources(RULE, `${OTHER} `), STANDARD_LIMITS, store, 'build', unexpected);
  await parseRuleSet(sources(`${RULE}\n${OTHER}`), STANDARD_LIMITS, store, 'build', unexpected);
  assert.deepEqual(counts, { hits: 0, writes: 5 });
});

test('file names may change without a miss', async () => {
  const { store, counts } = memory();
  const parse = (name: string) =>
    parseRuleSet([new Source(name, RULE)], STANDARD_LIMITS, store, 'build', unexpected);
  await parse('a.guard');
  await parse('b.guard');
  const [recalled] = await parse('c.guard');
  assert.equal(recalled?.source.name, 'c.guard');
  assert.deepEqual(counts, { hits: 2, writes: 2 });
});

test('a set with a file that cannot be parsed reports it each time and keeps the others', async () => {
  const { store, counts } = memory();
  for (let run = 0; run < 2; run++) {
    const errors: unknown[] = [];
    const parsed = await parseRuleSet(sources('rule {', RULE), STANDARD_LIMITS, store, 'build', (error) =>
      errors.push(error),
    );
    assert.deepEqual(
      parsed.map(({ source }) => source.name),
      ['1.guard'],
    );
    assert.equal(errors.length, 1);
  }
  assert.deepEqual(counts, { hits: 0, writes: 0 });
});

test('without a build nothing is kept', async () => {
  const { store, counts } = memory();
  await parseRuleSet(sources(RULE), STANDARD_LIMITS, store, null, unexpected);
  assert.deepEqual(counts, { hits: 0, writes: 0 });
});
