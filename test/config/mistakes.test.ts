import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import { PACKS } from '../../src/check/pack-names.ts';
import { mistakesIn } from '../../src/config/mistakes.ts';
import { Random } from '../support/random.ts';
import { MISTAKEN, USABLE } from './samples.ts';

const schema = JSON.parse(readFileSync(new URL('../../ecs-guardrc.schema.json', import.meta.url), 'utf8'));
const agrees = new Ajv({ format: 'full' }).compile(schema);

for (const [name, settings] of Object.entries(USABLE))
  test(`nothing is said about ${name}, and the schema agrees`, () => {
    assert.deepEqual(mistakesIn(settings, PACKS), []);
    assert.equal(agrees(settings), true, JSON.stringify(agrees.errors));
  });

for (const [message, settings] of Object.entries(MISTAKEN))
  test(`it is said that ${message}, and the schema agrees`, () => {
    const mistakes = mistakesIn(settings, PACKS);
    assert.deepEqual(
      mistakes.map((mistake) => mistake.message),
      [message.replace(', not a time', '')],
    );
    assert.match(mistakes[0]?.help ?? '', /\S/);
    assert.equal(agrees(settings), false);
  });

test('every mistake is told, in the order of the settings', () => {
  const settings = { packs: ['best', 'baseline', 'strickt'], raport: 'new', failOn: ['nothing', 3] };
  assert.deepEqual(
    mistakesIn(settings, PACKS).map(({ path }) => path.join('/')),
    ['packs/0', 'packs/2', 'raport', 'failOn/0', 'failOn/1'],
  );
});

test('what was probably meant is proposed', () => {
  const helps = mistakesIn(
    { pack: [], packs: ['basline'], severity: { one: 'warning', two: 'fatal' } },
    PACKS,
  );
  assert.deepEqual(
    helps.map(({ help }) => help),
    [
      'did you mean `packs`?',
      'did you mean `baseline`?',
      'choose one of `error`, `warn`, `info`, `off`',
      'choose one of `error`, `warn`, `info`, `off`',
    ],
  );
});

test('names that every object has are settings as little as others', () => {
  const settings = JSON.parse('{ "constructor": 1, "__proto__": 2, "severity": { "toString": "warn" } }');
  assert.deepEqual(
    mistakesIn(settings, PACKS).map(({ message }) => message),
    ['there is no setting `constructor`', 'there is no setting `__proto__`'],
  );
});

const random = new Random(5);
const SCALARS = [
  null,
  0,
  true,
  '',
  ' ',
  'a',
  'off',
  'warn',
  'strict',
  'new',
  '2027-02-29',
  '2027-12-31',
  '!a',
  'a/..',
  '\\',
];
const VALUES = [...SCALARS, [], {}, ['a'], { a: 'warn' }];
const KEYS = [...Object.keys(schema.properties), 'rule', 'file', 'reason', 'until', 'resource', 'other'];

/** The same with some values replaced, and some entries added or left out. */
function changed(value: unknown): unknown {
  if (random.chance(0.15)) return random.pick(VALUES);
  const inner = (each: unknown) => (random.chance(0.4) ? changed(each) : each);
  if (Array.isArray(value)) return value.concat(random.chance(0.2) ? [random.pick(VALUES)] : []).map(inner);
  if (typeof value !== 'object' || value === null) return random.pick(SCALARS);
  const kept = Object.entries(value).filter(() => random.chance(0.9));
  const added = random.chance(0.2) ? [[random.pick(KEYS), random.pick(VALUES)] as const] : [];
  return Object.fromEntries([...kept, ...added].map(([key, each]) => [key, inner(each)]));
}

test('the schema agrees about settings of every kind', () => {
  const samples = [...Object.values(USABLE), ...Object.values(MISTAKEN)];
  let usable = 0;
  for (let count = 0; count < 5000; count++) {
    const settings = changed(random.pick(samples));
    const mistakes = mistakesIn(settings, PACKS);
    if (mistakes.length === 0) usable++;
    assert.equal(
      agrees(settings),
      mistakes.length === 0,
      JSON.stringify([settings, mistakes, agrees.errors]),
    );
  }
  assert.ok(usable > 250, `${usable}`);
});
