import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { compile } from '../../src/engine/compile.ts';
import { evaluate, type RuleVerdict } from '../../src/engine/evaluate.ts';
import { EvaluationError } from '../../src/engine/evaluation-error.ts';
import type { Status } from '../../src/engine/status.ts';
import { Subject } from '../../src/engine/subject.ts';
import { parseRules } from '../../src/language/parser.ts';
import { RulesSyntaxError } from '../../src/language/syntax-error.ts';
import { Source } from '../../src/source/source.ts';
import { DataError, loadGuardData } from '../../src/template/guard-data.ts';
import { CONFORMANCE } from './known-differences.ts';

/*
 * The conformance cases: what native Guard 3.2.0 says about a rule file and a document, for every clause, operator,
 * query form, function and oddity of the language.
 */

interface Case {
  readonly name: string;
  readonly rules: string;
  readonly data: string;
  readonly expect?: Verdicts;
  readonly expect_error?: Refusal;
}

type Verdicts = Readonly<Record<string, Status>>;
type Refusal = 'parse-rules' | 'parse-data' | 'evaluate';

const FOLDER = new URL('../../fixtures/conformance/', import.meta.url);
const unused = new Set(CONFORMANCE.map((each) => each.case));

for (const file of readdirSync(FOLDER).sort()) {
  const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly Case[];
  describe(file, () => {
    for (const each of cases) {
      const differs = unused.delete(`${file}: ${each.name}`);
      test(each.name, () => {
        const expected = each.expect ?? each.expect_error;
        if (differs) assert.notDeepEqual(judge(each), expected, 'agrees by now: remove the known difference');
        else assert.deepEqual(judge(each), expected);
      });
    }
  });
}

test('every known difference names a case', () => {
  assert.deepEqual([...unused], []);
});

/** The verdict of every rule, or the step that refuses its input. */
function judge({ rules, data }: Case): Verdicts | Refusal {
  try {
    const source = new Source('r.guard', rules);
    const program = compile(parseRules(source), source);
    const { root } = loadGuardData('d.yaml', Buffer.from(data));
    return byName(evaluate(program, new Subject(root)).rules);
  } catch (error) {
    if (error instanceof RulesSyntaxError) return 'parse-rules';
    if (error instanceof DataError) return 'parse-data';
    if (error instanceof EvaluationError) return 'evaluate';
    throw error;
  }
}

/** Several rules of one name count as one, as they do in the native report: what failed, failed. */
function byName(verdicts: readonly RuleVerdict[]): Verdicts {
  const weight = { SKIP: 0, PASS: 1, FAIL: 2 };
  const statuses: Record<string, Status> = {};
  for (const { rule, status } of verdicts) {
    const known = statuses[rule.name];
    if (known === undefined || weight[known] < weight[status]) statuses[rule.name] = status;
  }
  return statuses;
}
