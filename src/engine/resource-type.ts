import type { Clause, Conjunction, Disjunction, LetValue, Literal, Query } from '../language/ast.ts';

/** A query that starts with `Resources.*[ Type == '<type>' … ]`, in any of the forms that rule files use for it. */
export interface ResourceTypeFilter {
  /** The types that the filter lets through. */
  readonly types: readonly string[];
  /** What the filter asks besides the type. */
  readonly otherClauses: Conjunction<Clause>;
  /** Index of the first part of the query behind the filter. */
  readonly next: number;
}

/** The literal that a variable stands for, or undefined when it is no literal. */
type LiteralOf = (variable: string) => Literal | undefined;

/** Recognises queries that an index by resource type can answer. */
export function resourceTypeFilter(query: Query, literalOf: LiteralOf): ResourceTypeFilter | undefined {
  const [resources, second] = query.parts;
  if (resources?.kind !== 'key' || resources.name !== 'Resources') return undefined;
  // `Resources.*[ … ]` and `Resources[ … ]` both ask every entry.
  const at = second?.kind === 'all-values' && second.capture === null ? 2 : 1;
  const filter = query.parts[at];
  if (filter?.kind !== 'filter' || filter.capture !== null) return undefined;
  const [first, ...otherClauses] = filter.conjunction;
  const types = first && typesOfAny(first, literalOf);
  return types && { types, otherClauses, next: at + 1 };
}

/** The types that one of several alternatives asks for, when all of them ask for a type. */
function typesOfAny(alternatives: Disjunction<Clause>, literalOf: LiteralOf): readonly string[] | undefined {
  const types: string[] = [];
  for (const clause of alternatives) {
    const asked = typesOf(clause, literalOf);
    if (asked === undefined) return undefined;
    types.push(...asked);
  }
  return [...new Set(types)];
}

/** The types that `Type == '<type>'` or `Type in ['<type>', …]` asks for. */
function typesOf(clause: Clause, literalOf: LiteralOf): readonly string[] | undefined {
  if (clause.kind !== 'access-clause' || clause.negated || clause.right === null) return undefined;
  const [key, ...further] = clause.query.parts;
  if (key?.kind !== 'key' || key.name !== 'Type' || further.length > 0) return undefined;
  const right = literal(clause.right, literalOf);
  if (clause.operator === '==') return right?.kind === 'string' ? [right.value] : undefined;
  // `in` with a string would ask for a part of it.
  return clause.operator === 'in' && right?.kind === 'list' ? strings(right.items) : undefined;
}

function literal(value: LetValue, literalOf: LiteralOf): Literal | undefined {
  if (value.kind === 'function-call') return undefined;
  if (value.kind !== 'query') return value;
  const [variable, ...further] = value.parts;
  return variable?.kind === 'variable' && further.length === 0 ? literalOf(variable.name) : undefined;
}

function strings(items: readonly Literal[]): readonly string[] | undefined {
  const values = items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  return values.length === items.length ? values : undefined;
}
