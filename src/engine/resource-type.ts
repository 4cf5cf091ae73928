import type { Clause, Conjunction, Query } from '../language/ast.ts';

/** A query that starts with `Resources.*[ Type == '<type>' … ]`. */
export interface ResourceTypeFilter {
  readonly type: string;
  /** What the filter asks besides the type. */
  readonly otherClauses: Conjunction<Clause>;
}

/** Recognises queries that an index by resource type can answer. */
export function resourceTypeFilter(query: Query): ResourceTypeFilter | undefined {
  const [resources, all, filter] = query.parts;
  if (resources?.kind !== 'key' || resources.name !== 'Resources') return undefined;
  if (all?.kind !== 'all-values' || all.capture !== null || filter?.kind !== 'filter') return undefined;
  const [first, ...otherClauses] = filter.conjunction;
  const type = first?.length === 1 ? typeTest(first[0]) : undefined;
  return type === undefined ? undefined : { type, otherClauses };
}

/** The type that `Type == '<type>'` asks for. */
function typeTest(clause: Clause | undefined): string | undefined {
  if (clause?.kind !== 'access-clause' || clause.operator !== '==' || clause.negated) return undefined;
  const [key, ...further] = clause.query.parts;
  if (key?.kind !== 'key' || key.name !== 'Type' || further.length > 0) return undefined;
  return clause.right?.kind === 'string' ? clause.right.value : undefined;
}
