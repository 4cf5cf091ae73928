import fc from 'fast-check';
import type {
  AccessClause,
  Assignment,
  BinaryOperator,
  Block,
  Clause,
  Condition,
  Conjunction,
  Disjunction,
  FunctionCall,
  LetValue,
  Literal,
  ParameterizedCall,
  Query,
  QueryPart,
  UnaryOperator,
  WhenBlock,
} from '../../../src/language/ast.ts';
import { type FunctionName, functionArity } from '../../../src/language/functions.ts';
import { rarely, weighted } from '../property.ts';
import { key, keyTest, literal, message } from './literals.ts';
import { KEYS, PARAMETERS, TYPES, VARIABLES } from './vocabulary.ts';

/*
 * Trees that a rule text can have, in which nothing but the places is missing. What no text says is not among them: a key
 * without quotes that would be read as something else.
 */

export const NOWHERE = { start: 0, end: 0 };

type Depth<T> = (depth: number) => fc.Arbitrary<T>;

const capture = weighted<string | null>(
  [5, fc.constant(null)],
  [1, fc.constantFrom(...VARIABLES, 'keys', 'in')],
);
const variable = weighted<string>(
  [100, fc.constantFrom(...VARIABLES)],
  [1, fc.constantFrom('p', 'a b', 'é', '')],
);

const UNARY = [
  ...[
    'exists',
    'exists',
    'exists',
    'empty',
    'is_string',
    'is_list',
    'is_struct',
    'is_bool',
    'is_int',
    'is_float',
    'is_null',
  ],
] as readonly UnaryOperator[];
const BINARY = ['==', '==', '==', 'in', 'in', '<', '<=', '>', '>='] as readonly BinaryOperator[];

const part: Depth<QueryPart> = fc.memo((depth) =>
  weighted<QueryPart>(
    [9, key.filter((name) => !name.startsWith('%')).map((name) => ({ kind: 'key', name }))],
    [3, capture.map((name) => ({ kind: 'all-values', capture: name }))],
    [4, capture.map((name) => ({ kind: 'all-indices', capture: name }))],
    [1, fc.integer({ min: -2, max: 3 }).map((index) => ({ kind: 'index', index }))],
    [1, variable.map((name) => ({ kind: 'variable', name }))],
    [1, keyFilter],
    ...(depth > 0 ? [[3, filter(depth - 1)] as const] : []),
  ),
);

const keyFilter = fc.record<Extract<QueryPart, { kind: 'key-filter' }>>({
  kind: fc.constant('key-filter'),
  capture,
  operator: fc.constantFrom('==', 'in'),
  negated: rarely(3),
  right: weighted<Literal | Query>(
    [4, keyTest],
    [1, fc.constant(queryOf({ kind: 'variable', name: 'names' }))],
  ),
});

const filter: Depth<QueryPart> = fc.memo((depth) =>
  fc.record({
    kind: fc.constant('filter'),
    capture,
    conjunction: conjunction(weighted<Clause>([6, access(depth)], [1, clause(depth)]), 2),
  }),
);

const RESOURCES: readonly QueryPart[] = [
  { kind: 'key', name: 'Resources' },
  { kind: 'all-values', capture: null },
];
const PROPERTIES: QueryPart = { kind: 'key', name: 'Properties' };

const resources = weighted<readonly QueryPart[]>(
  [2, fc.constant([...RESOURCES, PROPERTIES])],
  [1, fc.constantFrom(...TYPES).map((name) => [...resourcesOfType(name).parts, PROPERTIES])],
  [1, fc.constant(RESOURCES)],
);

/** `Resources.*[ Type == "<name>" ]` */
export function resourcesOfType(name: string): Query {
  const isOfType: Clause = {
    ...{ kind: 'access-clause', not: false, query: queryOf({ kind: 'key', name: 'Type' }) },
    ...{
      operator: '==',
      negated: false,
      right: { kind: 'string', value: name },
      message: null,
      span: NOWHERE,
    },
  };
  return queryOf(...RESOURCES, { kind: 'filter', capture: null, conjunction: [[isOfType]] });
}

/** Resources are found at the root, where rules begin; what is in them, further inside. */
const beginning: Depth<readonly QueryPart[]> = (depth) =>
  weighted<readonly QueryPart[]>(
    [depth > 1 ? 6 : 1, resources],
    [depth > 1 ? 1 : 5, key.map((name) => [keyOrVariable(name)])],
    [2, variable.map((name) => [{ kind: 'variable', name }])],
    [1, fc.constant([{ kind: 'this' }])],
  );

function keyOrVariable(name: string): QueryPart {
  return name.startsWith('%') ? { kind: 'variable', name: name.slice(1) } : { kind: 'key', name };
}

/** A query as the parser makes it: a variable with further parts stands for all its values. */
export function queryOf(...parts: readonly QueryPart[]): Query {
  const [first, second] = parts;
  const implied = first?.kind === 'variable' && second !== undefined && second.kind !== 'all-indices';
  const all: readonly QueryPart[] = implied
    ? [first, { kind: 'all-indices', capture: null }, ...parts.slice(1)]
    : parts;
  return { kind: 'query', parts: all, matchAll: true, span: NOWHERE };
}

/** Leaves out most filters where Guard knows none for a map: they follow a key, `*` or `[*]`. */
function sensible(parts: readonly QueryPart[], isOdd: boolean): readonly QueryPart[] {
  return parts.filter(({ kind }, at) => {
    const before = parts[at - 1]?.kind;
    return (
      isOdd || kind !== 'filter' || before === 'key' || before === 'all-values' || before === 'all-indices'
    );
  });
}

/** A query where a clause begins. */
export const query: Depth<Query> = fc.memo((depth) =>
  fc
    .tuple(beginning(depth), fc.array(part(depth), { maxLength: 2 }), rarely(6), rarely(30))
    .map(([start, rest, some, isOdd]) => ({
      ...queryOf(...sensible([...start, ...rest], isOdd)),
      matchAll: !some,
    })),
);

/** Names without quotes that are read as nothing else where a value may stand. */
const BARE = [
  ...KEYS,
  'Resources',
  'ready',
  'nothing',
  'truncated',
  'inner',
  'not',
  'when',
  'keys',
  'or',
  'é'.padStart(2, 'a'),
];

/** A query where a value may stand: its first key is not in quotes, apart from one behind `some`. */
const rightQuery: Depth<Query> = fc.memo((depth) =>
  weighted(
    [
      6,
      fc
        .tuple(
          weighted<QueryPart>(
            [3, fc.constantFrom(...BARE).map((name) => ({ kind: 'key', name }))],
            [3, fc.constantFrom(...VARIABLES).map((name) => ({ kind: 'variable', name }))],
            [1, fc.constant({ kind: 'this' })],
          ),
          fc.array(part(depth), { maxLength: 2 }),
        )
        .map(([first, rest]) => queryOf(...sensible([first, ...rest], false))),
    ],
    [1, query(depth).map((asked) => ({ ...asked, matchAll: false }))],
  ),
);

const FUNCTIONS = [
  ...[
    'count',
    'to_lower',
    'to_upper',
    'json_parse',
    'parse_boolean',
    'parse_char',
    'parse_epoch',
    'parse_float',
  ],
  ...['parse_int', 'parse_string', 'regex_replace', 'substring', 'join', 'url_decode', 'now'],
] as readonly FunctionName[];

/** What functions take behind their first argument. */
const FURTHER: { readonly [name: string]: readonly (readonly LetValue[])[] } = {
  join: [[{ kind: 'string', value: ',' }]],
  regex_replace: [
    [
      { kind: 'string', value: '^(\\w)(.*)$' },
      { kind: 'string', value: '${2}-${1}' },
    ],
  ],
  substring: [
    [
      { kind: 'int', text: '0' },
      { kind: 'int', text: '2' },
    ],
    [
      { kind: 'int', text: '1' },
      { kind: 'int', text: '9' },
    ],
  ],
};

const call: Depth<FunctionCall> = fc.memo((depth) =>
  fc.constantFrom(...FUNCTIONS).chain((name) => {
    const first = weighted<LetValue>(
      [6, rightQuery(0)],
      [1, literal(0)],
      ...(depth > 0 ? [[1, call(depth - 1)] as const] : []),
    );
    const usual = fc
      .tuple(first, fc.constantFrom(...(FURTHER[name] ?? [[]])))
      .map(([one, more]) => [one, ...more]);
    const count = functionArity(name)!;
    const odd = fc.array(weighted<LetValue>([1, literal(1)], [1, rightQuery(0)]), {
      minLength: count,
      maxLength: count,
    });
    const given = weighted<readonly LetValue[]>([8, usual], [1, odd]);
    return given.map((values) => ({
      kind: 'function-call',
      name,
      arguments: values.slice(0, count),
      span: NOWHERE,
    }));
  }),
);

const value: Depth<LetValue> = fc.memo((depth) =>
  weighted<LetValue>([7, literal(depth)], [2, rightQuery(depth)], [1, call(1)]),
);

export const assignment: Depth<Assignment> = fc.memo((depth) =>
  fc.record<Assignment>({
    kind: fc.constant('assignment'),
    name: fc.constantFrom(...VARIABLES),
    value: weighted<LetValue>([4, rightQuery(depth)], [3, literal(1)], [2, call(1)]),
    span: fc.constant(NOWHERE),
  }),
);

const operator = weighted<Pick<AccessClause, 'operator' | 'negated'>>(
  [2, fc.record({ operator: fc.constantFrom(...UNARY), negated: fc.boolean() })],
  [
    3,
    fc
      .record({ operator: fc.constantFrom(...BINARY), negated: fc.boolean() })
      .map(({ operator: sign, negated }) => ({
        operator: sign,
        negated: negated && (sign === '==' || sign === 'in'),
      })),
  ],
);

/** The test of a query. */
export const access: Depth<AccessClause> = fc.memo((depth) =>
  fc
    .record({
      not: rarely(12),
      query: query(depth),
      tested: operator,
      right: value(Math.min(depth, 1)),
      message,
    })
    .map(({ not, query: asked, tested, right, message: said }) => ({
      ...{ kind: 'access-clause', not, query: asked, ...tested },
      right: (BINARY as readonly string[]).includes(tested.operator) ? right : null,
      ...{ message: said, span: NOWHERE },
    })),
);

const parameterizedCall: Depth<ParameterizedCall> = fc.memo((depth) =>
  fc
    .record({
      not: rarely(8),
      name: fc.constantFrom<keyof typeof PARAMETERS>('check', 'both'),
      given: fc.tuple(value(depth), value(0)),
      message,
    })
    .map(
      ({ not, name, given, message: said }): ParameterizedCall => ({
        ...{ kind: 'parameterized-call', not, name, arguments: given.slice(0, PARAMETERS[name].length) },
        ...{ message: said, span: NOWHERE },
      }),
    ),
);

/** What may guard a block, besides references to rules. */
export const condition: Depth<Condition> = fc.memo((depth) =>
  weighted<Condition>([12, access(depth)], [1, parameterizedCall(Math.min(depth, 1))]),
);

/** What may stand in any block. */
export const clause: Depth<Clause> = fc.memo((depth) =>
  depth <= 0
    ? condition(0)
    : weighted<Clause>(
        [12, access(depth)],
        [1, parameterizedCall(Math.min(depth, 1))],
        [
          3,
          fc.record({
            kind: fc.constant('block-clause'),
            query: query(depth - 1),
            notEmpty: rarely(5),
            block: block(clause(depth - 1)),
            span: fc.constant(NOWHERE),
          }),
        ],
        [1, whenBlock(condition(depth - 1), clause(depth - 1))],
      ),
);

export function whenBlock(
  guard: fc.Arbitrary<Condition>,
  item: fc.Arbitrary<Clause>,
): fc.Arbitrary<WhenBlock> {
  return fc.record({
    kind: fc.constant('when-block'),
    when: conjunction(guard, 2),
    block: block(item),
    span: fc.constant(NOWHERE),
  });
}

export function disjunction<T>(item: fc.Arbitrary<T>): fc.Arbitrary<Disjunction<T>> {
  return weighted<Disjunction<T>>(
    [4, item.map((one) => [one])],
    [1, fc.array(item, { minLength: 2, maxLength: 3 })],
  );
}

export function conjunction<T>(item: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<Conjunction<T>> {
  return weighted<Conjunction<T>>(
    [2, disjunction(item).map((one) => [one])],
    [1, fc.array(disjunction(item), { minLength: 1, maxLength })],
  );
}

/** Assignments and items, now and then only assignments. */
export function block<T>(item: fc.Arbitrary<T>): fc.Arbitrary<Block<T>> {
  return weighted<Block<T>>(
    [
      12,
      fc.record({
        assignments: fc.array(assignment(1), { maxLength: 1 }),
        conjunction: conjunction(item, 3),
      }),
    ],
    [1, assignment(1).map((one) => ({ assignments: [one], conjunction: [] }))],
  );
}
