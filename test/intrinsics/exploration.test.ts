import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Circumstances, IMPOSSIBLE } from '../../src/intrinsics/circumstances.ts';
import { explore } from '../../src/intrinsics/exploration.ts';
import { type Option, openComparison, type Variable } from '../../src/intrinsics/variables.ts';

const yesOrNo = (name: string) => openComparison(name);
const isYes = ({ text }: Option) => text === 'true';

function variableOf(...texts: readonly string[]): Variable {
  const options = texts.map((text) => ({ text, at: null, origin: 'allowed' }) as const);
  return { ...yesOrNo('parameter'), options };
}

const results = <T>(attempt: (circumstances: Circumstances) => T, budget?: number) =>
  explore(attempt, budget).trials.possible.map(({ result }) => result);

test('all answers are combined that are asked for', () => {
  const [a, b] = [yesOrNo('a'), yesOrNo('b')];
  assert.deepEqual(
    results(({ ask }) => [ask(a, isYes), ask(b, isYes)]),
    [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ],
  );
});

test('a question that depends on an answer is only asked where it matters', () => {
  const [a, b] = [yesOrNo('a'), yesOrNo('b')];
  assert.deepEqual(
    results(({ ask }) => (ask(a, isYes) ? ask(b, isYes) : null)),
    [true, false, null],
  );
});

test('answers about one parameter agree with each other', () => {
  const environment = variableOf('dev', 'stage', 'prod');
  const seen = results(({ ask }) => [
    ask(environment, ({ text }) => text === 'prod'),
    ask(environment, ({ text }) => text === 'dev'),
  ]);
  assert.deepEqual(seen, [
    [false, true],
    [false, false],
    [true, false],
  ]);
});

test('what no deployment has is not tried', () => {
  const row = variableOf('there', 'missing');
  const look = ({ text }: Option) => (text === 'there' ? text : IMPOSSIBLE);
  assert.deepEqual(
    results(({ ask }) => [ask(row, (option) => option.text), ask(row, look)]),
    [['there', 'there']],
  );
});

test('a parameter of many values is tried with each when nothing else is asked', () => {
  const many = variableOf(...Array.from({ length: 700 }, (_, at) => `${at}`));
  const { trials, shortfall } = explore(({ ask }) => ask(many, ({ text }) => text));
  assert.equal(new Set(trials.possible.map(({ result }) => result)).size, 700);
  assert.equal(shortfall, null);
});

test('what is left out beyond the budget is said', () => {
  const all = Array.from({ length: 20 }, (_, at) => yesOrNo(`v${at}`));
  const { trials, shortfall } = explore(({ ask }) => all.map((each) => ask(each, isYes)), 64);
  assert.equal(shortfall?.choices, 20);
  assert.equal(shortfall?.combinations, 2n ** 20n);
  assert.ok(trials.all.length <= 2 * 64);
});

test('nothing is left out where answers spare most questions, however many combinations there would be', () => {
  const all = Array.from({ length: 12 }, (_, at) => yesOrNo(`v${at}`));
  const { trials, shortfall } = explore(({ ask }) => all.findIndex((each) => !ask(each, isYes)), 64);
  assert.deepEqual(trials.possible.map(({ result }) => result).sort(), [...all.keys(), -1].sort());
  assert.equal(shortfall, null);
});

test('nothing is tried twice', () => {
  const all = Array.from({ length: 8 }, (_, at) => yesOrNo(`v${at}`));
  const seen = results(({ ask }) => String(all.map((each) => ask(each, isYes))), 64);
  assert.equal(new Set(seen).size, seen.length);
});

test('questions that come up beyond the budget are varied as well', () => {
  const all = Array.from({ length: 12 }, (_, at) => yesOrNo(`v${at}`));
  const late = yesOrNo('late');
  const seen = results(({ ask }) => {
    const answers = all.map((each) => ask(each, isYes));
    return answers[3] === false && answers[7] === false ? ask(late, isYes) : null;
  }, 64);
  assert.deepEqual([...new Set(seen)].sort(), [false, null, true].sort());
});

test('what is asked in the end, for show, is not varied', () => {
  const a = yesOrNo('a');
  const seen = results((circumstances) => {
    circumstances.conclude();
    return circumstances.ask(a, isYes);
  });
  assert.deepEqual(seen, [true]);
});
