import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evaluate, trace } from '../../src/engine/evaluate.ts';
import { EvaluationError } from '../../src/engine/evaluation-error.ts';
import { Subject } from '../../src/engine/subject.ts';
import { dataOf, programOf, verdicts } from '../support/judge.ts';
import { countWork } from '../support/work.ts';

interface Vector {
  readonly name: string;
  readonly rules: string;
  readonly data: string;
  readonly expect?: object;
}

const VECTORS = new URL('../../fixtures/conformance/', import.meta.url);

function vectors(): { title: string; vector: Vector }[] {
  return readdirSync(VECTORS).flatMap((file) => {
    const all = JSON.parse(readFileSync(new URL(file, VECTORS), 'utf8')) as Vector[];
    return all.map((vector) => ({ title: `${file}: ${vector.name}`, vector }));
  });
}

function outcome(judge: () => unknown): unknown {
  try {
    return judge();
  } catch (error) {
    if (error instanceof EvaluationError) return error.message;
    throw error;
  }
}

test('both tiers come to the same verdicts and errors on every conformance vector', () => {
  for (const { title, vector } of vectors()) {
    if (vector.expect === undefined) continue;
    const program = programOf(vector.rules);
    const root = dataOf(vector.data);
    const first = outcome(() => evaluate(program, new Subject(root)).rules.map(({ status }) => status));
    const second = outcome(() => trace(program, new Subject(root)).children.map(({ status }) => status));
    assert.deepEqual(second, first, title);
  }
});

test('one program judges many documents without remembering any', () => {
  const program = programOf('let names = Resources[ n | Type == "A" ]\nrule r { %names !empty\n %n == "x" }');
  const judge = (name: string) =>
    evaluate(program, new Subject(dataOf(`Resources: {"${name}": {Type: A}}`))).status;
  assert.deepEqual(['x', 'y', 'x'].map(judge), ['PASS', 'FAIL', 'PASS']);
});

test('a failed clause does not keep a later one from raising its error', () => {
  assert.throws(
    () => verdicts('rule r {\n a == 2\n count empty\n}', 'a: 1\ncount: 5'),
    /Attempting EMPTY operation on type int that does not support it at \/count/,
  );
});

/** Clauses of every form that raise an error on {@link OBJECTIONABLE}. */
const OBJECTIONS = [
  'count empty',
  'a == 2 or count empty',
  'when a exists { count empty }',
  'when count empty { a exists }',
  'this { count empty }',
  'Resources[ Size empty ] { Type exists }',
  'Resources[ Type exists ][ Type exists ] !empty',
  'Resources[ keys == %nowhere ] !empty',
  "Resources.*[ Type == 'A::B'\n Size empty ] !empty",
  'Resources.%count !empty',
  'A::B { Size empty }',
  'A::B when count empty { Type exists }',
  '%word exists',
  '%word.x exists',
  'a == %word',
  'a == parse_int(text)',
  'r',
  'not nowhere',
  'mistake(1)',
];
const OBJECTIONABLE = 'a: 1\ncount: 5\ntext: x\nResources: {b: {Type: "A::B", Size: 1}}';

for (const clause of OBJECTIONS)
  test(`a failed clause does not keep a later one of any form from raising its error: ${clause}`, () => {
    const program = programOf(
      [
        'let count = count',
        'let word = parse_int(text)',
        'rule mistake(it) { count empty }',
        `rule r {\n a == 2\n ${clause}\n}`,
      ].join('\n'),
    );
    const subject = new Subject(dataOf(OBJECTIONABLE));
    assert.throws(() => evaluate(program, subject), EvaluationError);
    assert.throws(() => trace(program, subject), EvaluationError);
  });

/** Queries that can neither raise an error nor capture a name. */
const HARMLESS = [
  'a',
  'this',
  'list[0]',
  'list[*]',
  'map.*',
  'map.b',
  'list[ this == 1 ]',
  "map[ keys == 'b' ]",
  'map[ keys == b ]',
  'map[ keys == %x ]',
  '%x',
  '%x[*].b',
  '%literal',
];

const HARMLESS_CLAUSES = [
  ...HARMLESS.map((query) => `${query} exists`),
  'a == 2 or a == 3',
  'when a == 1 { a exists }',
  'map { b exists }',
];

for (const clause of HARMLESS_CLAUSES)
  test(`after a failure nothing is asked that can only confirm it: ${clause}`, async () => {
    const program = programOf(`let x = map.b\nlet literal = 'b'\nrule r {\n a == 2\n ${clause}\n}`);
    const subject = new Subject(dataOf('a: 1\nlist: [1, 2]\nmap: {b: b}'));
    const { calls } = await countWork(() => assert.equal(evaluate(program, subject).status, 'FAIL'));
    assert.equal(calls.get('engine/outcomes.ts Outcomes'), 1);
  });

test('one value that decides is enough', async () => {
  const asked = async (query: string) => {
    const program = programOf(`rule r { ${query} exists }`);
    const subject = new Subject(dataOf('list: [{a: 1}, {a: 2}, {b: 3}, {b: 4}, {a: 5}]'));
    const { calls } = await countWork(() => evaluate(program, subject));
    return [calls.get('engine/outcomes.ts pass'), calls.get('engine/outcomes.ts unary')];
  };
  assert.deepEqual(await asked('list[*].a'), [2, 1]);
  assert.deepEqual(await asked('some list[*].b'), [1, 2]);
});

test('a rule that others refer to is judged once', async () => {
  const judged = 'rule judged { a exists }';
  const user = 'rule user {\n judged\n judged\n}';
  for (const rules of [`${judged}\n${user}`, `${user}\n${judged}`]) {
    const program = programOf(rules);
    const subject = new Subject(dataOf('a: 1'));
    const { calls } = await countWork(() => assert.equal(evaluate(program, subject).status, 'PASS'));
    assert.equal(calls.get('engine/outcomes.ts Outcomes'), 1);
  }
});

test('a failed value does not keep a later one of the same clause from raising its error', () => {
  assert.throws(
    () => verdicts('rule r {\n this.* !empty or b exists\n}', 'a: []\nb: 5'),
    /Attempting EMPTY operation on type int that does not support it at \/b\[L:1,C:3\]/,
  );
});

test('a failed clause does not keep a later filter from capturing names', () => {
  const rules = 'rule r {\n a == 2\n Resources[ name | Type == "A" ] !empty\n}\nrule s { %name == "x" }';
  assert.deepEqual(verdicts(rules, 'a: 1\nResources: {x: {Type: A}}'), { r: 'FAIL', s: 'PASS' });
});

test('a rule that refers to itself is an error, whichever way round', () => {
  assert.throws(() => verdicts('rule a { a\n }', '{}'), /Rule a depends on itself/);
  assert.throws(() => verdicts('rule a { b\n }\nrule b { a\n }', '{}'), /Rule [ab] depends on itself/);
});

test('a variable that depends on itself is an error only when it is used', () => {
  const variables = 'let x = Resources[ this == %y ]\nlet y = Resources[ this == %x ]\n';
  assert.deepEqual(verdicts(`${variables}rule r { a == 1 }`, 'a: 1\nResources: {b: 1}'), { r: 'PASS' });
  assert.throws(
    () => verdicts(`${variables}rule r { %x empty }`, 'a: 1\nResources: {b: 1}'),
    /Variable x depends on itself/,
  );
});

test('parameterized rules that call each other for ever are an error', () => {
  assert.throws(
    () => verdicts('rule p(x) { p(%x) }\nrule r { p(1) }', '{}'),
    (error: unknown) => error instanceof EvaluationError && /too deeply/.test(error.message),
  );
});

test('unknown names are errors when they are reached and invisible when they are not', () => {
  assert.deepEqual(verdicts('rule r { a == 1 or %nowhere exists }', 'a: 1'), { r: 'PASS' });
  assert.throws(
    () => verdicts('rule r { %nowhere exists }', 'a: 1'),
    /There was no variable or value object to resolve\. Error = `Could not resolve variable by name nowhere across scopes`/,
  );
  assert.throws(
    () => verdicts('rule r { nowhere\n }', 'a: 1'),
    /`Rule nowhere by that name does not exist, Rule Names = \["r"\]`/,
  );
  assert.throws(
    () => verdicts('rule p(x) { %x exists }\nrule r { q(1) }', 'a: 1'),
    /`Parameterized Rule with name q was not found, candidate \["p"\]`/,
  );
  assert.throws(
    () => verdicts('rule p(x) { %x exists }\nrule r { p(1, 2) }', 'a: 1'),
    /`Arity mismatch for called parameter rule p, expected 1, got 2`/,
  );
});

test('only keys and indices may follow a variable that stands for a key', () => {
  for (const behind of ['.*', '[ x == 1 ]'])
    assert.throws(() => verdicts(`rule r {\n let k = 'b'\n map.%k${behind} exists\n}`, 'map: {b: {x: 1}}'), {
      message: `Types or variable assignments are incompatible \`This type of query %k based variable interpolation is not supported map, map.%k.${behind === '.*' ? '*' : ' (filter-clauses)'}\``,
    });
});

test('`now` asks the clock that the caller gives', () => {
  const rules = 'rule r {\n let t = now()\n %t == 86400\n}';
  assert.deepEqual(verdicts(rules, '{}', { now: () => 86_400_999 }), { r: 'PASS' });
  assert.deepEqual(verdicts(rules, '{}', { now: () => 86_401_000 }), { r: 'FAIL' });
});

test('a pattern that would take for ever is an error, not a verdict', () => {
  const data = `s: ${'a'.repeat(40)}b`;
  assert.throws(
    () => verdicts('rule r { s == /^(?=a)(a+)+$(?!c)/ }', data),
    (error: unknown) => error instanceof EvaluationError && /regular expression/.test(error.message),
  );
});

test('`json_parse` of what is no YAML is an error that says where', () => {
  assert.throws(() => verdicts('rule r {\n let e = json_parse("{a")\n %e exists\n}', '{}'), {
    message:
      "Error parsing incoming YAML context did not find expected ',' or '}' at line 2 column 1, while parsing a flow mapping",
  });
  assert.throws(() => verdicts('rule r {\n let e = json_parse("1: 2")\n %e exists\n}', '{}'), {
    message:
      'non string type detected for key in a map at , cfn-guard only supports keys that are string types',
  });
});
