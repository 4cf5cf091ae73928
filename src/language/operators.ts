import type { BinaryOperator, UnaryOperator } from './ast.ts';
import type { Cursor } from './cursor.ts';

export interface Comparator {
  readonly operator: UnaryOperator | BinaryOperator;
  readonly negated: boolean;
}

/** Tried in this order, so a symbol stands before those it begins with. */
const SYMBOLS: readonly (readonly [symbol: string, comparator: Comparator])[] = [
  ['==', { operator: '==', negated: false }],
  ['!=', { operator: '==', negated: true }],
  ['>=', { operator: '>=', negated: false }],
  ['<=', { operator: '<=', negated: false }],
  ['>', { operator: '>', negated: false }],
  ['<', { operator: '<', negated: false }],
];

const UNARY_OPERATORS: readonly UnaryOperator[] = [
  'exists',
  'empty',
  'is_string',
  'is_list',
  'is_struct',
  'is_bool',
  'is_int',
  'is_null',
  'is_float',
];

const WORDS = (['in', ...UNARY_OPERATORS] as const).map((operator) => ({
  operator,
  inUpperCase: operator.toUpperCase(),
}));

/** By their first letter: every clause of hundreds of files has one of them. */
const WORDS_FROM = new Map(
  ['e', 'i'].map((letter) => [letter, WORDS.filter(({ operator }) => operator.startsWith(letter))]),
);

export function isUnary(operator: UnaryOperator | BinaryOperator): operator is UnaryOperator {
  return (UNARY_OPERATORS as readonly string[]).includes(operator);
}

/**
 * `comparator = !'<<' ( '==' / '!=' / '>=' / '<=' / '>' / '<' / not? ( 'in' / 'exists' / 'empty' / type-op ) )`
 */
export function readComparator(cursor: Cursor): Comparator | undefined {
  const start = cursor.at;
  if (cursor.text.startsWith('<<', start)) return cursor.failIn('message-start');
  if ('=!<>'.includes(cursor.text.charAt(start)))
    for (const [symbol, comparator] of SYMBOLS) if (cursor.take(symbol)) return comparator;
  const negated = skipNot(cursor);
  const words = WORDS_FROM.get(cursor.text.charAt(cursor.at).toLowerCase()) ?? [];
  for (const { operator, inUpperCase } of words)
    if (cursor.keyword(operator, inUpperCase)) return { operator, negated };
  return cursor.fail('an operator (`==`, `in`, `exists`, …)', start);
}

/** `key-cmp = '==' / '!=' / 'in' / 'IN' / not ( 'in' / 'IN' )` */
export function readKeyComparator(
  cursor: Cursor,
): { readonly operator: '==' | 'in'; readonly negated: boolean } | undefined {
  const start = cursor.at;
  if (cursor.take('==')) return { operator: '==', negated: false };
  if (cursor.take('!=')) return { operator: '==', negated: true };
  const negated = skipNot(cursor);
  if (cursor.keyword('in', 'IN')) return { operator: 'in', negated };
  return cursor.fail('`==`, `!=`, `in` or `not in`', negated ? cursor.at : start);
}

/** `not? = ( 'not' sp1 / 'NOT' sp1 / '!' )?`, with no line break behind the words. Returns whether it was there. */
export function skipNot(cursor: Cursor): boolean {
  const start = cursor.at;
  const first = cursor.text.charAt(start);
  if (first !== 'n' && first !== 'N') return cursor.take('!');
  if (cursor.keyword('not', 'NOT') && cursor.skipInline()) return true;
  cursor.at = start;
  return false;
}

/** `or-join = ows ('or' / 'OR' / '|OR|') ws1`. Returns whether it was there; the offset is arbitrary if not. */
export function skipOr(cursor: Cursor): boolean {
  cursor.skipBlanks();
  return (cursor.keyword('or', 'OR') || cursor.take('|OR|')) && cursor.skipBlanks();
}

/** `message = '<<' text up to the first '>>' '>>'`; fatal without the latter. */
export function readMessage(cursor: Cursor): string | undefined {
  if (!cursor.take('<<')) return cursor.fail();
  const start = cursor.at;
  const end = cursor.text.indexOf('>>', start);
  if (end === -1) {
    cursor.failIn('message-end');
    return cursor.commit();
  }
  cursor.at = end + 2;
  return cursor.text.slice(start, end);
}
