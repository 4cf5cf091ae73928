import { compile, type Program } from '../../src/engine/compile.ts';
import { type EvaluationOptions, evaluate, trace } from '../../src/engine/evaluate.ts';
import type { EventRecord } from '../../src/engine/record.ts';
import type { Status } from '../../src/engine/status.ts';
import { Subject } from '../../src/engine/subject.ts';
import { parseRules } from '../../src/language/parser.ts';
import { Source } from '../../src/source/source.ts';
import { loadGuardData } from '../../src/template/guard-data.ts';
import type { Value } from '../../src/value/value.ts';

/** Rules named `r.guard`, ready to run. */
export function programOf(rules: string): Program {
  const source = new Source('r.guard', rules);
  return compile(parseRules(source), source);
}

/** The root of a document in YAML or JSON. */
export function dataOf(text: string): Value {
  return loadGuardData('d.yaml', Buffer.from(text)).root;
}

/** Verdict by rule name, from the first tier. */
export function verdicts(rules: string, data: string, options?: EvaluationOptions): Record<string, Status> {
  const { rules: found } = evaluate(programOf(rules), new Subject(dataOf(data)), options);
  return Object.fromEntries(found.map(({ rule, status }) => [rule.name, status]));
}

/** The event tree of the second tier. */
export function traceOf(rules: string, data: string): EventRecord {
  return trace(programOf(rules), new Subject(dataOf(data)));
}
