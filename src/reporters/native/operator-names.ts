import type { BinaryOperator, UnaryOperator } from '../../language/ast.ts';
import type { Comparison } from '../../report/native-report.ts';

type Operator = UnaryOperator | BinaryOperator;

/** Names in machine-readable formats. */
export const DATA_NAMES: { readonly [operator in Operator]: string } = {
  '==': 'Eq',
  in: 'In',
  '>': 'Gt',
  '<': 'Lt',
  '<=': 'Le',
  '>=': 'Ge',
  exists: 'Exists',
  empty: 'Empty',
  is_string: 'IsString',
  is_list: 'IsList',
  is_struct: 'IsMap',
  is_bool: 'IsBool',
  is_int: 'IsInt',
  is_float: 'IsFloat',
  is_null: 'IsNull',
};

/** Operator and negation as a pair: `["Eq", false]`. */
export function comparisonPair({ operator, negated }: Comparison): readonly [string, boolean] {
  return [DATA_NAMES[operator], negated];
}

/** Words of the console reports, without and with negation. The lower-case letter in `IS BOOl` is the native tool's. */
const CONSOLE_NAMES: { readonly [operator in Operator]: readonly [string, string] } = {
  '==': ['EQUAL', 'NOT EQUAL'],
  in: ['IN', 'NOT IN'],
  '>': ['GREATER THAN', 'NOT GREATER THAN'],
  '<': ['LESS THAN', 'NOT LESS THAN'],
  '<=': ['LESS THAN EQUAL', 'NOT LESS THAN EQUAL'],
  '>=': ['GREATER THAN EQUAL', 'NOT GREATER THAN EQUAL'],
  exists: ['EXISTS', 'NOT EXISTS'],
  empty: ['EMPTY', 'NOT EMPTY'],
  is_string: ['IS STRING', 'NOT STRING'],
  is_list: ['IS LIST', 'NOT LIST'],
  is_struct: ['IS STRUCT', 'NOT STRUCT'],
  is_bool: ['IS BOOl', 'NOT BOOL'],
  is_int: ['IS INT', 'NOT INT'],
  is_float: ['IS FLOAT', 'NOT FLOAT'],
  is_null: ['IS NULL', 'NOT NULL'],
};

export function consoleOperator({ operator, negated }: Comparison): string {
  return CONSOLE_NAMES[operator][negated ? 1 : 0];
}
