import type { Program } from '../engine/compile.ts';
import { type EvaluationOptions, evaluate, traceFailures } from '../engine/evaluate.ts';
import type { Status } from '../engine/status.ts';
import { Subject } from '../engine/subject.ts';
import type { Template } from '../template/template.ts';
import { pathOf } from '../value/path.ts';
import { findings } from './findings.ts';
import { Identities } from './identity.ts';
import { type Place, placeOf } from './place.ts';

/** What the rules of one file say about one template. */
export interface Evaluation {
  /** `FAIL` when a rule fails, else `PASS` when one passes, else `SKIP`: no rule applies. */
  readonly status: Status;
  /** Every rule in the order of its file. What stands outside of all rules is named `default` and comes first. */
  readonly rules: readonly { readonly name: string; readonly status: Status }[];
  /** What made rules fail, in the order of the rules; empty unless the status is `FAIL`. */
  readonly findings: readonly LocatedFinding[];
}

/** One defect in one place of a template. */
export interface LocatedFinding extends Place {
  readonly rule: string;
  /** The rule's own message on one line, or a sentence made from its clause. */
  readonly message: string;
  /** Slash-joined keys and indices of the value that was judged; for a missing property those of the map that lacks it. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  /** The same in two versions of a template when people would call it the same violation. */
  readonly identity: string;
}

/**
 * Judges a template by the rules of one file.
 *
 * @param template from `loadTemplates`
 * @throws {EvaluationError} when a rule cannot be judged on this template: an unknown variable, a date that is none. Then
 *   no rule of the file has a verdict
 */
export function evaluateTemplate(
  program: Program,
  template: Template,
  options: EvaluationOptions = {},
): Evaluation {
  const subject = new Subject(template.root);
  const { status, rules } = evaluate(program, subject, options);
  return {
    status,
    rules: rules.map((verdict) => ({ name: verdict.rule.name, status: verdict.status })),
    findings: status === 'FAIL' ? explainFailure(program, template, subject, options) : [],
  };
}

/**
 * Runs rules that fail once more, with recording, to find out where.
 *
 * @param subject of the template's root
 * @throws {EvaluationError} as {@link evaluateTemplate}
 */
export function explainFailure(
  program: Program,
  template: Template,
  subject: Subject,
  options: EvaluationOptions,
): LocatedFinding[] {
  const found = findings(traceFailures(program, subject, options).children, template);
  const identities = new Identities();
  return found.map(({ rule, message, value, lacking }) => {
    const written = template.written?.(value) ?? value;
    return {
      rule,
      message,
      path: pathOf(written),
      ...placeOf(written),
      ...template.source.position(written.start),
      identity: identities.of(
        program.source.name,
        rule,
        written,
        lacking && (template.spelled?.(lacking) ?? lacking),
      ),
    };
  });
}
