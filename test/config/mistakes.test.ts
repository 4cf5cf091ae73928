import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import { PACKS } from '../../src/check/pack-names.ts';
import { mistakesIn } from '../../src/config/mistakes.ts';
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
