import type { Range, Value } from './value.ts';

/** Why two values cannot be compared: they are of different types, or one float is not a number. */
export type Uncomparable = 'types' | 'float';

/**
 * The equality of `==`. The first difference decides; parts that cannot be compared make the whole incomparable.
 * A regular expression equals every string in which it finds a match, a range on the right every number inside.
 *
 * @throws {PatternLimitError} when a regular expression gives up
 */
export function equal(left: Value, right: Value): boolean | Uncomparable {
  switch (left.kind) {
    case 'string':
      if (right.kind === 'string') return left.value === right.value;
      return right.kind === 'regex' ? right.value.test(left.value) : 'types';
    case 'regex':
      if (right.kind === 'string') return left.value.test(right.value);
      return right.kind === 'regex' ? left.value.text === right.value.text : 'types';
    case 'bool':
      return right.kind === 'bool' ? left.value === right.value : 'types';
    case 'null':
      return right.kind === 'null' ? true : 'types';
    case 'int':
      if (right.kind === 'int') return left.value === right.value;
      return inRange(left.value, 'int', right);
    case 'float':
      if (right.kind === 'float') return equalFloats(left.value, right.value);
      return inRange(left.value, 'float', right);
    case 'char':
      if (right.kind === 'char') return left.value === right.value;
      return inRange(left.value, 'char', right);
    case 'list':
      return right.kind === 'list' ? equalLists(left.value, right.value) : 'types';
    case 'map':
      return right.kind === 'map' ? equalMaps(left.value.values, right) : 'types';
    case 'range':
      return 'types';
  }
}

/**
 * The equality of list membership: as {@link equal}, but what cannot be compared is simply different, at every level.
 *
 * @throws {PatternLimitError} when a regular expression gives up
 */
export function same(left: Value, right: Value): boolean {
  if (left.kind === 'list') {
    if (right.kind !== 'list' || left.value.length !== right.value.length) return false;
    return left.value.every((element, index) => same(element, right.value[index]!));
  }
  if (left.kind === 'map') {
    if (right.kind !== 'map' || left.value.size !== right.value.size) return false;
    return left.value.values.every((element) => {
      const other = right.value.get(element.key as string);
      return other !== undefined && same(element, other);
    });
  }
  return equal(left, right) === true;
}

/**
 * The order of `<` and its kin: negative, zero or positive. Strings are ordered by code point. Booleans, regular
 * expressions, ranges and collections have no order.
 */
export function order(left: Value, right: Value): number | Uncomparable {
  switch (left.kind) {
    case 'int':
      return right.kind === 'int' ? sign(left.value, right.value) : 'types';
    case 'float':
      if (right.kind !== 'float') return 'types';
      return Number.isNaN(left.value) || Number.isNaN(right.value) ? 'float' : sign(left.value, right.value);
    case 'string':
      return right.kind === 'string' ? orderStrings(left.value, right.value) : 'types';
    case 'char':
      return right.kind === 'char' ? orderStrings(left.value, right.value) : 'types';
    case 'null':
      return right.kind === 'null' ? 0 : 'types';
    default:
      return 'types';
  }
}

function sign(left: number | bigint, right: number | bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Order by code point, which is also that of the UTF-8 bytes. */
export function orderStrings(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return codePointWeight(a) - codePointWeight(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above all others, though their units are smaller than U+E000 and up. */
function codePointWeight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function equalFloats(left: number, right: number): boolean | Uncomparable {
  return Number.isNaN(left) || Number.isNaN(right) ? 'float' : left === right;
}

function inRange(value: number | bigint | string, of: Range['of'], right: Value): boolean | Uncomparable {
  if (right.kind !== 'range' || right.value.of !== of) return 'types';
  const { lower, upper, lowerInclusive, upperInclusive } = right.value;
  if (of === 'char') {
    const fromLower = orderStrings(value as string, lower as string);
    const toUpper = orderStrings(upper as string, value as string);
    return (lowerInclusive ? fromLower >= 0 : fromLower > 0) && (upperInclusive ? toUpper >= 0 : toUpper > 0);
  }
  return (
    (lowerInclusive ? lower <= value : lower < value) && (upperInclusive ? upper >= value : upper > value)
  );
}

function equalLists(left: readonly Value[], right: readonly Value[]): boolean | Uncomparable {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) {
    const verdict = equal(left[at]!, right[at]!);
    if (verdict !== true) return verdict;
  }
  return true;
}

function equalMaps(left: readonly Value[], right: Extract<Value, { kind: 'map' }>): boolean | Uncomparable {
  if (left.length !== right.value.size) return false;
  for (const value of left) {
    const other = right.value.get(value.key as string);
    if (other === undefined) return false;
    const verdict = equal(value, other);
    if (verdict !== true) return verdict;
  }
  return true;
}
