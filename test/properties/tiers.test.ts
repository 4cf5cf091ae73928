import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluate, trace, traceFailures, traceReasons } from '../../src/engine/evaluate.ts';
import { EvaluationError } from '../../src/engine/evaluation-error.ts';
import { Subject } from '../../src/engine/subject.ts';
import { printRules } from '../../src/language/printer.ts';
import { findings } from '../../src/report/findings.ts';
import { pathOf } from '../../src/value/path.ts';
import { dataOf, programOf } from '../support/judge.ts';
import { document } from './arbitraries/data.ts';
import { jsonOf } from './arbitraries/notation.ts';
import { rulesFile } from './arbitraries/rules.ts';
import { holds } from './property.ts';

const now = () => Date.UTC(2027, 0, 1);

/** The status of the file and of each rule, or why there is none. */
type Said = readonly string[];

/** By the first tier, which may have judged other documents before. */
function verdicts(program: ReturnType<typeof programOf>, text: string): Said {
  return said(() => {
    const { status, rules } = evaluate(program, new Subject(dataOf(text)), { now });
    return [status, ...rules.map((each) => `${each.rule.name} ${each.status}`)];
  });
}

/** By the second tier, which reports are made from. */
function recorded(rules: string, text: string, traced: typeof trace): Said {
  return said(() => {
    const { status, children } = traced(programOf(rules), new Subject(dataOf(text)), { now });
    return [
      status,
      ...children.map(
        (each) => `${each.event.kind === 'rule' ? each.event.rule.name : each.event.kind} ${each.status}`,
      ),
    ];
  });
}

function said(judgement: () => Said): Said {
  try {
    return judgement();
  } catch (error) {
    if (error instanceof EvaluationError) return ['error', error.message];
    throw error;
  }
}

const cases = fc.record({
  rules: rulesFile.map(printRules),
  documents: fc.array(document.map(jsonOf), { minLength: 1, maxLength: 3 }),
});

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never;
const shown = ({ rules, documents }: Case) => [rules, ...documents].join('\n--- data\n');

test('the tier that only judges and the tier that records say the same of every rule', () =>
  holds(
    140,
    cases,
    ({ rules, documents }) => {
      const program = programOf(rules);
      for (const text of documents)
        for (const traced of [trace, traceReasons, traceFailures])
          assert.deepEqual(verdicts(program, text), recorded(rules, text, traced), text);
    },
    shown,
  ));

test('what makes rules fail is the same, however much is recorded', () =>
  holds(
    140,
    cases,
    ({ rules, documents }) => {
      const program = programOf(rules);
      for (const text of documents) {
        const root = dataOf(text);
        const found = (traced: typeof trace) =>
          said(() => {
            const { children } = traced(program, new Subject(root), { now });
            return findings(children, { source: root.source!, root }).map((finding) =>
              [finding.rule, pathOf(finding.value), finding.message, finding.lacking].join(' | '),
            );
          });
        assert.deepEqual(found(traceFailures), found(traceReasons), text);
      }
    },
    shown,
  ));
