import { assertNever } from '../source/invariant.ts';
import type { Source } from '../source/source.ts';
import { displayFloat } from '../value/float-text.ts';
import type {
  AccessClause,
  BinaryOperator,
  LetValue,
  Literal,
  Query,
  QueryPart,
  RangeLiteral,
  UnaryOperator,
} from './ast.ts';

/*
 * Clauses as the native tool words them in the contexts and messages of its reports.
 */

const OPERATOR_WORDS: Readonly<Record<UnaryOperator | BinaryOperator, string>> = {
  '==': 'EQUALS',
  in: 'IN',
  '>': 'GREATER THAN',
  '<': 'LESS THAN',
  '>=': 'GREATER THAN EQUALS',
  '<=': 'LESS THAN EQUALS',
  exists: 'EXISTS',
  empty: 'EMPTY',
  is_string: 'IS STRING',
  is_bool: 'IS BOOL',
  is_int: 'IS INT',
  is_list: 'IS LIST',
  is_struct: 'IS MAP',
  is_null: 'IS NULL',
  is_float: 'IS FLOAT',
};

/** `not %x[*].a GREATER THAN  5`. The blanks are the native tool's: one leads where no `not` does. */
export function clauseText({ not, query, operator, negated, right }: AccessClause): string {
  const rightText = right === null ? '' : letValueText(right);
  return `${not ? 'not' : ''} ${queryText(query)} ${operatorText(operator, negated)} ${rightText}`;
}

/** The operator in words, with a blank behind it: `not EQUALS `. */
export function operatorText(operator: UnaryOperator | BinaryOperator, negated: boolean): string {
  return `${negated ? 'not ' : ''}${OPERATOR_WORDS[operator]} `;
}

export function letValueText(value: LetValue): string {
  switch (value.kind) {
    case 'query':
      return queryText(value);
    case 'function-call':
      return `${value.name}(${value.arguments.map(letValueText).join(', ')})`;
    default:
      return literalText(value);
  }
}

/**
 * A query from one of its parts to its end: `Resources.*. (filter-clauses).Properties`.
 *
 * @param from index of the first part to show
 */
export function queryText({ parts }: Query, from = 0): string {
  // The native tool joins first and mends afterwards, so a `.[` inside a quoted key is mended as well.
  return parts.slice(from).map(partText).join('.').replaceAll('.[', '[');
}

function partText(part: QueryPart): string {
  switch (part.kind) {
    case 'this':
      return '_';
    case 'key':
      return part.name;
    case 'variable':
      return `%${part.name}`;
    case 'index':
      return String(part.index);
    case 'all-values':
      return '*';
    case 'all-indices':
      return '[*]';
    case 'filter':
      return `${part.capture ?? ''} (filter-clauses)`;
    case 'key-filter':
      return `${part.capture ?? ''} (map-key-filter-clauses)`;
    default:
      return assertNever(part);
  }
}

/** The form in which reports display values; nothing in strings is escaped. */
export function literalText(literal: Literal): string {
  switch (literal.kind) {
    case 'null':
      return '"NULL"';
    case 'string':
      return `"${literal.value}"`;
    case 'bool':
      return String(literal.value);
    case 'int':
      return String(BigInt(literal.text));
    case 'float':
      return displayFloat(Number(literal.text));
    case 'regex':
      return `"/${literal.pattern}/"`;
    case 'range':
      return rangeText(literal);
    case 'list':
      return `[${literal.items.map(literalText).join(',')}]`;
    case 'map':
      return `{${literal.entries.map(({ key, value }) => `"${key}":${literalText(value)}`).join(',')}}`;
    default:
      return assertNever(literal);
  }
}

/** `[1,10)`: a round bracket excludes its end. */
export function rangeText({ of, lower, upper, lowerInclusive, upperInclusive }: RangeLiteral): string {
  const ends = [lower, upper].map((text) => (of === 'char' ? text : literalText({ kind: of, text })));
  return `${lowerInclusive ? '[' : '('}${ends.join(',')}${upperInclusive ? ']' : ')'}`;
}

/**
 * Where a clause stands: `Location[file:s3.guard, line:3, column:5]`, counted from 1 in characters.
 *
 * @param fileName the rules file as reports name it
 * @param offset where the clause starts
 */
export function clauseLocation(source: Source, fileName: string, offset: number): string {
  const { line, column } = source.position(offset);
  return `Location[file:${fileName}, line:${line}, column:${column}]`;
}
