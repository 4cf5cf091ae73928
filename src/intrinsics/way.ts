import type { Value } from '../value/value.ts';
import type { Circumstances } from './circumstances.ts';
import type { Formulas } from './formulas.ts';
import { elementOf, entryOf, intrinsicOf } from './intrinsic.ts';
import type { Variable } from './variables.ts';

/** What was asked on the way to a value. */
export interface Way {
  /** Names. */
  readonly conditions: ReadonlySet<string>;
  readonly variables: ReadonlySet<Variable>;
}

/**
 * The conditions of the resource and the branches that a value stands in, and what decides about the value itself; and that
 * together with what decides about its neighbours, for rules that compare these.
 *
 * @param written a value of the file
 * @param key of the entry that is missing in it, if it is about that
 */
export function waysTo(
  written: Value,
  key: string | undefined,
  formulas: Formulas,
  circumstances: Circumstances,
): readonly Way[] {
  const own = key === undefined ? written : entryOf(written, key);
  const around = key === undefined ? mapAround(written) : written;
  const neighbours = around?.kind === 'map' ? around.value.values : [];
  const direct = {
    conditions: new Set(conditionsAround(written)),
    variables: new Set<Variable>(),
  };
  if (own !== undefined) noteAnswers(own, direct, formulas, circumstances);
  const wide = { conditions: new Set(direct.conditions), variables: new Set(direct.variables) };
  for (const neighbour of neighbours) noteAnswers(neighbour, wide, formulas, circumstances);
  return [direct, wide];
}

/** Notes what decides about a value. */
function noteAnswers(
  whole: Value,
  way: { readonly conditions: Set<string>; readonly variables: Set<Variable> },
  formulas: Formulas,
  circumstances: Circumstances,
): void {
  let value: Value | undefined = whole;
  for (let name = conditionOf(value); value !== undefined && name !== undefined; name = conditionOf(value)) {
    const condition = name;
    way.conditions.add(condition);
    const holds = formulas.ifSettled(condition, circumstances);
    value = elementOf(intrinsicOf(value)?.argument, holds === true ? 1 : 2);
  }
  const rest = value;
  if (rest === undefined) return;
  for (const variable of circumstances.variablesOn((inquiry) => formulas.outcome(rest, inquiry)))
    way.variables.add(variable);
}

/** The map that a value is an entry of, itself or as a branch. */
function mapAround(written: Value): Value | null {
  let at = written;
  while (at.parent !== null && (at.parent.kind === 'list' || intrinsicOf(at.parent) !== undefined))
    at = at.parent;
  return at.parent;
}

/** The names of the conditions that a value depends on because of where it stands. */
function* conditionsAround(written: Value): Iterable<string> {
  for (let at: Value = written; at.parent !== null; at = at.parent) {
    const call = at.parent.parent;
    const branches = call === null ? undefined : conditionOf(call);
    if (branches !== undefined && at.parent.kind === 'list') yield branches;
    const ofResource = entryOf(at, 'Condition');
    if (call?.parent === null && ofResource?.kind === 'string') yield ofResource.value;
  }
}

/** The condition that chooses the branch of a call of `Fn::If`. */
function conditionOf(value: Value | undefined): string | undefined {
  const call = value === undefined ? undefined : intrinsicOf(value);
  const name = call?.name === 'Fn::If' ? elementOf(call.argument, 0) : undefined;
  return name?.kind === 'string' ? name.value : undefined;
}
