import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { EvaluationError } from '../../src/engine/evaluation-error.ts';
import { RulesSyntaxError } from '../../src/language/syntax-error.ts';
import { evaluateTemplate } from '../../src/report/evaluation.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

const evaluations = (rules: string, data: string) =>
  loadTemplates('t.yml', Buffer.from(data)).map((template) =>
    evaluateTemplate(compileRules('r.guard', rules), template),
  );

test('a failing rule has findings with places', () => {
  assert.deepEqual(evaluations(NO_ROOT, taskDefinition('root')), [
    {
      status: 'FAIL',
      rules: [{ name: 'no_root', status: 'FAIL' }],
      findings: [
        {
          rule: 'no_root',
          message: 'run as somebody else',
          path: '/Resources/Worker/Properties/ContainerDefinitions/0/User',
          resource: 'Worker',
          container: 'app',
          line: 8,
          column: 17,
          identity:
            '["r.guard","no_root"]["Resources","Worker","Properties","ContainerDefinitions","app","User"]',
        },
      ],
    },
  ]);
});

test('rules that pass or do not apply have a status and no findings', () => {
  const rules = `${NO_ROOT}rule buckets when Buckets exists { Buckets empty }\n`;
  assert.deepEqual(evaluations(rules, taskDefinition('app')), [
    {
      status: 'PASS',
      rules: [
        { name: 'no_root', status: 'PASS' },
        { name: 'buckets', status: 'SKIP' },
      ],
      findings: [],
    },
  ]);
});

test('every document of a file is judged by itself, and its places are those of the file', () => {
  const [first, second] = evaluations('a == 1', 'a: 1\n---\nb: 2\na: 3\n');
  assert.deepEqual([first?.status, second?.status], ['PASS', 'FAIL']);
  assert.deepEqual([second?.findings[0]?.rule, second?.findings[0]?.line], ['default', 4]);
});

test('rules that depend on the time may be given one', () => {
  const [template] = loadTemplates('t.yml', Buffer.from('a: 5'));
  const program = compileRules('r.guard', 'rule r { let t = now()\n %t == 5 }');
  assert.equal(evaluateTemplate(program, template!, { now: () => 5000 }).status, 'PASS');
  assert.equal(evaluateTemplate(program, template!, { now: () => 9000 }).status, 'FAIL');
});

test('what cannot be used is an error that says where or why', () => {
  assert.throws(
    () => compileRules('r.guard', 'rule r {\n  a ==\n}'),
    (error) => error instanceof RulesSyntaxError && error.diagnostic.line === 2,
  );
  assert.throws(() => evaluations('%missing exists', 'a: 1'), EvaluationError);
});
