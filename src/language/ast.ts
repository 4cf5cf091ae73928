import type { Span } from '../source/span.ts';

/*
 * The syntax tree of a Guard rule file: types only. It is plain data that survives JSON, because the compiled-rule
 * cache stores it; numbers are therefore kept as the text that the user wrote.
 */

export interface RulesFile {
  readonly kind: 'rules-file';
  readonly assignments: readonly Assignment[];
  /** The default rule, when there is one, comes first; then the named rules in order. */
  readonly rules: readonly Rule[];
  readonly parameterizedRules: readonly ParameterizedRule[];
}

export interface Rule {
  readonly kind: 'rule';
  /** Name as written; `default` for the rule that collects what stands outside any rule. */
  readonly name: string;
  readonly isDefault: boolean;
  readonly when: Conjunction<Condition> | null;
  readonly block: Block<RuleItem>;
  readonly span: Span;
}

export interface ParameterizedRule {
  readonly kind: 'parameterized-rule';
  /** Without duplicates, in order of first appearance. */
  readonly parameters: readonly string[];
  readonly rule: Rule;
}

/** Conjunctive normal form: every disjunction must hold; one alternative of a disjunction suffices. */
export type Conjunction<T> = readonly Disjunction<T>[];
export type Disjunction<T> = readonly T[];

export interface Block<T> {
  readonly assignments: readonly Assignment[];
  readonly conjunction: Conjunction<T>;
}

export interface Assignment {
  readonly kind: 'assignment';
  readonly name: string;
  readonly value: LetValue;
  readonly span: Span;
}

export type LetValue = Literal | Query | FunctionCall;

/** What may guard a block after `when`. */
export type Condition = AccessClause | RuleReference | ParameterizedCall;
/** What may stand in a block clause, type block, filter or the body of a `when` block. */
export type Clause = Condition | BlockClause | WhenBlock;
/** What may stand directly in a rule. */
export type RuleItem = Clause | TypeBlock;

export type UnaryOperator =
  | 'exists'
  | 'empty'
  | 'is_string'
  | 'is_list'
  | 'is_struct'
  | 'is_bool'
  | 'is_int'
  | 'is_float'
  | 'is_null';
export type BinaryOperator = '==' | '<' | '<=' | '>' | '>=' | 'in';

export interface AccessClause {
  readonly kind: 'access-clause';
  /** A leading `not`: inverts unary operators and is ignored by binary ones. */
  readonly not: boolean;
  readonly query: Query;
  readonly operator: UnaryOperator | BinaryOperator;
  /** The operator's own negation: `!=`, `not in`, `!exists`. */
  readonly negated: boolean;
  /** Right side; null for unary operators. */
  readonly right: LetValue | null;
  readonly message: string | null;
  readonly span: Span;
}

export interface RuleReference {
  readonly kind: 'rule-reference';
  readonly not: boolean;
  readonly name: string;
  readonly message: string | null;
  readonly span: Span;
}

export interface ParameterizedCall {
  readonly kind: 'parameterized-call';
  /** Accepted and ignored, as the native tool does. */
  readonly not: boolean;
  readonly name: string;
  readonly arguments: readonly LetValue[];
  readonly message: string | null;
  readonly span: Span;
}

export interface BlockClause {
  readonly kind: 'block-clause';
  readonly query: Query;
  /** `query !empty { … }`: an empty selection fails instead of being skipped. */
  readonly notEmpty: boolean;
  readonly block: Block<Clause>;
  readonly span: Span;
}

export interface WhenBlock {
  readonly kind: 'when-block';
  readonly when: Conjunction<Condition>;
  /** References to named rules are legal inside only where the block stands directly in a rule or at file level. */
  readonly block: Block<Clause>;
  readonly span: Span;
}

export interface TypeBlock {
  readonly kind: 'type-block';
  /** Without a trailing `::MODULE`. */
  readonly typeName: string;
  readonly when: Conjunction<Condition> | null;
  readonly block: Block<Clause>;
  /** `Resources.*[ Type == "<typeName>" ]`. */
  readonly query: Query;
  readonly span: Span;
}

export interface Query {
  readonly kind: 'query';
  /** At least one; an `all-indices` part stands behind a leading variable that has further parts. */
  readonly parts: readonly QueryPart[];
  /** False after `some`. */
  readonly matchAll: boolean;
  readonly span: Span;
}

export type QueryPart =
  | { readonly kind: 'this' }
  | { readonly kind: 'key'; readonly name: string }
  /** `%name`: at the start the variable's values, later a key taken from them. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all-values'; readonly capture: string | null }
  | { readonly kind: 'all-indices'; readonly capture: string | null }
  | { readonly kind: 'filter'; readonly capture: string | null; readonly conjunction: Conjunction<Clause> }
  | {
      readonly kind: 'key-filter';
      readonly capture: string | null;
      readonly operator: '==' | 'in';
      readonly negated: boolean;
      readonly right: Literal | Query;
    };

export interface FunctionCall {
  readonly kind: 'function-call';
  readonly name: string;
  readonly arguments: readonly LetValue[];
  readonly span: Span;
}

export type Literal =
  | { readonly kind: 'null' }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** Decimal digits with an optional `-`, within 64 bits. */
  | { readonly kind: 'int'; readonly text: string }
  /** Decimal float text. */
  | { readonly kind: 'float'; readonly text: string }
  /** Pattern text with `\/` already turned into `/`. */
  | { readonly kind: 'regex'; readonly pattern: string }
  | RangeLiteral
  | { readonly kind: 'list'; readonly items: readonly Literal[] }
  /** Keys are unique: a later duplicate replaces the value at the first one's position. */
  | { readonly kind: 'map'; readonly entries: readonly { readonly key: string; readonly value: Literal }[] };

export interface RangeLiteral {
  readonly kind: 'range';
  readonly of: 'int' | 'float' | 'char';
  /** Number text or a single character. */
  readonly lower: string;
  readonly upper: string;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
}
