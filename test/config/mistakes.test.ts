import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import fc from 'fast-check';
import { PACKS } from '../../src/check/pack-names.ts';
import { mistakesIn } from '../../src/config/mistakes.ts';
import { Choices, decisions } from '../properties/arbitraries/choices.ts';
import { holds } from '../properties/property.ts';
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

/** The same with some values replaced, and some entries added or left out, down to some depth. */
function changed(value: unknown, choices: Choices, depth = 4): unknown {
  if (choices.rarely(7)) return choices.pick(VALUES);
  const inner = (each: unknown) =>
    depth > 0 && choices.rarely(3) ? changed(each, choices, depth - 1) : each;
  if (Array.isArray(value)) return value.concat(choices.rarely(5) ? [choices.pick(VALUES)] : []).map(inner);
  if (typeof value !== 'object' || value === null) return choices.pick(SCALARS);
  const kept = Object.entries(value).filter(() => !choices.rarely(10));
  const added = choices.rarely(5) ? [[choices.pick(KEYS), choices.pick(VALUES)] as const] : [];
  return Object.fromEntries([...kept, ...added].map(([key, each]) => [key, inner(each)]));
}

test('the schema agrees about settings of every kind', async () => {
  const samples = fc.constantFrom(...Object.values(USABLE), ...Object.values(MISTAKEN));
  const settings = fc
    .tuple(samples, decisions)
    .map(([sample, numbers]) => changed(sample, new Choices(numbers)));
  const usable: boolean[] = [];
  await holds(3000, settings, (each) => {
    const mistakes = mistakesIn(each, PACKS);
    usable.push(mistakes.length === 0);
    assert.equal(agrees(each), mistakes.length === 0, JSON.stringify([mistakes, agrees.errors]));
  });
  assert.ok(usable.filter((is) => is).length > usable.length / 20);
});
