import type { FunctionCall, LetValue, Query, QueryPart } from '../language/ast.ts';
import { queryText } from '../language/clause-text.ts';
import { InternalError } from '../source/invariant.ts';
import { raising } from '../source/limits.ts';
import { keyVariants } from '../value/key-case.ts';
import type { MapValue, Value } from '../value/value.ts';
import {
  aroundQueriesIn,
  type Context,
  type Environment,
  type Evaluate,
  Inside,
  type Scope,
  type Select,
  type Selection,
  startOf,
} from './environment.ts';
import { EvaluationError } from './evaluation-error.ts';
import { callFunction } from './functions/index.ts';
import { interpolatedKeys } from './interpolation.ts';
import { selectKeys } from './key-filter.ts';
import { keyValue } from './key-value.ts';
import { literalValue } from './literal-value.ts';
import type { TraceEvent } from './record.ts';
import { basing, tracedAside } from './recorder.ts';
import { resourceTypeFilter } from './resource-type.ts';
import { Literal, type Reason, type Result, resolvedValue, Unresolved } from './result.ts';
import type { Status } from './status.ts';

/*
 * Walking values along a query. Each part is compiled to a step that does its own part of the walk and hands what it
 * reaches to the step behind it; the last step collects results. Nothing is copied on the way.
 */

/**
 * Continues a walk at `value`. `context` is what a filter behind `[*]` looks around in. `converter` is the spelling
 * conversion that an earlier key of this walk needed, or {@link EXACT}; it stays chosen for the rest of the walk.
 */
type Step = (value: Value, scope: Scope, context: Context, converter: number, out: Result[]) => void;

const EXACT = -1;

interface Steps {
  readonly step: Step;
  readonly total: boolean;
}

/** Compiles the right side of a comparison or assignment, or an argument. */
export function compileLetValue(value: LetValue, environment: Environment): Selection {
  if (value.kind === 'query') return compileQuery(value, environment);
  if (value.kind === 'function-call') return compileFunction(value, environment);
  const results = [new Literal(literalValue(value))];
  return { select: () => results, total: true };
}

/** Functions that make one value of all. */
const OF_THE_WHOLE: ReadonlySet<string> = new Set(['count', 'join']);

function compileFunction(call: FunctionCall, environment: Environment): Selection {
  const args = call.arguments.map((argument) => compileLetValue(argument, environment));
  return {
    total: false,
    select: (scope, context) => {
      const { recorder } = scope.run;
      recorder?.openSelection(OF_THE_WHOLE.has(call.name) ? 'whole' : 'function');
      const values = args.map((argument) => argument.select(scope, context));
      // Others leave out what they cannot convert.
      recorder?.closeSelection(call.name === 'count' ? [] : values.flat());
      return callFunction(call.name, values, scope.run);
    },
  };
}

export function compileQuery(query: Query, environment: Environment): Selection {
  const [first] = query.parts;
  if (first?.kind === 'variable') return compileVariableQuery(query, first.name, environment);
  const { step, total } = compileSteps(query, 0, environment);
  const walk: Select = (scope, context) => {
    const out: Result[] = [];
    step(startOf(context), scope, aroundQueriesIn(context), EXACT, out);
    return out;
  };
  const select = compileIndexed(query, environment, walk);
  const captures = query.parts.some((part) => 'capture' in part && part.capture !== null);
  // What the names that it captures rest on is the same.
  return { select: captures ? basing('variable', select) : select, total };
}

/** The values of a variable, and on from each of them with that value as context. */
function compileVariableQuery(query: Query, name: string, environment: Environment): Selection {
  const variable = environment.variable(name);
  const next = query.parts[1]?.kind === 'all-indices' ? 2 : 1;
  if (next >= query.parts.length) return variable;
  const { step, total } = compileSteps(query, next, environment);
  return {
    total: variable.total && total,
    select: (scope, context) => {
      const out: Result[] = [];
      for (const result of variable.select(scope, context)) {
        if (result.kind === 'unresolved') {
          out.push(result);
        } else {
          const value = resolvedValue(result);
          step(value, scope, new Inside(value, aroundQueriesIn(context)), EXACT, out);
          refuseTooMany(out, query, scope);
        }
      }
      return out;
    },
  };
}

/**
 * `Resources.*[ Type == '…' … ]` and its kin, the heart of nearly every rule file, is answered from the subject's index by type,
 * unless every candidate of the filter has to be recorded.
 */
function compileIndexed(query: Query, environment: Environment, walk: Select): Select {
  const filter = resourceTypeFilter(query, (name) => environment.literal(name));
  if (filter === undefined) return walk;
  const others = environment.file.compileConjunction(filter.otherClauses, environment);
  // A clause that can raise an error must see every resource, as the walk would show it.
  if (!others.total) return walk;
  const { step } = compileSteps(query, filter.next, environment);
  const conjunctions = filter.otherClauses.length + 1;
  const asksMore = filter.otherClauses.length > 0;
  const asks = filtering(others.evaluate, conjunctions);
  const plain = !asksMore && query.parts.length === filter.next;
  return (scope, context) => {
    const { subject, recorder } = scope.run;
    const isWalked = recorder?.detail === 'native' || context !== subject.root;
    const resources = isWalked ? undefined : subject.resourcesOfTypes(filter.types);
    if (resources === undefined) return walk(scope, context);
    if (plain) return resources;
    const out: Result[] = [];
    for (const resource of resources) {
      // The clause on the type passed, so the filter holds unless another clause fails.
      const inside = new Inside(resource, context);
      if (asksMore && asks(scope, inside, 'map', resource) === 'FAIL') continue;
      step(resource, scope, inside, EXACT, out);
    }
    return out;
  };
}

/**
 * A walk from one value selects no value twice. Only variables can lead to the same value again and again, and soon to more
 * than the memory holds.
 */
function refuseTooMany(out: readonly Result[], query: Query, scope: Scope): void {
  const { values } = scope.run.limits;
  if (out.length > values)
    throw new EvaluationError(
      'data',
      `${queryText(query)} selects more than ${values} values; ${raising('values')}`,
    );
}

const collect: Steps = {
  step: (value, _scope, _context, _converter, out) => void out.push(value),
  total: true,
};

/** Compiles the parts of a query from `index` on. */
function compileSteps(query: Query, index: number, environment: Environment): Steps {
  const part = query.parts[index];
  if (part === undefined) return collect;
  const next = compileSteps(query, index + 1, environment);
  const { step, total } = compilePart(part, { query, index }, next.step, environment);
  return { step, total: total && next.total };
}

/** Where a part stands, for the unresolved results that it may leave. */
interface Place {
  readonly query: Query;
  readonly index: number;
}

function compilePart(part: QueryPart, place: Place, next: Step, environment: Environment): Steps {
  switch (part.kind) {
    case 'this':
      return { step: next, total: true };
    case 'key':
      return { step: compileKey(part.name, place, next), total: true };
    case 'variable':
      return { step: compileInterpolation(part.name, place, next, environment), total: false };
    case 'index':
      return {
        step: elementStep(
          part.index,
          { kind: 'index-on-non-list', index: part.index },
          place.index,
          place,
          next,
        ),
        total: true,
      };
    case 'all-values':
      return {
        step: allValues(capturer(part.capture, environment), place, next),
        total: part.capture === null,
      };
    case 'all-indices':
      return { step: allIndices(part.capture, place, next, environment), total: part.capture === null };
    case 'filter':
      return compileFilter(part, place, next, environment);
    case 'key-filter':
      return compileKeyFilter(part, place, next, environment);
  }
}

function unresolved(value: Value, place: Place, reason: Reason, from = place.index): Unresolved {
  return new Unresolved(value, place.query, from, reason);
}

// --- Keys and indices ----------------------------------------------------------------------------------------------

/** A key that is a 32-bit integer acts as an index, so map keys of digits only cannot be addressed (07-queries.json). */
function compileKey(name: string, place: Place, next: Step): Step {
  const index = asInt32(name);
  if (index === undefined) return keyStep(name, place, next);
  return elementStep(index, { kind: 'digits-key-on-non-list', index }, 0, place, next);
}

function keyStep(name: string, place: Place, next: Step): Step {
  const missing: Reason = { kind: 'missing-key', key: name };
  const notAMap: Reason = { kind: 'not-a-map', key: name };
  let spellings: readonly string[] | undefined;
  return (value, scope, context, converter, out) => {
    if (value.kind !== 'map') {
      out.push(unresolved(value, place, notAMap));
      return;
    }
    const entries = value.value;
    const exact = entries.get(name);
    if (exact !== undefined) return next(exact, scope, context, converter, out);
    spellings ??= keyVariants(name);
    const { length } = spellings;
    const [first, end] = converter === EXACT ? [0, length] : [converter, converter + 1];
    for (let at = first; at < end; at++) {
      const child = entries.get(spellings[at] ?? name);
      if (child !== undefined) return next(child, scope, context, at, out);
    }
    out.push(unresolved(value, place, missing));
  };
}

/**
 * The element at the absolute value of `index`: -1 is the second one (07-queries.json, "negative index counts from front").
 *
 * @param notAList why the walk stops at anything but a list, and
 * @param from the first part that it then leaves
 */
function elementStep(index: number, notAList: Reason, from: number, place: Place, next: Step): Step {
  const outOfBounds: Reason = { kind: 'index-out-of-bounds', index };
  return (value, scope, context, converter, out) => {
    if (value.kind !== 'list') {
      out.push(unresolved(value, place, notAList, from));
      return;
    }
    const found = value.value[Math.abs(index)];
    if (found === undefined) out.push(unresolved(value, place, outOfBounds, 0));
    else next(found, scope, context, converter, out);
  };
}

function asInt32(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const number = Number(text);
  return number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
}

// --- Variables as keys -----------------------------------------------------------------------------------------------

function compileInterpolation(name: string, place: Place, next: Step, environment: Environment): Step {
  const selectKeyNames = basing('keys', environment.variable(name).select);
  const notAMap: Reason = { kind: 'not-a-map', key: `%${name}` };
  return (value, scope, context, converter, out) => {
    if (value.kind !== 'map') {
      out.push(unresolved(value, place, notAMap));
      return;
    }
    const results = selectKeyNames(scope, context);
    for (const key of interpolatedKeys(name, results, value, place.query, place.index)) {
      if (key instanceof Unresolved) {
        out.push(key);
        continue;
      }
      const child = value.value.get(key.text);
      if (child !== undefined) next(child, scope, context, converter, out);
      else
        out.push(
          unresolved(value, place, { kind: 'missing-variable-key', key: key.text, pathOf: key.pathOf }),
        );
      refuseTooMany(out, place.query, scope);
    }
  };
}

// --- All values ------------------------------------------------------------------------------------------------------

type Capture = (scope: Scope, map: MapValue, keyIndex: number) => void;

/** What remembers the key of a selected value under a name that the whole file can use from then on. */
function capturer(name: string | null, environment: Environment): Capture | undefined {
  if (name === null) return undefined;
  const slot = environment.root.declare(name);
  return (scope, map, keyIndex) => {
    const { keys, keyStarts } = map.value;
    scope.root.capture(slot, keyValue(map, keys[keyIndex] ?? '', keyStarts[keyIndex]));
  };
}

const NO_ENTRIES: Reason = { kind: 'no-entries' };

/** Parts that ask what is around a value. */
const LOOKING_AROUND: ReadonlySet<QueryPart['kind']> = new Set(['filter', 'key-filter', 'variable']);

/**
 * Every element of a list; every value of a map, with that value as context, where keys and values are paired by index,
 * duplicates included. An empty list or map leaves one unresolved result, and what is neither stands for itself.
 */
function allValues(capture: Capture | undefined, place: Place, next: Step): Step {
  const looksAround = place.query.parts.slice(place.index + 1).some(({ kind }) => LOOKING_AROUND.has(kind));
  return (value, scope, context, converter, out) => {
    if (value.kind === 'list') {
      for (const each of value.value) next(each, scope, context, converter, out);
      if (value.value.length === 0) out.push(unresolved(value, place, NO_ENTRIES));
    } else if (value.kind === 'map') {
      let keyIndex = 0;
      for (const each of value.value.values) {
        capture?.(scope, value, keyIndex++);
        next(each, scope, looksAround ? new Inside(each, context) : context, converter, out);
      }
      if (value.value.size === 0) out.push(unresolved(value, place, NO_ENTRIES));
    } else {
      next(value, scope, context, converter, out);
    }
  };
}

/** As {@link allValues}, but a map stays whole unless its keys are captured. */
function allIndices(captureName: string | null, place: Place, next: Step, environment: Environment): Step {
  const all = allValues(capturer(captureName, environment), place, next);
  if (captureName !== null) return all;
  return (value, scope, context, converter, out) => {
    if (value.kind === 'map') next(value, scope, context, converter, out);
    else all(value, scope, context, converter, out);
  };
}

// --- Filters ---------------------------------------------------------------------------------------------------------

type Filter = Extract<QueryPart, { kind: 'filter' }>;
type FilterEvent = Extract<TraceEvent, { kind: 'filter' }>;

/** Evaluates the clauses of a filter about one candidate, and records it so. */
function filtering(
  evaluate: Evaluate,
  conjunctions: number,
): (scope: Scope, context: Context, over: FilterEvent['over'], candidate: Value) => Status {
  return (scope, context, over, candidate) => {
    const { recorder } = scope.run;
    if (recorder === null || (over === 'scalar' && recorder.detail === 'native'))
      return evaluate(scope, context);
    const event = (start: Value): FilterEvent => ({
      kind: 'filter',
      over,
      conjunctions,
      candidate,
      context: start,
    });
    return tracedAside(evaluate, event)(scope, context);
  };
}

function compileFilter(part: Filter, place: Place, next: Step, environment: Environment): Steps {
  const { evaluate, total } = environment.file.compileConjunction(part.conjunction, environment);
  const asks = filtering(evaluate, part.conjunction.length);
  const capture = capturer(part.capture, environment);
  const previous = place.query.parts[place.index - 1];
  const afterAll = previous?.kind === 'all-values' || previous?.kind === 'all-indices';
  const afterKey = previous?.kind === 'key' || previous?.kind === 'variable';

  const filterMap = (
    value: MapValue,
    scope: Scope,
    context: Context,
    converter: number,
    out: Result[],
  ): void => {
    if (afterAll) {
      // The context is not the map itself after `[*]`: `list[*][ … ]` looks around the list (09-filters.json).
      if (asks(scope, context, 'map', value) === 'PASS') next(value, scope, context, converter, out);
    } else if (afterKey) {
      for (const [keyIndex, each] of value.value.values.entries()) {
        const inside = new Inside(each, context);
        if (asks(scope, inside, 'map', each) !== 'PASS') continue;
        capture?.(scope, value, keyIndex);
        next(each, scope, inside, converter, out);
      }
    } else {
      throw new EvaluationError('incompatible', 'A filter on a map must follow a key, `*` or `[*]`');
    }
  };

  const step: Step = (value, scope, context, converter, out) => {
    if (value.kind === 'map') {
      filterMap(value, scope, context, converter, out);
    } else if (value.kind === 'list') {
      for (const each of value.value) {
        const inside = new Inside(each, context);
        if (asks(scope, inside, 'list', each) === 'PASS') next(each, scope, context, converter, out);
      }
    } else if (previous?.kind !== 'all-indices') {
      out.push(unresolved(value, place, { kind: 'filter-on-scalar' }));
    } else if (asks(scope, new Inside(value, context), 'scalar', value) === 'PASS') {
      next(value, scope, context, converter, out);
    }
  };
  return { step, total: total && part.capture === null && (afterAll || afterKey) };
}

type KeyFilter = Extract<QueryPart, { kind: 'key-filter' }>;

/** The right side is a query from the map itself, and shares the walk's spelling conversion. */
function compileKeyFilter(part: KeyFilter, place: Place, next: Step, environment: Environment): Steps {
  const { right } = part;
  const other: Steps = right.kind === 'query' ? compileNested(right, environment) : literalSteps(right);
  const step: Step = (value, scope, context, converter, out) => {
    if (value.kind !== 'map') {
      out.push(unresolved(value, place, { kind: 'key-filter-on-non-map' }));
      return;
    }
    const results: Result[] = [];
    const { recorder } = scope.run;
    recorder?.openSelection('keys');
    other.step(value, scope, context, converter, results);
    recorder?.closeSelection();
    for (const each of selectKeys(part, value, results, recorder)) {
      next(each, scope, context, converter, out);
    }
  };
  return { step, total: other.total };
}

function literalSteps(literal: Exclude<KeyFilter['right'], Query>): Steps {
  const result = new Literal(literalValue(literal));
  return { step: (_value, _scope, _context, _converter, out) => void out.push(result), total: true };
}

function compileNested(query: Query, environment: Environment): Steps {
  if (query.parts.length === 0) throw new InternalError('a query has at least one part');
  if (query.parts[0]?.kind !== 'variable') return compileSteps(query, 0, environment);
  const { select, total } = compileQuery(query, environment);
  return {
    step: (value, scope, context, _converter, out) => {
      for (const result of select(scope, new Inside(value, context))) out.push(result);
    },
    total,
  };
}
