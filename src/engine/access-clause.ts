import type { AccessClause, BinaryOperator, UnaryOperator } from '../language/ast.ts';
import { compare } from './comparison.ts';
import type { Compiled, Environment, Scope, Selection } from './environment.ts';
import { Outcomes, RecordedOutcomes } from './outcomes.ts';
import { compileLetValue, compileQuery } from './query.ts';
import { basing, traced } from './recorder.ts';
import { asOrdinary } from './result.ts';
import type { Status } from './status.ts';
import { isNothing, UNARY_TESTS } from './unary.ts';

/** Compiles `query operator [right side]`. */
export function compileAccessClause(clause: AccessClause, environment: Environment): Compiled {
  const left = compileQuery(clause.query, environment);
  const { evaluate, total } =
    clause.right === null
      ? compileUnary(clause, clause.operator as UnaryOperator, left)
      : compileBinary(
          clause,
          clause.operator as BinaryOperator,
          left,
          compileLetValue(clause.right, environment),
        );
  return {
    evaluate: traced(evaluate, (context) => ({
      kind: 'access-clause',
      node: clause,
      context,
      selectedNothing: false,
    })),
    total,
  };
}

function compileUnary(clause: AccessClause, operator: UnaryOperator, left: Selection): Compiled {
  const wanted = clause.negated === clause.not;
  const asksForNothing = operator === 'empty' && selectsByVariableOrFilter(clause);
  const test = asksForNothing ? isNothing : UNARY_TESTS[operator];
  const isTotal = operator !== 'empty' || asksForNothing;
  return {
    total: left.total && isTotal,
    evaluate: (scope, context) => {
      const results = left.select(scope, context);
      if (results.length === 0) return asksForNothing ? emptySelection(clause, wanted, scope) : skip(scope);
      const outcomes = outcomesOf(clause, scope);
      for (const result of results) {
        if (test(result) === wanted) outcomes.pass(result, null);
        else outcomes.unary(asksForNothing ? asOrdinary(result) : result);
        // A later value may be one that cannot be tested (13-unary.json, "int empty is an error").
        if (isTotal && outcomes.settled) break;
      }
      return outcomes.status;
    },
  };
}

/** `%x empty` holds and `%x !empty` fails when nothing was selected (11-variables.json). `some` makes no difference. */
function emptySelection(clause: AccessClause, holds: boolean, scope: Scope): Status {
  scope.run.recorder?.noteEmptySelection();
  const outcomes = outcomesOf(clause, scope);
  if (holds) outcomes.pass(null, null);
  else outcomes.nothingSelected();
  return holds ? 'PASS' : 'FAIL';
}

function selectsByVariableOrFilter({ query: { parts } }: AccessClause): boolean {
  const last = parts.at(-1);
  return (
    last?.kind === 'filter' ||
    last?.kind === 'key-filter' ||
    (last?.kind === 'variable' && parts.length === 1)
  );
}

/** The right side is evaluated first, and `not` before the query makes no difference (13-unary.json, "leading not on binary is ignored"). */
function compileBinary(
  clause: AccessClause,
  operator: BinaryOperator,
  left: Selection,
  right: Selection,
): Compiled {
  const selectRight = basing('right', right.select);
  return {
    total: left.total && right.total,
    evaluate: (scope, context) => {
      const to = selectRight(scope, context);
      const from = left.select(scope, context);
      if (from.length === 0 || to.length === 0) return skip(scope);
      const outcomes = outcomesOf(clause, scope);
      compare(operator, clause.negated, from, to, outcomes);
      return outcomes.status;
    },
  };
}

function skip(scope: Scope): Status {
  scope.run.recorder?.noteEmptySelection();
  return 'SKIP';
}

function outcomesOf(clause: AccessClause, scope: Scope): Outcomes {
  const { recorder } = scope.run;
  return recorder === null ? new Outcomes(clause.query.matchAll) : new RecordedOutcomes(clause, recorder);
}
