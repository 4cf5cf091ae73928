import type {
  Block,
  BlockClause,
  Clause,
  Condition,
  Conjunction,
  Disjunction,
  LetValue,
  ParameterizedCall,
  Rule,
  RuleItem,
  RuleReference,
  TypeBlock,
  WhenBlock,
} from '../language/ast.ts';
import type { Value } from '../value/value.ts';
import { compileAccessClause } from './access-clause.ts';
import {
  type Compiled,
  Definition,
  Environment,
  type Evaluate,
  Scope,
  type Select,
  type Selection,
  startOf,
} from './environment.ts';
import { EvaluationError } from './evaluation-error.ts';
import { literalValue } from './literal-value.ts';
import { compileLetValue, compileQuery } from './query.ts';
import type { TraceEvent } from './record.ts';
import { traced, tracedAside, tracedCompiled } from './recorder.ts';
import { type Result, resolvedValue } from './result.ts';
import type { Status } from './status.ts';

/*
 * Everything that combines verdicts: conjunctions, blocks, rules and references between them.
 */

/** Where a disjunction stands. */
type Place = 'rule' | 'block' | 'condition';

/** Compiles a rule; `call` is the call that a parameterized rule is compiled for. */
export function compileRule(
  rule: Rule,
  environment: Environment,
  call: ParameterizedCall | null = null,
): Compiled {
  const body = compileBlock(rule.block, environment, 'rule', compileRuleItem);
  const guarded = compileGuarded(rule.when, body, environment, () => ({ kind: 'rule-condition', rule }));
  return tracedCompiled(guarded, () => ({ kind: 'rule', rule, call }));
}

function compileRuleItem(item: RuleItem, environment: Environment): Compiled {
  switch (item.kind) {
    case 'type-block':
      return compileTypeBlock(item, environment);
    case 'when-block':
      return compileWhenBlock(item, environment, true);
    default:
      return compileClause(item, environment);
  }
}

export function compileClause(clause: Clause, environment: Environment): Compiled {
  switch (clause.kind) {
    case 'access-clause':
      return compileAccessClause(clause, environment);
    case 'rule-reference':
      return compileRuleReference(clause, environment);
    case 'parameterized-call':
      return compileCall(clause, environment);
    case 'block-clause':
      return compileBlockClause(clause, environment);
    case 'when-block':
      return compileWhenBlock(clause, environment, false);
  }
}

// --- Conjunctions and blocks ---------------------------------------------------------------------------------------

/**
 * Any FAIL fails, else any PASS passes, else SKIP. All disjunctions are evaluated, as errors and captures must come to
 * light; only the first tier leaves out, after a FAIL, those that can have neither.
 */
export function compileConjunction<T>(
  conjunction: Conjunction<T>,
  environment: Environment,
  place: Place,
  compileItem: (item: T, environment: Environment) => Compiled,
): Compiled {
  const items = conjunction.map((disjunction) =>
    compileDisjunction(disjunction, environment, place, compileItem),
  );
  const total = items.every((item) => item.total);
  if (items.length === 1) return items[0]!;
  return {
    total,
    evaluate: (scope, context) => {
      const shortCircuit = scope.run.recorder === null;
      let status: Status = 'SKIP';
      for (const item of items) {
        if (status === 'FAIL' && shortCircuit && item.total) continue;
        status = conjoin(status, item.evaluate(scope, context));
      }
      return status;
    },
  };
}

/** The first PASS decides and later alternatives are not evaluated; otherwise any FAIL fails. */
function compileDisjunction<T>(
  disjunction: Disjunction<T>,
  environment: Environment,
  place: Place,
  compileItem: (item: T, environment: Environment) => Compiled,
): Compiled {
  const alternatives = disjunction.map((item) => compileItem(item, environment));
  if (alternatives.length === 1) return alternatives[0]!;
  const evaluate: Evaluate = (scope, context) => {
    let status: Status = 'SKIP';
    for (const alternative of alternatives) {
      const outcome = alternative.evaluate(scope, context);
      if (outcome === 'PASS') return 'PASS';
      if (outcome === 'FAIL') status = 'FAIL';
    }
    return status;
  };
  return {
    total: alternatives.every((alternative) => alternative.total),
    evaluate: traced(evaluate, () => ({ kind: 'disjunction', of: place })),
  };
}

function conjoin(left: Status, right: Status): Status {
  if (left === 'FAIL' || right === 'FAIL') return 'FAIL';
  return left === 'PASS' || right === 'PASS' ? 'PASS' : 'SKIP';
}

function compileBlock<T>(
  block: Block<T>,
  environment: Environment,
  place: Place,
  compileItem: (item: T, environment: Environment) => Compiled,
): Compiled {
  if (block.assignments.length === 0) {
    const { evaluate, total } = compileConjunction(block.conjunction, environment, place, compileItem);
    return { total, evaluate: (scope, context) => evaluate(scope, startOf(context)) };
  }
  const own = new Environment(environment.file, environment);
  declareAssignments(block.assignments, own);
  const { evaluate, total } = compileConjunction(block.conjunction, own, place, compileItem);
  return {
    total,
    evaluate: (scope, context) => {
      const start = startOf(context);
      return evaluate(new Scope(scope.run, scope, start), start);
    },
  };
}

/**
 * Declares the variables of a block. Of several definitions of one name a literal wins over a function, which wins over
 * a query; among the same kind the last one wins (11-variables.json).
 */
export function declareAssignments(
  assignments: Block<unknown>['assignments'],
  environment: Environment,
): void {
  const rank = { query: 0, 'function-call': 1 } as const;
  const rankOf = (kind: string): number => rank[kind as keyof typeof rank] ?? 2;
  for (const { name, value } of [...assignments].sort(
    (a, b) => rankOf(a.value.kind) - rankOf(b.value.kind),
  )) {
    const literal = value.kind === 'query' || value.kind === 'function-call' ? null : value;
    const onlyResolved = value.kind === 'query' && !value.matchAll;
    const compile = (): Selection => {
      const selection = compileLetValue(value, environment);
      return onlyResolved ? { select: keepResolved(selection.select), total: selection.total } : selection;
    };
    environment.declare(name, new Definition(literal, compile));
  }
}

/** `let x = some …` drops what is missing, and literals too (18-some.json). */
function keepResolved(select: Select): Select {
  return (scope, context) =>
    select(scope, context).filter((result) => result.kind !== 'unresolved' && result.kind !== 'literal');
}

/** A body behind a `when`: anything but PASS of the conditions, which are evaluated outside of the body, is SKIP. */
function compileGuarded(
  when: Conjunction<Condition> | null,
  body: Compiled,
  environment: Environment,
  event: () => TraceEvent,
): Compiled {
  if (when === null) return body;
  const { evaluate, total } = compileConjunction(when, environment, 'condition', compileClause);
  const condition = { evaluate: tracedAside(evaluate, event), total };
  return {
    total: condition.total && body.total,
    evaluate: (scope, context) =>
      condition.evaluate(scope, context) === 'PASS' ? body.evaluate(scope, context) : 'SKIP',
  };
}

function compileWhenBlock(node: WhenBlock, environment: Environment, inRule: boolean): Compiled {
  const body = compileBlock(node.block, environment, 'block', compileClause);
  const guarded = compileGuarded(node.when, body, environment, () => ({
    kind: 'when-condition',
    node,
    inRule,
  }));
  return tracedCompiled(guarded, () => ({ kind: 'when-block', node, inRule }));
}

// --- Blocks over values --------------------------------------------------------------------------------------------

/** Evaluates `body` with each value as context. Missing values fail. */
function compileBlockClause(node: BlockClause, environment: Environment): Compiled {
  const query = compileQuery(node.query, environment);
  const body = compileBlock(node.block, environment, 'block', compileClause);
  const total = query.total && body.total;
  const evaluate: Evaluate = (scope, context) => {
    const results = query.select(scope, context);
    if (results.length === 0) return node.notEmpty ? 'FAIL' : 'SKIP';
    const shortCircuit = total && scope.run.recorder === null;
    const decisive = node.query.matchAll ? 'FAIL' : 'PASS';
    let seen: Status = 'SKIP';
    for (const result of results) {
      const status = blockStatus(node, body, result, scope);
      if (status === decisive && shortCircuit) return decisive;
      if (status !== 'SKIP' && seen !== decisive) seen = status;
    }
    return seen;
  };
  return { total, evaluate: traced(evaluate, (context) => ({ kind: 'block-clause', node, context })) };
}

function blockStatus(node: BlockClause, body: Compiled, result: Result, scope: Scope): Status {
  if (result.kind === 'unresolved') {
    scope.run.recorder?.check({ kind: 'missing-block-value', clause: node, value: result });
    return 'FAIL';
  }
  return body.evaluate(scope, resolvedValue(result));
}

/** The conditions see the surroundings, the body each resource of the type (19-blocks.json). */
function compileTypeBlock(node: TypeBlock, environment: Environment): Compiled {
  const { select } = compileQuery(node.query, environment);
  const block = compileBlock(node.block, environment, 'block', compileClause);
  const body: Evaluate = (scope, context) => {
    let status: Status = 'SKIP';
    for (const [index, result] of select(scope, context).entries()) {
      if (result.kind === 'unresolved') {
        throw new EvaluationError('missing', `Unable to resolve type block query: ${node.typeName}`);
      }
      const value = resolvedValue(result);
      status = conjoin(status, typeBlockItem(node, block, index, value, scope));
    }
    return status;
  };
  const guarded = compileGuarded(node.when, { evaluate: body, total: false }, environment, () => ({
    kind: 'type-condition',
    node,
  }));
  return tracedCompiled(guarded, () => ({ kind: 'type-block', node }));
}

function typeBlockItem(node: TypeBlock, block: Compiled, index: number, value: Value, scope: Scope): Status {
  const evaluate = traced(block.evaluate, () => ({ kind: 'type-block-item', node, index, value }));
  return evaluate(scope, value);
}

// --- References ----------------------------------------------------------------------------------------------------

/** A reference passes only when the rule passes; a skipped rule makes it fail, and `not` makes it pass (20-named-rules.json). */
function compileRuleReference(clause: RuleReference, environment: Environment): Compiled {
  const { file } = environment;
  file.noteReference(clause.name);
  const evaluate: Evaluate = (scope) => {
    const { recorder } = scope.run;
    recorder?.open({ kind: 'check', check: { kind: 'rule-reference', clause } });
    const passes = (file.verdictOf(clause.name, scope) === 'PASS') !== clause.not;
    if (passes)
      recorder?.close('PASS', { kind: 'check', check: { kind: 'success', clause, from: null, to: null } });
    else recorder?.close('FAIL');
    return passes ? 'PASS' : 'FAIL';
  };
  return { evaluate, total: false };
}

/**
 * Variables in a parameterized rule are looked up among its parameters, then where it is called; so its body is compiled
 * for each call, when that is first reached. Its context is the caller's. A `not` before the call has no effect.
 */
function compileCall(call: ParameterizedCall, environment: Environment): Compiled {
  const args = call.arguments.map((argument) => compileArgument(argument, environment));
  let callee: { readonly rule: Compiled; readonly slots: readonly number[] } | undefined;
  const compileCallee = () => {
    const { parameters, rule } = environment.file.parameterizedRule(call.name);
    if (parameters.length !== args.length) {
      throw new EvaluationError(
        'incompatible',
        `Arity mismatch for called parameter rule ${call.name}, expected ${parameters.length}, got ${args.length}`,
      );
    }
    const own = new Environment(environment.file, environment);
    return {
      slots: parameters.map((parameter) => own.declare(parameter)),
      rule: compileRule(rule, own, call),
    };
  };
  return {
    total: false,
    evaluate: (scope, context) => {
      callee ??= compileCallee();
      const own = new Scope(scope.run, scope, startOf(context));
      for (const [index, slot] of callee.slots.entries())
        own.fill(slot, () => args[index]?.(scope, context) ?? []);
      return callee.rule.evaluate(own, startOf(context));
    },
  };
}

/** A literal argument becomes an ordinary value; `some` before a query argument has no effect (21-parameterized.json). */
function compileArgument(argument: LetValue, environment: Environment): Select {
  if (argument.kind === 'query' || argument.kind === 'function-call') {
    return compileLetValue(argument, environment).select;
  }
  const values = [literalValue(argument)];
  return () => values;
}
