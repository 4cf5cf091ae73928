import type { Check } from '../engine/record.ts';
import type { Result, Unresolved } from '../engine/result.ts';
import type { BinaryOperator, UnaryOperator } from '../language/ast.ts';
import { queryText } from '../language/clause-text.ts';
import { assertNever } from '../source/invariant.ts';
import { fullForm } from '../value/display.ts';
import { type Location, locatedPathOf, locationOf } from '../value/path.ts';
import { incomparableText } from './incomparable.ts';
import type { CheckReport, ClauseReport, Comparison } from './native-report.ts';
import { reasonText, remainingQuery } from './reason.ts';

/** What the native tool says about one failed test. */
export interface Messages {
  /** The rule's own words. Whether an absent message is null or empty depends on the kind of test. */
  readonly custom: string | null;
  readonly error: string;
  /** Counted from 0; null: the native tool knows no place. */
  readonly location: Location | null;
}

export function messagesOf(clause: ClauseReport): Messages {
  const custom = clause.message ?? '';
  switch (clause.kind) {
    case 'unary':
      return {
        custom,
        error: `Check was not compliant as property [${locatedPathOf(clause.value)}] ${UNARY_PHRASES[clause.comparison.operator][negatedIndex(clause)]}.`,
        location: { line: 0, column: 0 },
      };
    case 'unary-missing':
      return { custom, error: `${missing(clause.missing, '')}.`, location: locationOf(clause.missing.at) };
    case 'nothing-selected':
      return {
        custom: custom.replaceAll('\n', ';'),
        error: `Check was not compliant as variable in context [${clause.context}] was not empty`,
        location: null,
      };
    case 'rule-reference':
      return {
        custom,
        error: `Check was not compliant as dependent rule [${clause.rule}] did not PASS. Context [${clause.context}]`,
        location: null,
      };
    case 'binary':
      return { custom, error: binaryError(clause), location: locationOf(clause.to) };
    case 'binary-missing':
      return {
        custom,
        error: `${missing(clause.missing, clause.side === 'from' ? ' to compare from' : ' to compare to')}.`,
        location: locationOf(clause.missing.at),
      };
    case 'membership':
      return {
        custom: clause.message,
        error: `Check was not compliant as property [${locatedPathOf(clause.from)}] was not present in [${resultsText(clause.to)}]`,
        location: locationOf(clause.from),
      };
    case 'block':
      if (clause.missing === null)
        return { custom: null, error: 'query for block clause did not retrieve any value', location: null };
      return { custom, error: missing(clause.missing, ''), location: null };
    default:
      return assertNever(clause);
  }
}

/** The messages of all tests in a part of a report, in order. */
export function allMessages(check: CheckReport): Messages[] {
  return check.kind === 'rule' || check.kind === 'disjunction'
    ? check.checks.flatMap(allMessages)
    : [messagesOf(check)];
}

/** Why a block clause could not look into a value, as the evaluation records word it. */
export function missingBlockText({ clause, value }: Extract<Check, { kind: 'missing-block-value' }>): string {
  const reason = value.kind === 'unresolved' ? reasonText(value) : '';
  return `Query ${queryText(clause.query)} did not resolve to correct value, reason ${reason}`;
}

/** A result as messages name it: `(resolved, Path=… Value=…)`. */
export function resultText(result: Result): string {
  if (result.kind === 'unresolved') return `(unresolved, ${fullForm(result.at)})`;
  // Without parentheses, as the native tool has it.
  if (result.kind === 'literal') return `literal, ${fullForm(result.value)}`;
  return `(resolved, ${fullForm(result)})`;
}

/** Several results, joined as the native tool joins the parts of a query: `.[` becomes `[` even inside values. */
export function resultsText(results: readonly Result[]): string {
  return results.map(resultText).join('.').replaceAll('.[', '[');
}

function missing(unresolved: Unresolved, purpose: string): string {
  return `Check was not compliant as property [${remainingQuery(unresolved)}]${purpose} is missing. Value traversed to [${fullForm(unresolved.at)}]`;
}

function binaryError(clause: Extract<ClauseReport, { kind: 'binary' }>): string {
  const { from, to, incomparable } = clause;
  const phrase = BINARY_PHRASES[clause.comparison.operator][negatedIndex(clause)];
  const error =
    incomparable === null
      ? ''
      : ` Error = [${incomparableText(incomparable, clause.comparison.operator, from, to)}]`;
  return `Check was not compliant as property value [${fullForm(from)}] ${phrase} value [${fullForm(to)}].${error}`;
}

function negatedIndex({ comparison }: { readonly comparison: Comparison }): 0 | 1 {
  return comparison.negated ? 1 : 0;
}

/** By operator: what is wrong without and with negation. The trailing blanks are the native tool's. */
const UNARY_PHRASES: { readonly [operator in UnaryOperator]: readonly [string, string] } = {
  exists: ['did not exist', 'existed'],
  empty: ['was not empty', 'was empty'],
  is_list: ['was not list', 'was a list '],
  is_struct: ['was not struct', 'was a struct'],
  is_string: ['was not string', 'was a string '],
  is_int: ['was not int', 'was int'],
  is_bool: ['was not bool', 'was bool'],
  is_null: ['was not null', 'was null'],
  is_float: ['was not float', 'was float'],
};

const BINARY_PHRASES: { readonly [operator in BinaryOperator]: readonly [string, string] } = {
  '==': ['not equal to', 'equal to'],
  '<=': ['not less than equal to', 'less than equal to'],
  '<': ['not less than', 'less than'],
  '>=': ['not greater than equal', 'greater than equal to'],
  '>': ['not greater than', 'greater than'],
  in: ['not in', 'in'],
};
