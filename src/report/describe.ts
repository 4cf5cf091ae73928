import type { Check } from '../engine/record.ts';
import { type Result, resolvedValue, type Unresolved } from '../engine/result.ts';
import type { AccessClause, Query } from '../language/ast.ts';
import { literalText } from '../language/clause-text.ts';
import { printQuery } from '../language/printer.ts';
import { displayForm } from '../value/display.ts';
import { pathOf } from '../value/path.ts';
import type { Value } from '../value/value.ts';

/*
 * Words of our own for failed tests whose rule has no message: what is there, then what must be.
 */

/** Longer values are cut: a line has to stay readable. */
const LONGEST_VALUE = 60;

/** One sentence about a failed test. */
export function describe(check: Exclude<Check, { kind: 'success' }>): string {
  switch (check.kind) {
    case 'unary':
      return describeUnary(check.clause, check.value);
    case 'no-value-for-empty':
      return describeEmptySelection(check.clause.query);
    case 'comparison':
      return describeComparison(check);
    case 'membership': {
      const must = check.operator === 'in' ? 'be in' : 'be the same as';
      const others = check.to.map(resultText).join(', ');
      return `${subject(check.from)} but must ${check.negated ? 'not ' : ''}${must} ${others}`;
    }
    case 'rule-reference':
      return check.clause.not
        ? `rule \`${check.clause.name}\` passes, but must not`
        : `rule \`${check.clause.name}\` does not pass`;
    case 'missing-block-value':
      return check.value.kind === 'unresolved' ? `${missing(check.value)} is missing` : 'a value is missing';
  }
}

/** A block or check that demands a selection found none. */
export function describeEmptySelection(query: Query): string {
  return `${queryName(query)} selects nothing, but must not be empty`;
}

const UNARY_WORDS: { readonly [operator: string]: string } = {
  exists: 'be set',
  empty: 'be empty',
  is_string: 'be a string',
  is_list: 'be a list',
  is_struct: 'be a map',
  is_bool: 'be a boolean',
  is_int: 'be an integer',
  is_float: 'be a float',
  is_null: 'be null',
};

function describeUnary(clause: AccessClause, value: Result): string {
  const not = clause.negated !== clause.not;
  const must = `must ${not ? 'not ' : ''}${UNARY_WORDS[clause.operator]}`;
  if (value.kind !== 'unresolved') return `${subject(value)} but ${must}`;
  return clause.operator === 'exists'
    ? `${missing(value)} is missing`
    : `${missing(value)} is missing, but ${must}`;
}

const BINARY_WORDS: { readonly [operator: string]: string } = {
  '==': 'be',
  in: 'be in',
  '<': 'be less than',
  '<=': 'be at most',
  '>': 'be greater than',
  '>=': 'be at least',
};

function describeComparison({
  clause,
  operator,
  negated,
  from,
  to,
  incomparable,
}: Check & { kind: 'comparison' }): string {
  if (from.kind === 'unresolved') {
    const wanted = clause?.right === undefined || clause.right === null ? '' : requirement(clause);
    return `${missing(from)} is missing${wanted}`;
  }
  if (to === null) return `${subject(from)} has nothing to be compared with`;
  if (to.kind === 'unresolved') return `${missing(to)}, which ${subject(from)} is compared with, is missing`;
  const words = resolvedValue(to).kind === 'regex' ? 'match' : (BINARY_WORDS[operator] ?? operator);
  const unlike = incomparable === null ? '' : ' (values of different kinds cannot be compared)';
  return `${subject(from)} but must ${negated ? 'not ' : ''}${words} ${resultText(to)}${unlike}`;
}

function requirement({ operator, negated, right }: AccessClause): string {
  if (right === null || right.kind === 'query' || right.kind === 'function-call') return '';
  const words = right.kind === 'regex' ? 'match' : (BINARY_WORDS[operator] ?? operator);
  return `; it must ${negated ? 'not ' : ''}${words} ${shorten(literalText(right))}`;
}

/** What a value is called: the end of its path; and what it is. */
function subject(result: Result): string {
  if (result.kind === 'unresolved') return missing(result);
  const name = nameOf(resolvedValue(result));
  return name === '' ? resultText(result) : `\`${name}\` is ${resultText(result)}`;
}

function nameOf(value: Value): string {
  const segments = pathOf(value).split('/').slice(1);
  const start = segments.findLastIndex((segment) => !/^[0-9]+$/.test(segment));
  return segments.slice(Math.max(start, 0)).join('.');
}

function missing({ query, from }: Unresolved): string {
  return queryName({ ...query, parts: query.parts.slice(from), matchAll: true });
}

function queryName(query: Query): string {
  return `\`${shorten(printQuery(query).replace(/\s+/g, ' '))}\``;
}

function resultText(result: Result): string {
  return result.kind === 'unresolved' ? missing(result) : shorten(displayForm(resolvedValue(result)));
}

function shorten(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}
