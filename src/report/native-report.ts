import type { Check, EventRecord } from '../engine/record.ts';
import type { Result, Unresolved } from '../engine/result.ts';
import type { Status } from '../engine/status.ts';
import type { BinaryOperator, UnaryOperator } from '../language/ast.ts';
import { invariant } from '../source/invariant.ts';
import type { Source } from '../source/source.ts';
import { orderStrings } from '../value/compare.ts';
import type { Value } from '../value/value.ts';
import { contextOf, ruleName } from './record-context.ts';

/*
 * The failure report that all formats of the native tool show: what failed, as a tree, and which rules passed or were
 * skipped. Values stay references into the data; messages are made from them by `native-messages.ts`.
 */

/** The verdict of one or more rule files on one data file. */
export interface FileReport {
  /** The data file. */
  readonly name: string;
  readonly status: Status;
  readonly failures: readonly RuleReport[];
  /** Names in byte order, without repeats. */
  readonly skipped: readonly string[];
  readonly passed: readonly string[];
}

export type CheckReport = RuleReport | DisjunctionReport | ClauseReport;

/** A failed rule; inside another one, a failed call of a parameterized rule. */
export interface RuleReport {
  readonly kind: 'rule';
  readonly name: string;
  /** Custom message of the call. */
  readonly message: string | null;
  readonly checks: readonly CheckReport[];
}

/** None of several alternatives held. */
export interface DisjunctionReport {
  readonly kind: 'disjunction';
  readonly checks: readonly CheckReport[];
}

interface Clause {
  readonly context: string;
  /** Custom message as written. */
  readonly message: string | null;
}

/** Operator and negation of a test that failed. */
export interface Comparison<Operator = UnaryOperator | BinaryOperator> {
  readonly operator: Operator;
  readonly negated: boolean;
}

type Unary = Comparison<UnaryOperator>;
type Binary = Comparison<BinaryOperator>;

/** One failed test. */
export type ClauseReport = Clause &
  (
    | { readonly kind: 'unary'; readonly comparison: Unary; readonly value: Value }
    | { readonly kind: 'unary-missing'; readonly comparison: Unary; readonly missing: Unresolved }
    /** An `!empty` check whose query selected nothing. */
    | { readonly kind: 'nothing-selected' }
    /** A reference to a rule that did not have the wanted status. */
    | { readonly kind: 'rule-reference'; readonly rule: string }
    | {
        readonly kind: 'binary';
        readonly comparison: Binary;
        readonly from: Value;
        readonly to: Value;
        /** Why the values could not be compared. */
        readonly incomparable: Extract<Check, { kind: 'comparison' }>['incomparable'];
      }
    | {
        readonly kind: 'binary-missing';
        readonly comparison: Binary;
        readonly side: 'from' | 'to';
        readonly missing: Unresolved;
      }
    | {
        readonly kind: 'membership';
        readonly comparison: Binary;
        readonly from: Value;
        readonly to: readonly (Value | Unresolved)[];
      }
    /** A block whose query did not reach a value; null: it selected nothing although `!empty` was demanded. */
    | { readonly kind: 'block'; readonly missing: Unresolved | null }
  );

/**
 * Condenses the event tree of one evaluation.
 *
 * @param record the tree's root
 * @param rules the rule file
 * @param dataName name of the data file, as reports print it
 */
export function fileReport(record: EventRecord, rules: Source, dataName: string): FileReport {
  const named = (status: Status) =>
    record.children.flatMap((child) =>
      child.event.kind === 'rule' && child.status === status ? [ruleName(child.event.rule, rules)] : [],
    );
  return {
    name: dataName,
    status: record.status,
    failures: record.children
      .flatMap((child) => failuresOf(child, rules))
      .filter((each) => each.kind === 'rule'),
    skipped: sortedSet(named('SKIP')),
    passed: sortedSet(named('PASS')),
  };
}

/** One report for the verdicts of several rule files on the same data. Without any, everything is skipped. */
export function combineReports(dataName: string, reports: readonly FileReport[]): FileReport {
  const statuses = new Set(reports.map(({ status }) => status));
  return {
    name: dataName,
    status: statuses.has('FAIL') ? 'FAIL' : statuses.has('PASS') ? 'PASS' : 'SKIP',
    failures: reports.flatMap(({ failures }) => failures),
    skipped: sortedSet(reports.flatMap(({ skipped }) => skipped)),
    passed: sortedSet(reports.flatMap(({ passed }) => passed)),
  };
}

function sortedSet(names: readonly string[]): string[] {
  return [...new Set(names)].sort(orderStrings);
}

/** Only failed parts are looked into, and neither conditions, filters nor what a rule reference evaluated. */
function failuresOf(record: EventRecord, rules: Source): CheckReport[] {
  const { event } = record;
  if (record.status !== 'FAIL') return [];
  const inside = () => record.children.flatMap((child) => failuresOf(child, rules));
  switch (event.kind) {
    case 'rule':
      return [
        {
          kind: 'rule',
          name: ruleName(event.rule, rules),
          message: event.call?.message ?? null,
          checks: inside(),
        },
      ];
    case 'disjunction':
      return [{ kind: 'disjunction', checks: inside() }];
    case 'block-clause':
      if (record.children.length > 0) return inside();
      return [{ kind: 'block', context: contextOf(event, rules), message: null, missing: null }];
    case 'access-clause':
    case 'type-block':
    case 'type-block-item':
    case 'when-block':
      return inside();
    case 'check':
      return [clauseReport(event.check, contextOf(event, rules))];
    default:
      return [];
  }
}

/** @param check one that failed */
export function clauseReport(check: Check, context: string): ClauseReport {
  invariant(check.kind !== 'success', 'a passed test cannot have failed');
  if (check.kind === 'missing-block-value') {
    invariant(check.value.kind === 'unresolved', 'a block value is missing');
    return { kind: 'block', context, message: null, missing: check.value };
  }
  const clause: Clause = { context, message: check.clause?.message ?? null };
  switch (check.kind) {
    case 'unary':
      return { ...clause, ...unaryTest(check) };
    case 'no-value-for-empty':
      return { ...clause, kind: 'nothing-selected' };
    case 'rule-reference':
      return { ...clause, kind: 'rule-reference', rule: check.clause.name };
    case 'comparison':
      return { ...clause, ...comparisonTest(check) };
    case 'membership':
      return {
        ...clause,
        kind: 'membership',
        comparison: binaryComparison(check),
        from: resolved(check.from),
        to: check.to.map((each) => (each.kind === 'literal' ? each.value : each)),
      };
  }
}

function unaryTest({ clause, value }: Extract<Check, { kind: 'unary' }>) {
  const comparison: Unary = { operator: clause.operator as UnaryOperator, negated: clause.negated };
  return value.kind === 'unresolved'
    ? ({ kind: 'unary-missing', comparison, missing: value } as const)
    : ({ kind: 'unary', comparison, value: resolved(value) } as const);
}

function comparisonTest(check: Extract<Check, { kind: 'comparison' }>) {
  const { from, to, incomparable } = check;
  const comparison = binaryComparison(check);
  if (from.kind === 'unresolved')
    return { kind: 'binary-missing', comparison, side: 'from', missing: from } as const;
  invariant(to !== null, 'a comparison of a value has a right side');
  if (to.kind === 'unresolved')
    return { kind: 'binary-missing', comparison, side: 'to', missing: to } as const;
  return { kind: 'binary', comparison, from: resolved(from), to: resolved(to), incomparable } as const;
}

function binaryComparison({ operator, negated }: Comparison): Binary {
  return { operator: operator as BinaryOperator, negated };
}

function resolved(result: Result): Value {
  invariant(result.kind !== 'unresolved', 'the value of a result was asked for that has none');
  return result.kind === 'literal' ? result.value : result;
}
