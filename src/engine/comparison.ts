import type { BinaryOperator } from '../language/ast.ts';
import { equal, order, same } from '../value/compare.ts';
import type { ListValue, Value } from '../value/value.ts';
import type { Outcomes } from './outcomes.ts';
import { type Result, resolvedValue } from './result.ts';

/*
 * The binary operators. Each case of the native tool's own case distinction is one function here; what counts as
 * one test, and which values it names when it fails, is part of the contract because reports print it.
 */

type Comparison = ReturnType<typeof equal>;

/** What one binary clause compares: the two sides with unresolved results already taken out. */
interface Sides {
  readonly left: readonly Value[];
  readonly right: readonly Value[];
  /** Results on each side, unresolved ones included. */
  readonly leftCount: number;
  readonly rightCount: number;
}

/**
 * Compares two non-empty result lists and tells `outcomes` of every test.
 *
 * A missing value fails its test whatever the negation; so does a pair that cannot be compared
 * (14-equality.json, "string not equal int still fails").
 */
export function compare(
  operator: BinaryOperator,
  negated: boolean,
  left: readonly Result[],
  right: readonly Result[],
  outcomes: Outcomes,
): void {
  if (operator === '==') compareEqual(left, right, negated, outcomes);
  else if (operator === 'in') compareIn(left, right, negated, outcomes);
  else compareOrder(operator, left, right, negated, outcomes);
}

// --- Order ---------------------------------------------------------------------------------------------------------

const HOLDS: { readonly [operator in Exclude<BinaryOperator, '==' | 'in'>]: (sign: number) => boolean } = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

/** Every left value, lists replaced by their elements, against every right value, likewise. */
function compareOrder(
  operator: keyof typeof HOLDS,
  left: readonly Result[],
  right: readonly Result[],
  negated: boolean,
  outcomes: Outcomes,
): void {
  const froms = flattened(resolveLeft(left, outcomes));
  const tos = flattened(resolveRight(right, froms, outcomes));
  const holds = HOLDS[operator];
  for (const from of froms) {
    for (const to of tos) {
      const sign = order(from, to);
      testPair(typeof sign === 'number' ? holds(sign) : sign, from, to, negated, outcomes);
      if (outcomes.settled) return;
    }
  }
}

// --- Equality ------------------------------------------------------------------------------------------------------

function compareEqual(
  left: readonly Result[],
  right: readonly Result[],
  negated: boolean,
  outcomes: Outcomes,
): void {
  const literalLeft = soleLiteral(left);
  const literalRight = soleLiteral(right);
  if (literalLeft !== undefined && literalRight !== undefined) {
    testEqual(literalLeft, literalRight, negated, outcomes);
  } else if (literalLeft !== undefined) {
    for (const to of resolveRight(right, [literalLeft], outcomes)) {
      if (outcomes.settled) return;
      equalLiteralToValue(literalLeft, to, negated, outcomes);
    }
  } else if (literalRight !== undefined) {
    for (const from of resolveLeft(left, outcomes)) {
      if (outcomes.settled) return;
      equalValueToLiteral(from, literalRight, negated, outcomes);
    }
  } else {
    equalSets(resolveSides(left, right, outcomes), negated, outcomes);
  }
}

function equalLiteralToValue(literal: Value, value: Value, negated: boolean, outcomes: Outcomes): void {
  if (literal.kind !== 'list' && value.kind === 'list') {
    for (const element of value.value) testEqual(literal, element, negated, outcomes);
  } else {
    testEqual(literal, value, negated, outcomes);
  }
}

/** A list against a scalar compares each element, so an empty list passes (14-equality.json, "empty list == scalar passes"). */
function equalValueToLiteral(value: Value, literal: Value, negated: boolean, outcomes: Outcomes): void {
  if (literal.kind === 'list') {
    const only = literal.value.length === 1 ? literal.value[0] : undefined;
    testEqual(value, only !== undefined && isScalar(value) ? only : literal, negated, outcomes);
  } else if (value.kind === 'list') {
    for (const element of value.value) testEqual(element, literal, negated, outcomes);
  } else {
    testEqual(value, literal, negated, outcomes);
  }
}

/** Two query results are equal when neither has a member that the other lacks; order and multiplicity do not count. */
function equalSets(sides: Sides, negated: boolean, outcomes: Outcomes): void {
  const { left, right } = sides;
  const isLeftLarger = left.length > right.length;
  const lacking = isLeftLarger ? without(left, right) : without(right, left);
  // Since 3.2 the members in common are looked for on the side that is at least as large (17-query-to-query.json).
  const reversed = sides.rightCount >= sides.leftCount ? right : left;
  testSets(lacking, left, right, reversed, negated, outcomes, isLeftLarger && !negated ? undefined : left);
}

// --- Membership ----------------------------------------------------------------------------------------------------

function compareIn(
  left: readonly Result[],
  right: readonly Result[],
  negated: boolean,
  outcomes: Outcomes,
): void {
  const literalLeft = soleLiteral(left);
  const literalRight = soleLiteral(right);
  if (literalLeft !== undefined && literalRight !== undefined) {
    if (isSubstring(literalLeft, literalRight) === true)
      testPair(true, literalLeft, literalRight, negated, outcomes);
    else testContained(literalLeft, literalRight, negated, outcomes);
  } else if (literalLeft !== undefined) {
    literalIn(literalLeft, resolveRight(right, [literalLeft], outcomes), negated, outcomes);
  } else if (literalRight !== undefined) {
    for (const from of resolveLeft(left, outcomes)) {
      if (outcomes.settled) return;
      valueInLiteral(from, literalRight, negated, outcomes);
    }
  } else {
    const sides = resolveSides(left, right, outcomes);
    const lacking = sides.left.filter((from) => !sides.right.some((to) => isContained(from, to)));
    testSets(lacking, sides.left, sides.right, sides.left, negated, outcomes);
  }
}

/** A literal in query results must be in each of them, unless it is a list and none of them is (16-in.json). */
function literalIn(literal: Value, right: readonly Value[], negated: boolean, outcomes: Outcomes): void {
  if (literal.kind === 'list' && !right.some((to) => to.kind === 'list')) {
    testSets(without(literal.value, right), [literal], right, [literal], negated, outcomes);
    return;
  }
  for (const to of right) {
    if (outcomes.settled) return;
    testContained(literal, to, negated, outcomes);
  }
}

/** With a string on the right `in` asks for a substring; a list on the left is asked element by element. */
function valueInLiteral(value: Value, literal: Value, negated: boolean, outcomes: Outcomes): void {
  if (literal.kind !== 'string') {
    testContained(value, literal, negated, outcomes);
    return;
  }
  for (const each of elements(value)) testPair(isSubstring(each, literal), each, literal, negated, outcomes);
}

function isSubstring(part: Value, whole: Value): boolean | 'substring' {
  return part.kind === 'string' && whole.kind === 'string' ? whole.value.includes(part.value) : 'substring';
}

function testContained(from: Value, to: Value, negated: boolean, outcomes: Outcomes): void {
  if (to.kind === 'list') {
    if (from.kind === 'list') testListInList(from, to, negated, outcomes);
    else if (contains(to.value, from) !== negated) outcomes.pass(from, [to]);
    else outcomes.membership(from, [to]);
  } else if (from.kind === 'list') {
    outcomes.comparison(from, to, 'membership');
  } else {
    testEqual(from, to, negated, outcomes);
  }
}

/** Negated, no element may be in the other list; in a list of lists the list itself is the member looked for. */
function testListInList(from: ListValue, to: ListValue, negated: boolean, outcomes: Outcomes): void {
  const lacking = lackingElements(from, to);
  const holds = negated
    ? lacking.length > 0 && without(from.value, lacking).length === 0
    : lacking.length === 0;
  if (holds) outcomes.pass(from, [to]);
  else outcomes.membership(from, [to]);
}

function lackingElements(from: ListValue, to: ListValue): readonly Value[] {
  if (to.value[0]?.kind === 'list') return contains(to.value, from) ? [] : [from];
  return without(from.value, to.value);
}

function isContained(from: Value, to: Value): boolean {
  if (to.kind !== 'list') return from.kind !== 'list' && equal(from, to) === true;
  return from.kind === 'list' ? lackingElements(from, to).length === 0 : contains(to.value, from);
}

// --- Shared --------------------------------------------------------------------------------------------------------

function testEqual(from: Value, to: Value, negated: boolean, outcomes: Outcomes): void {
  testPair(equal(from, to), from, to, negated, outcomes);
}

function testPair(
  holds: Comparison | 'substring',
  from: Value,
  to: Value,
  negated: boolean,
  outcomes: Outcomes,
): void {
  if (typeof holds !== 'boolean') outcomes.comparison(from, to, holds);
  else if (holds !== negated) outcomes.pass(from, to);
  else outcomes.comparison(from, to, null);
}

/**
 * The verdict on two collections, given the members that one lacks. Negated, they must have no member in common, which
 * is what `!=` and `not in` mean between collections: `reversed` without the lacking members must be empty.
 *
 * @param others what it depends on, besides the right side, whether a member is an offender
 */
function testSets(
  lacking: readonly Value[],
  left: readonly Value[],
  right: readonly Value[],
  reversed: readonly Value[],
  negated: boolean,
  outcomes: Outcomes,
  others?: readonly Value[],
): void {
  const holds = lacking.length === 0;
  const offenders = negated ? (holds ? left : without(reversed, lacking)) : lacking;
  // Negation of a comparison that held fails even without any offender to name (17-query-to-query.json).
  if (negated ? !holds && offenders.length === 0 : holds) for (const from of left) outcomes.pass(from, right);
  else for (const offender of offenders) outcomes.membership(offender, right, others);
}

/** Members of `values` that `others` does not contain. */
function without(values: readonly Value[], others: readonly Value[]): readonly Value[] {
  return values.filter((value) => !contains(others, value));
}

/** Whether a list has a member equal to `value`, with the member on the left: a regex in the list matches, a range does not. */
function contains(list: readonly Value[], value: Value): boolean {
  return list.some((member) => same(member, value));
}

function isScalar(value: Value): boolean {
  return value.kind !== 'list' && value.kind !== 'map';
}

function elements(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.value : [value];
}

function flattened(values: readonly Value[]): readonly Value[] {
  return values.some(({ kind }) => kind === 'list') ? values.flatMap(elements) : values;
}

function soleLiteral(results: readonly Result[]): Value | undefined {
  const only = results.length === 1 ? results[0] : undefined;
  return only?.kind === 'literal' ? only.value : undefined;
}

function resolveLeft(left: readonly Result[], outcomes: Outcomes): readonly Value[] {
  const values: Value[] = [];
  for (const result of left) {
    if (result.kind === 'unresolved') outcomes.comparison(result, null, null);
    else values.push(resolvedValue(result));
  }
  return values;
}

/** A missing right value fails once for each left value. */
function resolveRight(
  right: readonly Result[],
  left: readonly Value[],
  outcomes: Outcomes,
): readonly Value[] {
  const values: Value[] = [];
  for (const result of right) {
    if (result.kind !== 'unresolved') values.push(resolvedValue(result));
    else for (const from of left) outcomes.comparison(from, result, null);
  }
  return values;
}

function resolveSides(left: readonly Result[], right: readonly Result[], outcomes: Outcomes): Sides {
  const leftValues = resolveLeft(left, outcomes);
  const rightValues = resolveRight(right, leftValues, outcomes);
  return { left: leftValues, right: rightValues, leftCount: left.length, rightCount: right.length };
}
