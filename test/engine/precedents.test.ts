import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, trace } from '../../src/engine/evaluate.ts';
import { EvaluationError } from '../../src/engine/evaluation-error.ts';
import { Subject } from '../../src/engine/subject.ts';
import { dataOf, programOf } from '../support/judge.ts';
import { countWork } from '../support/work.ts';

/** What a rule file may ask about a document: its sections, its resources, both, or the clock. */
const RULES = [
  "let buckets = Resources.*[ Type == 'Bucket' ]\nrule r when %buckets !empty { %buckets.Size exists }",
  "rule r { Resources.*[ Type in ['Bucket', 'Queue'] ].Size exists }",
  "rule r { Resources.*[ Type == 'Bucket' ] !empty or Resources.*[ Type == 'Queue' ] empty }",
  'Bucket::Of::Files { Size exists }',
  'rule r { Parameters exists }',
  'rule r { parameters exists }',
  'rule r { Parameters !empty }',
  "rule r { Parameters.Stage == 'test' or Outputs !exists }",
  'let document = this\nrule r when has(%document) { Outputs exists }\nrule has(it) { %it { Parameters exists } }',
  'let document = this\nrule r { %document is_struct }',
  'let document = this\nrule r { %document !empty }',
  "let section = 'Outputs'\nrule r { this.%section exists }",
  'rule r { this.*.Size exists }',
  'rule r { this[ keys == /^Out/ ] !empty }',
  'let n = count(this.*)\nrule r { %n == 1 }',
  'rule r { Resources.*.Type exists }',
  'let t = now()\nrule r { %t > 0 }',
  'rule r { Outputs !exists or %nowhere exists }',
  'rule r { Resources empty }',
  'rule r { Resources == Outputs }',
  'rule r { Parameters in Outputs }',
  'rule a { Outputs exists }\nrule b when a\n { Parameters exists }\nrule c {\n not a\n }',
];

const DOCUMENTS = [
  'Resources: {a: {Type: Queue}}',
  'Resources: {a: {Type: Topic}}',
  'Resources: {a: {Type: Bucket, Size: 1}}',
  'Resources: {a: {Type: Bucket}}',
  'Resources: {a: {Type: "Bucket::Of::Files"}}',
  'Resources: {a: {Type: Topic}}\nParameters: {Stage: test}',
  'Resources: {a: {Type: Topic}}\nParameters: {Stage: live}\nOutputs: {Size: 1}',
  'Resources: {a: {Type: Topic}}\nParameters: {}\nOutputs: {}',
  'Resources: {a: {Type: Topic}}\nOutputs: 5',
  'Resources: {a: {Type: Topic}}\nOutputs: 6\nOutputs: 7',
  'Resources: {a: {type: Bucket}}',
  'Resources: {}',
  'Parameters: {}',
  // The same text when joined.
  '{Resources: {a: {Type: Topic}}, "x\\0Outputs": 1}',
  '{Resources: {a: {Type: Topic}}, x: 1, Outputs: 1}',
  '{Resources: {a: {Type: Topic}}, "x,Outputs": 1}',
  '[1]',
];

function outcome(judge: () => unknown): unknown {
  try {
    return judge();
  } catch (error) {
    if (error instanceof EvaluationError) return error.message;
    throw error;
  }
}

for (const rules of RULES)
  test(`whatever was judged before, a document has the verdicts of its own record: ${rules}`, () => {
    const program = programOf(rules);
    for (const data of [...DOCUMENTS, ...DOCUMENTS.toReversed()]) {
      const root = dataOf(data);
      const verdicts = outcome(() => evaluate(program, new Subject(root)).rules.map(({ status }) => status));
      const recorded = outcome(() => trace(program, new Subject(root)).children.map(({ status }) => status));
      assert.deepEqual(verdicts, recorded, data);
    }
  });

test('rules that find none of their resources are run for one of many documents', async () => {
  const program = programOf(RULES[0]!);
  const subjects = Array.from(
    { length: 9 },
    (_, at) => new Subject(dataOf(`Resources: {a: {Type: Topic, At: ${at}}}`)),
  );
  const { calls } = await countWork(() => {
    for (const subject of subjects) assert.equal(evaluate(program, subject).status, 'SKIP');
  });
  assert.equal(calls.get('engine/evaluate.ts run'), 1);
});

test('rules that look into every document are not run twice on more than a few of them', async () => {
  const program = programOf('rule r { Resources.*.At >= 0 }');
  const subjects = Array.from({ length: 50 }, (_, at) => new Subject(dataOf(`Resources: {a: {At: ${at}}}`)));
  const { calls } = await countWork(() => {
    for (const subject of subjects) assert.equal(evaluate(program, subject).status, 'PASS');
  });
  assert.equal(calls.get('engine/evaluate.ts run'), 58);
});
