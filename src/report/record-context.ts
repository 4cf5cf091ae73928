import type { Check, TraceEvent } from '../engine/record.ts';
import type { Rule } from '../language/ast.ts';
import { clauseLocation, clauseText } from '../language/clause-text.ts';
import { assertNever, InternalError } from '../source/invariant.ts';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';

/** A rule's name in reports: the default rule is called after its file. */
export function ruleName(rule: Rule, rules: Source): string {
  return rule.isDefault ? `${rules.name}/${rule.name}` : rule.name;
}

/** The native tool's type names in the context of a disjunction, by where the alternatives stand. */
const ALTERNATIVES = { rule: 'RuleClause', block: 'GuardClause', condition: 'WhenGuardClause' } as const;

/**
 * The text that tells what an event is about.
 *
 * @param rules the rule file, whose name and positions some contexts print
 */
export function contextOf(event: TraceEvent, rules: Source): string {
  switch (event.kind) {
    case 'file':
      return `File(rules=${event.ruleCount})`;
    case 'rule':
      return ruleName(event.rule, rules);
    case 'rule-condition':
      return `Rule#${ruleName(event.rule, rules)}/When`;
    case 'type-block':
      return `TypeBlock#${event.node.typeName}`;
    case 'type-condition':
      return `TypeBlock#${event.node.typeName}/When`;
    case 'type-block-item':
      return `TypeBlock#${event.node.typeName}/${event.index}`;
    case 'when-block':
      return whenContext(event.inRule);
    case 'when-condition':
      return `${whenContext(event.inRule)}/When`;
    case 'disjunction':
      return `cfn_guard::rules::exprs::${ALTERNATIVES[event.of]}#disjunction`;
    case 'block-clause':
      return `BlockGuardClause#${placeText(event.node, rules)}`;
    case 'access-clause':
      return `GuardAccessClause#block${clauseText(event.node)}`;
    case 'filter':
      return `Filter/${event.over === 'map' ? 'Map' : 'List'}#${event.conjunctions}`;
    case 'check':
      return checkContext(event.check, rules);
    case 'selection':
      throw new InternalError('the native tool does not record what variables rest on');
    default:
      return assertNever(event);
  }
}

function whenContext(inRule: boolean): string {
  return inRule ? 'RuleClause' : 'GuardConditionClause';
}

/** The text of the tested clause; empty for the tests of a key filter (10-map-key-filters.json). */
function checkContext({ kind, clause }: Check, rules: Source): string {
  if (clause === null) return '';
  if (kind === 'missing-block-value') return `GuardBlockAccessClause#${placeText(clause, rules)}`;
  if (clause.kind === 'rule-reference') return `Rule(${clause.name}@${placeText(clause, rules)})`;
  return clauseText(clause);
}

function placeText({ span }: { readonly span: Span }, rules: Source): string {
  return clauseLocation(rules, rules.name, span.start);
}
