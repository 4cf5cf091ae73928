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
 * The conditions of the resource and the branches that a value stands in, and what decides about the value itself.
 *
 * @param written a value of the file
 * @param key of the entry that is missing in it, if it is about that
 */
export function wayTo(
  written: Value,
  key: string | undefined,
  formulas: Formulas,
  circumstances: Circumstances,
): Way {
  const conditions = new Set(conditionsAround(written));
  const variables = new Set<Variable>();
  let value = key === undefined ? written : entryOf(written, key);
  for (let name = conditionOf(value); value !== undefined && name !== undefined; name = conditionOf(value)) {
    const condition = name;
    conditions.add(condition);
    const holds = circumstances.ifSettled((ask) => formulas.holds(condition, ask));
    value = elementOf(intrinsicOf(value)?.argument, holds === true ? 1 : 2);
  }
  const rest = value;
  if (rest !== undefined)
    circumstances.ifSettled((ask) =>
      formulas.outcome(rest, (variable, answer) => {
        variables.add(variable);
        return ask(variable, answer);
      }),
    );
  return { conditions, variables };
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
