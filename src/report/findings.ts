import { type Check, type EventRecord, isKeyTest, isTest } from '../engine/record.ts';
import { type Result, resolvedValue } from '../engine/result.ts';
import type { Query } from '../language/ast.ts';
import { queryText } from '../language/clause-text.ts';
import { remembering } from '../source/remembering.ts';
import type { Template } from '../template/template.ts';
import { pathOf } from '../value/path.ts';
import type { Value } from '../value/value.ts';
import { describe, describeEmptySelection, valueText } from './describe.ts';
import { fillIn } from './message-variables.ts';
import { placeOf } from './place.ts';

/** One defect in one place, as the hook reports it. */
export interface Finding {
  /** Name of the rule, as its file has it; `default` for what stands outside any rule. */
  readonly rule: string;
  /** The rule's own message on one line, or a sentence made from the clause. */
  readonly message: string;
  /** The rule's own message before its variables were filled in; null when the sentence is made from the clause. */
  readonly wording: string | null;
  /** The value that was judged; for a missing property the map that lacks it. */
  readonly value: Value;
  /** Of a missing property: what was asked for in the map, as the rule has it. */
  readonly lacking?: string | undefined;
}

/** Something that failed, before repetitions are taken out. */
interface Cause {
  readonly value: Value;
  readonly message: string | null;
  readonly check: Exclude<Check, { kind: 'success' }> | null;
  /** A query that selected nothing where something is demanded. */
  readonly selection?: Query;
}

/**
 * The defects that made rules of a file fail, in evaluation order. Every rule that failed has at least one finding,
 * unless it only failed because it refers to a rule that has findings of its own.
 *
 * @param rules the records of all rules of a file
 * @param template what was judged; what has no better place is reported at its root
 */
export function findings(rules: readonly EventRecord[], template: Template): Finding[] {
  const failedRules = new Set<string>();
  for (const { event, status } of rules) {
    if (event.kind === 'rule' && status === 'FAIL') failedRules.add(event.rule.name);
  }
  return rules.flatMap((record) => {
    if (record.event.kind !== 'rule' || record.status !== 'FAIL') return [];
    return ruleFindings(record, record.event.rule.name, failedRules, template);
  });
}

function ruleFindings(
  record: EventRecord,
  rule: string,
  failedRules: ReadonlySet<string>,
  template: Template,
): Finding[] {
  const { root } = template;
  const causes = causesOf(record, root, null);
  // What another rule reports in full need not be said again by those that refer to it.
  const own = causes.filter(({ check, message }) => {
    return (
      message !== null ||
      check?.kind !== 'rule-reference' ||
      check.clause.not ||
      !failedRules.has(check.clause.name)
    );
  });
  if (own.length === 0 && causes.length > 0) return [];
  const shown = own.length > 0 ? own : [{ value: root, message: `rule \`${rule}\` fails`, check: null }];
  return withoutRepeats(shown, template).map((cause) => ({
    rule,
    message: messageOf(cause, rule, template),
    wording: cause.message,
    value: cause.value,
    lacking: lackingProperty(cause.check),
  }));
}

/** The rule's own words, in the spelling of the file and with variables filled in, or else ours. */
function messageOf(cause: Cause, rule: string, template: Template): string {
  const { value, message, check } = cause;
  if (message === null) return sentenceOf(cause, template) ?? `rule \`${rule}\` fails`;
  const isMissing = lackingProperty(check) !== undefined;
  return fillIn(template.spelled?.(message) ?? message, () => ({
    ...placeOf(template.written?.(value) ?? value),
    value: isMissing ? 'not set' : valueText(value, template),
  }));
}

function sentenceOf({ check, selection }: Cause, template: Template): string | undefined {
  if (check !== null) return describe(check, template);
  return selection && describeEmptySelection(selection, template);
}

/**
 * Walks down what failed. `context` is the innermost located value that was being judged, `message` that of the
 * innermost parameterized call.
 */
function causesOf(record: EventRecord, context: Value, message: string | null): Cause[] {
  if (record.status !== 'FAIL') return [];
  const { event } = record;
  switch (event.kind) {
    case 'check':
      return event.check.kind === 'success' ? [] : [causeOf(event.check, context, message)];
    case 'disjunction':
      return mostTelling(record.children.map((child) => causesOf(child, context, message)));
    case 'filter':
    case 'selection':
    case 'rule-condition':
    case 'type-condition':
    case 'when-condition':
      return [];
    case 'access-clause':
      return clauseCauses(record, located(event.context) ?? context, event.node.message ?? message);
    case 'block-clause': {
      const around = located(event.context) ?? context;
      const causes = record.children.flatMap((child) =>
        isKeyTest(child) ? [] : causesOf(child, around, message),
      );
      if (causes.length > 0) return causes;
      return [{ value: around, message: oneLine(message), check: null, selection: event.node.query }];
    }
    case 'type-block-item':
      return childCauses(record, event.value, message);
    case 'rule':
      return childCauses(record, context, event.call?.message ?? message);
    default:
      return childCauses(record, context, message);
  }
}

function childCauses(record: EventRecord, context: Value, message: string | null): Cause[] {
  return record.children.flatMap((child) => causesOf(child, context, message));
}

function clauseCauses(record: EventRecord, context: Value, message: string | null): Cause[] {
  const causes = record.children.flatMap((child) => (isTest(child) ? causesOf(child, context, message) : []));
  return causes.length > 0 ? causes : [{ value: context, message: oneLine(message), check: null }];
}

function causeOf(
  check: Exclude<Check, { kind: 'success' }>,
  context: Value,
  callMessage: string | null,
): Cause {
  const own = check.clause !== null && 'message' in check.clause ? check.clause.message : null;
  return { check, value: judgedValue(check) ?? context, message: oneLine(own) ?? oneLine(callMessage) };
}

/** The value of a test that has a place in the template: the left one, or else the right one. */
function judgedValue(check: Exclude<Check, { kind: 'success' }>): Value | undefined {
  switch (check.kind) {
    case 'unary':
    case 'missing-block-value':
      return place(check.value);
    case 'comparison':
      return place(check.from) ?? (check.to === null ? undefined : place(check.to));
    case 'membership':
      return [check.from, ...check.to].map(place).find((value) => value !== undefined);
    default:
      return undefined;
  }
}

function place(result: Result): Value | undefined {
  if (result.kind === 'unresolved') return located(result.at);
  return located(resolvedValue(result));
}

function located(value: Value): Value | undefined {
  return value.source === null ? undefined : value;
}

function oneLine(message: string | null): string | null {
  const text = message === null ? '' : onOneLine(message);
  return text === '' ? null : text;
}

/** A few rules have most of the findings. */
const onOneLine = remembering((message) => message.trim().replace(/\s*[\r\n]+\s*/g, ' '));

/**
 * Of alternatives that all failed, the one to report: one broken clause is one defect. Rules put their message behind
 * the alternative that says what is wanted, so the last one with a message speaks, else the first.
 */
function mostTelling(alternatives: readonly Cause[][]): Cause[] {
  const failed = alternatives.filter((causes) => causes.length > 0);
  return failed.findLast((causes) => causes.some(({ message }) => message !== null)) ?? failed[0] ?? [];
}

/**
 * A property that is missing fails every clause about it and about what would be in it, and clauses may say the same of one
 * place in the same words.
 */
function withoutRepeats(causes: readonly Cause[], template: Template): readonly Cause[] {
  if (causes.length === 1) return causes;
  const paths = new Map<Value, string>();
  for (const { value } of causes) if (!paths.has(value)) paths.set(value, pathOf(value));
  // Where each place is named once, nothing has to be put into words yet.
  if (new Set(paths.values()).size === causes.length) return causes;
  const places = new Map<string, Told>();
  return causes.filter((cause) => {
    const path = paths.get(cause.value)!;
    const told = places.get(path) ?? { words: new Set(), lacking: new Set() };
    places.set(path, told);
    const words = cause.message ?? sentenceOf(cause, template) ?? '';
    if (told.words.has(words)) return false;
    const lacking = lackingProperty(cause.check);
    if (lacking !== undefined && isToldIn(told.lacking, lacking)) return false;
    told.words.add(words);
    if (lacking !== undefined) told.lacking.add(lacking);
    return true;
  });
}

/** What was said of one place. */
interface Told {
  readonly words: Set<string>;
  /** Properties that it lacks. */
  readonly lacking: Set<string>;
}

/** Whether it was said that a property, or one that it would be in, is missing. */
function isToldIn(lacking: ReadonlySet<string>, property: string): boolean {
  for (let end = property.indexOf('.'); end !== -1; end = property.indexOf('.', end + 1))
    if (lacking.has(property.slice(0, end))) return true;
  return lacking.has(property);
}

function lackingProperty(check: Cause['check']): string | undefined {
  if (check?.kind !== 'unary' && check?.kind !== 'comparison') return undefined;
  const result = check.kind === 'unary' ? check.value : check.from;
  return result.kind === 'unresolved' ? queryText(result.query, result.from) : undefined;
}
