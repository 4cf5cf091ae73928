import type { Check } from '../engine/record.ts';
import { type Result, resolvedValue, type Unresolved } from '../engine/result.ts';
import type { AccessClause, Query } from '../language/ast.ts';
import { literalText } from '../language/clause-text.ts';
import { printQuery } from '../language/printer.ts';
import type { Template } from '../template/template.ts';
import { pathOf } from '../value/path.ts';
import { shownForm } from '../value/shown-form.ts';
import type { Value } from '../value/value.ts';

/*
 * Words of our own for failed tests whose rule has no message: what is there, then what must be.
 */

/** Longer values are cut: a line has to stay readable. */
const LONGEST_VALUE = 60;

/**
 * One sentence about a failed test, with properties in the spelling of the file.
 *
 * @param template what was judged
 */
export function describe(check: Exclude<Check, { kind: 'success' }>, template: Template): string {
  switch (check.kind) {
    case 'unary':
      return describeUnary(check.clause, check.value, template);
    case 'no-value-for-empty':
      return describeEmptySelection(check.clause.query, template);
    case 'comparison':
      return describeComparison(check, template);
    case 'membership': {
      const must = check.operator === 'in' ? 'be in' : 'be the same as';
      const others = check.to.map((to) => resultText(to, template)).join(', ');
      return `${subject(check.from, template)} but must ${check.negated ? 'not ' : ''}${must} ${others}`;
    }
    case 'rule-reference':
      return check.clause.not
        ? `rule \`${check.clause.name}\` passes, but must not`
        : `rule \`${check.clause.name}\` does not pass`;
    case 'missing-block-value':
      return check.value.kind === 'unresolved'
        ? `${missing(check.value, template)} is missing`
        : 'a value is missing';
  }
}

/** A block or check that demands a selection found none. */
export function describeEmptySelection(query: Query, template: Template): string {
  return `${queryName(query, template)} selects nothing, but must not be empty`;
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

function describeUnary(clause: AccessClause, value: Result, template: Template): string {
  const not = clause.negated !== clause.not;
  const must = `must ${not ? 'not ' : ''}${UNARY_WORDS[clause.operator]}`;
  if (value.kind !== 'unresolved') return `${subject(value, template)} but ${must}`;
  return clause.operator === 'exists'
    ? `${missing(value, template)} is missing`
    : `${missing(value, template)} is missing, but ${must}`;
}

const BINARY_WORDS: { readonly [operator: string]: string } = {
  '==': 'be',
  in: 'be in',
  '<': 'be less than',
  '<=': 'be at most',
  '>': 'be greater than',
  '>=': 'be at least',
};

function describeComparison(
  { clause, operator, negated, from, to, incomparable }: Check & { kind: 'comparison' },
  template: Template,
): string {
  if (from.kind === 'unresolved') {
    const wanted = clause?.right === undefined || clause.right === null ? '' : requirement(clause);
    return `${missing(from, template)} is missing${wanted}`;
  }
  const judged = subject(from, template);
  if (to === null) return `${judged} has nothing to be compared with`;
  if (to.kind === 'unresolved')
    return `${missing(to, template)}, which ${judged} is compared with, is missing`;
  const words = resolvedValue(to).kind === 'regex' ? 'match' : (BINARY_WORDS[operator] ?? operator);
  const unlike = incomparable === null ? '' : ' (values of different kinds cannot be compared)';
  return `${judged} but must ${negated ? 'not ' : ''}${words} ${resultText(to, template)}${unlike}`;
}

function requirement({ operator, negated, right }: AccessClause): string {
  if (right === null || right.kind === 'query' || right.kind === 'function-call') return '';
  const words = right.kind === 'regex' ? 'match' : (BINARY_WORDS[operator] ?? operator);
  return `; it must ${negated ? 'not ' : ''}${words} ${shorten(literalText(right))}`;
}

/** What a value is called: the end of its path; and what it is. */
function subject(result: Result, template: Template): string {
  if (result.kind === 'unresolved') return missing(result, template);
  const name = nameOf(resolvedValue(result), template);
  return name === '' ? resultText(result, template) : `\`${name}\` is ${resultText(result, template)}`;
}

function nameOf(value: Value, { written, spelled }: Template): string {
  // What an intrinsic function gives is called as the property is, not as the argument that was written.
  const named = spelled === undefined ? value : (written?.(value) ?? value);
  const segments = pathOf(named).split('/').slice(1);
  const start = segments.findLastIndex((segment) => !/^[0-9]+$/.test(segment));
  return segments.slice(Math.max(start, 0)).join('.');
}

function missing({ query, from }: Unresolved, template: Template): string {
  return queryName({ ...query, parts: query.parts.slice(from), matchAll: true }, template);
}

function queryName(query: Query, { spelled }: Template): string {
  const text = printQuery(query).replace(/\s+/g, ' ');
  return `\`${shorten(spelled?.(text) ?? text)}\``;
}

function resultText(result: Result, template: Template): string {
  if (result.kind === 'unresolved') return missing(result, template);
  return shorten(shownForm(asWritten(resolvedValue(result), template), template.isSecret));
}

/** A value in the words of a rule: without secrets, not too long, and without quotes, which the rule may have. */
export function valueText(value: Value, template: Template): string {
  const shown = asWritten(value, template);
  const text = shownForm(shown, template.isSecret);
  return shorten(shown.kind === 'string' ? text.slice(1, -1) : text);
}

/**
 * Lists and maps are shown as they stand in the file, where properties and functions may have other names, and so is all
 * of a raw task definition, for its placeholders.
 */
function asWritten(value: Value, { written, spelled }: Template): Value {
  const isScalar = value.kind !== 'list' && value.kind !== 'map';
  return isScalar && spelled === undefined ? value : (written?.(value) ?? value);
}

function shorten(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}
