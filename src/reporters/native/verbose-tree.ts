import type { Check, EventRecord } from '../../engine/record.ts';
import { operatorText } from '../../language/clause-text.ts';
import { missingBlockText, resultsText, resultText } from '../../report/native-messages.ts';
import { contextOf, ruleName } from '../../report/record-context.ts';
import { assertNever, InternalError } from '../../source/invariant.ts';
import type { Source } from '../../source/source.ts';
import { pathOf } from '../../value/path.ts';

/** Everything that was evaluated, one line per record, as a tree. It is never coloured. */
export function verboseTree(record: EventRecord, rules: Source, dataName: string): string {
  const lines: string[] = [];
  const visit = (current: EventRecord, prefix: string, last: boolean): void => {
    const text = `${recordText(current, rules, dataName)}[Context=${contextOf(current.event, rules)}]`;
    lines.push(`${prefix}${last ? '`- ' : '|- '}${text}\n`);
    const inner = prefix + (last ? '   ' : '|  ');
    for (const [index, child] of current.children.entries())
      visit(child, inner, index === current.children.length - 1);
  };
  visit(record, '', true);
  return lines.join('');
}

/** The brackets that are missing in two of the texts are missing in the native tool's as well. */
function recordText({ event, status }: EventRecord, rules: Source, dataName: string): string {
  switch (event.kind) {
    case 'file':
      return `File(${dataName}, Status=${status})`;
    case 'rule':
      return `Rule(${ruleName(event.rule, rules)}, Status=${status})`;
    case 'rule-condition':
      return `Rule/When(Status=${status})`;
    case 'type-block':
      return `Type(${event.node.typeName}, Status=${status})`;
    case 'type-condition':
      return `TypeBlock/When Status=${status})`;
    case 'type-block-item':
      return `TypeBlock/Block Status=${status})`;
    case 'when-block':
      return `WhenConditionalBlock(Status = ${status})`;
    case 'when-condition':
      return `WhenCondition(Status = ${status})`;
    case 'disjunction':
      return `Disjunction(Status = ${status})`;
    case 'block-clause':
      return `GuardValueBlockCheck(Status = ${status})`;
    case 'access-clause':
      return `GuardClauseBlock(Status = ${status})`;
    case 'filter':
      return `Filter/ConjunctionsBlock(Status=${status})`;
    case 'check':
      return checkText(event.check);
    case 'selection':
      throw new InternalError('the native tool does not record what variables rest on');
    default:
      return assertNever(event);
  }
}

function checkText(check: Check): string {
  switch (check.kind) {
    case 'success':
      return 'GuardClauseValueCheck(Status=PASS)';
    case 'unary':
      return `GuardClauseUnaryCheck(Status=FAIL, Comparison=${comparisonText(check.clause)}, Value-At=${resultText(check.value)})`;
    case 'no-value-for-empty':
      return `GuardClause(Status=FAIL, Empty, ${check.clause.message ?? ''})`;
    case 'comparison': {
      const to = check.to === null ? '' : resultText(check.to);
      return `GuardClauseBinaryCheck(Status=FAIL, Comparison=${comparisonText(check)}, from=${resultText(check.from)}, to=${to})`;
    }
    case 'membership':
      return `GuardClauseInBinaryCheck(Status=FAIL, Comparison=${comparisonText(check)}, from=${resultText(check.from)}, to=${resultsText(check.to)})`;
    case 'rule-reference':
      return `GuardClauseDependentRule(Rule=${check.clause.name}, Status=FAIL)`;
    case 'missing-block-value': {
      const path = check.value.kind === 'unresolved' ? pathOf(check.value.at) : '';
      return `GuardBlockValueMissing(Status=FAIL, Reason=${missingBlockText(check)}, ${path})`;
    }
    default:
      return assertNever(check);
  }
}

function comparisonText({
  operator,
  negated,
}: Pick<Extract<Check, { kind: 'comparison' }>, 'operator' | 'negated'>): string {
  return `${negated ? 'not' : ''} ${operatorText(operator, false).trimEnd()}`;
}
