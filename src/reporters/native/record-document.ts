import type { Check, EventRecord, TraceEvent } from '../../engine/record.ts';
import type { Result } from '../../engine/result.ts';
import type { Status } from '../../engine/status.ts';
import { incomparableText } from '../../report/incomparable.ts';
import { missingBlockText } from '../../report/native-messages.ts';
import { contextOf, ruleName } from '../../report/record-context.ts';
import { assertNever, InternalError } from '../../source/invariant.ts';
import type { Source } from '../../source/source.ts';
import type { Document, Fields } from './document.ts';
import { unresolvedDocument, valueDocument } from './file-report-document.ts';
import { comparisonPair } from './operator-names.ts';

/** Everything that was evaluated, in the shape of the native tool's `--print-json`. */
export function recordDocument(record: EventRecord, rules: Source, dataName: string): Fields {
  const { event, status, children } = record;
  return {
    context: contextOf(event, rules),
    container: container(event, status, rules, dataName),
    children: children.map((child) => recordDocument(child, rules, dataName)),
  };
}

function container(event: TraceEvent, status: Status, rules: Source, dataName: string): Fields {
  switch (event.kind) {
    case 'file':
      return { FileCheck: { name: dataName, status, message: null } };
    case 'rule':
      return {
        RuleCheck: { name: ruleName(event.rule, rules), status, message: event.call?.message ?? null },
      };
    case 'rule-condition':
      return { RuleCondition: status };
    case 'type-block':
      return { TypeCheck: { type_name: event.node.typeName, block: block(false, status) } };
    case 'type-condition':
      return { TypeCondition: status };
    case 'type-block-item':
      return { TypeBlock: status };
    case 'when-block':
      return { WhenCheck: block(false, status) };
    case 'when-condition':
      return { WhenCondition: status };
    case 'disjunction':
      return { Disjunction: block(true, status) };
    case 'block-clause':
      return { BlockGuardCheck: block(!event.node.query.matchAll, status) };
    case 'access-clause': {
      // Inverted for a clause that selected nothing (fixtures/reports/key-filters, print-json).
      const { matchAll } = event.node.query;
      return { GuardClauseBlockCheck: block(event.selectedNothing ? matchAll : !matchAll, status) };
    }
    case 'filter':
      return { Filter: status };
    case 'check':
      return { ClauseValueCheck: checkDocument(event.check) };
    case 'selection':
      throw new InternalError('the native tool does not record what variables rest on');
    default:
      return assertNever(event);
  }
}

function block(atLeastOneMatches: boolean, status: Status): Fields {
  return { at_least_one_matches: atLeastOneMatches, status, message: null };
}

function checkDocument(check: Check): Document {
  switch (check.kind) {
    case 'success':
      return 'Success';
    case 'unary':
      return {
        Unary: {
          value: outcome({ from: resultDocument(check.value), message: null }, check),
          comparison: comparisonPair(check.clause),
        },
      };
    case 'no-value-for-empty':
      return { NoValueForEmptyCheck: check.clause.message };
    case 'comparison':
      return {
        Comparison: outcome(
          {
            comparison: comparisonPair(check),
            from: resultDocument(check.from),
            to: check.to === null ? null : resultDocument(check.to),
            message: comparisonError(check),
          },
          check,
        ),
      };
    case 'membership':
      return {
        InComparison: outcome(
          {
            comparison: comparisonPair(check),
            from: resultDocument(check.from),
            to: check.to.map(resultDocument),
            message: null,
          },
          check,
        ),
      };
    case 'rule-reference':
      return { DependentRule: outcome({ rule: check.clause.name, message: null }, check) };
    case 'missing-block-value':
      return {
        MissingBlockValue: outcome(
          { from: resultDocument(check.value), message: missingBlockText(check) },
          check,
        ),
      };
    default:
      return assertNever(check);
  }
}

function outcome(fields: Fields, { clause }: Check): Fields {
  const message = clause !== null && 'message' in clause ? clause.message : null;
  return { ...fields, custom_message: message, status: 'FAIL' };
}

function comparisonError({
  operator,
  from,
  to,
  incomparable,
}: Extract<Check, { kind: 'comparison' }>): string | null {
  if (incomparable === null || from.kind === 'unresolved' || to === null || to.kind === 'unresolved')
    return null;
  return incomparableText(
    incomparable,
    operator,
    from.kind === 'literal' ? from.value : from,
    to.kind === 'literal' ? to.value : to,
  );
}

function resultDocument(result: Result): Fields {
  if (result.kind === 'unresolved') return { UnResolved: unresolvedDocument(result) };
  if (result.kind === 'literal') return { Literal: valueDocument(result.value) };
  return { Resolved: valueDocument(result) };
}
