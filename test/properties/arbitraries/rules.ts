import fc from 'fast-check';
import type {
  Assignment,
  Clause,
  Condition,
  Disjunction,
  LetValue,
  ParameterizedRule,
  Query,
  Rule,
  RuleItem,
  RuleReference,
  RulesFile,
  TypeBlock,
} from '../../../src/language/ast.ts';
import { rarely, weighted } from '../property.ts';
import {
  access,
  assignment,
  block,
  clause,
  condition,
  conjunction,
  disjunction,
  NOWHERE,
  query,
  queryOf,
  resourcesOfType,
  whenBlock,
} from './clauses.ts';
import { literal, message } from './literals.ts';
import { KEYS, PARAMETERS, RULE_NAMES, TYPES, VARIABLES } from './vocabulary.ts';

/** A reference to one of the rules, and what else may stand beside it. */
function orReference<T>(
  weight: number,
  others: fc.Arbitrary<T>,
  names: readonly string[],
): fc.Arbitrary<T | RuleReference> {
  if (names.length === 0) return others;
  const reference = fc.record<RuleReference>({
    kind: fc.constant('rule-reference'),
    not: rarely(4),
    name: fc.constantFrom(...names),
    message,
    span: fc.constant(NOWHERE),
  });
  return weighted<T | RuleReference>([weight, others], [1, reference]);
}

const guard = (names: readonly string[]): fc.Arbitrary<Condition> => orReference(4, condition(1), names);
const guardedBlock = (names: readonly string[]) =>
  whenBlock(guard(names), orReference<Clause>(6, clause(1), names));

const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  weighted<T | null>([2, fc.constant(null)], [1, arbitrary]);

const typeBlock = (names: readonly string[]): fc.Arbitrary<TypeBlock> =>
  fc
    .record({
      typeName: fc.constantFrom(...TYPES),
      when: optional(conjunction(guard(names), 2)),
      block: block(clause(1)),
    })
    .map((typed) => ({
      kind: 'type-block',
      ...typed,
      query: resourcesOfType(typed.typeName),
      span: NOWHERE,
    }));

/** @param names of rules that it may refer to */
function rule(name: string, names: readonly string[]): fc.Arbitrary<Rule> {
  const item = weighted<RuleItem>(
    [8, orReference<RuleItem>(6, clause(2), names)],
    [1, typeBlock(names)],
    [1, guardedBlock(names)],
  );
  return fc.record<Rule>({
    ...{ kind: fc.constant('rule'), name: fc.constant(name), isDefault: fc.constant(false) },
    when: optional(conjunction(guard(names), 2)),
    block: block(item),
    span: fc.constant(NOWHERE),
  });
}

/** What stands outside any rule: no references but in a `when` block, and nothing mixed with a type block. */
const defaultRule: fc.Arbitrary<Rule> = fc
  .array(
    weighted<Disjunction<RuleItem>>(
      [3, disjunction<RuleItem>(access(2))],
      [1, disjunction<RuleItem>(typeBlock(RULE_NAMES.slice(0, 1)))],
      [1, guardedBlock(RULE_NAMES.slice(0, 1)).map((one) => [one])],
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((items) => ({
    ...{ kind: 'rule', name: 'default', isDefault: true, when: null },
    ...{ block: { assignments: [], conjunction: items }, span: NOWHERE },
  }));

/** A rule that calls no other one, so that none calls itself. */
function parameterizedRule(name: keyof typeof PARAMETERS): fc.Arbitrary<ParameterizedRule> {
  const parameter = weighted<Query>(
    [1, query(1)],
    [2, fc.constantFrom(...PARAMETERS[name]).map((given) => queryOf({ kind: 'variable', name: given }))],
  );
  const item = fc
    .tuple(access(1), parameter)
    .map(([tested, asked]): RuleItem => ({ ...tested, query: asked }));
  return block(item).map((body) => ({
    kind: 'parameterized-rule',
    parameters: PARAMETERS[name],
    rule: {
      ...{ kind: 'rule', name, isDefault: false, when: null },
      ...{ block: body, span: NOWHERE },
    },
  }));
}

/** What a variable is that is used and not assigned. */
const assigned = weighted<LetValue>(
  [1, literal(1)],
  [1, fc.constantFrom(...TYPES).map(resourcesOfType)],
  [
    2,
    fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 2 }).map((names) => {
      const path = ['Properties', ...names].map((name) => ({ kind: 'key', name }) as const);
      return queryOf({ kind: 'key', name: 'Resources' }, { kind: 'all-values', capture: null }, ...path);
    }),
  ],
);

interface Parts {
  readonly assignments: readonly Assignment[];
  readonly fallbacks: readonly LetValue[];
  readonly rules: readonly Rule[];
  readonly count: number;
  readonly loose: Rule | null;
  readonly parameterized: readonly ParameterizedRule[];
  readonly reversed: boolean;
  readonly namesakes: boolean;
}

/** Puts a file together in which nearly everything exists that is spoken of. */
function assemble(parts: Parts): RulesFile {
  const own = parts.rules.slice(0, parts.count);
  const last = own.at(-1)!;
  const renamed = parts.namesakes ? [...own.slice(0, -1), { ...last, name: RULE_NAMES[0] }] : own;
  const named = parts.reversed ? renamed.toReversed() : renamed;
  const rules = parts.loose === null ? named : [parts.loose, ...named];
  const called = namesOf('parameterized-call', [rules, parts.parameterized]);
  const parameterizedRules = parts.parameterized.filter(({ rule: { name } }) => called.has(name));
  const used = namesOf('variable', [rules, parameterizedRules, parts.assignments]);
  const known = new Set(parts.assignments.map(({ name }) => name));
  const missing = VARIABLES.flatMap((name, at): Assignment[] =>
    used.has(name) && !known.has(name)
      ? [{ kind: 'assignment', name, value: parts.fallbacks[at]!, span: NOWHERE }]
      : [],
  );
  return { kind: 'rules-file', assignments: [...parts.assignments, ...missing], rules, parameterizedRules };
}

/** Names that the nodes of a kind have. */
function namesOf(kind: string, node: unknown, found = new Set<unknown>()): Set<unknown> {
  if (typeof node !== 'object' || node === null) return found;
  if ('kind' in node && 'name' in node && node.kind === kind) found.add(node.name);
  for (const child of Object.values(node)) namesOf(kind, child, found);
  return found;
}

/** Rule files as trees without places, in the form in which the parser makes them. */
export const rulesFile: fc.Arbitrary<RulesFile> = fc
  .record<Parts>({
    assignments: fc.uniqueArray(assignment(1), { maxLength: 2, selector: ({ name }) => name }),
    fallbacks: fc.tuple(...VARIABLES.map(() => assigned)),
    // Rules refer to those before them, so that they do not go round in circles.
    rules: fc.tuple(...RULE_NAMES.map((name, at) => rule(name, RULE_NAMES.slice(0, at)))),
    count: fc.integer({ min: 1, max: RULE_NAMES.length }),
    loose: weighted<Rule | null>([3, fc.constant(null)], [1, defaultRule]),
    parameterized: fc.tuple(parameterizedRule('check'), parameterizedRule('both')),
    reversed: fc.boolean(),
    namesakes: rarely(12),
  })
  .map(assemble);
