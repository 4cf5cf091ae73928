import {
  type Choose,
  Circumstances,
  type Decision,
  IMPOSSIBLE,
  ImpossibleError,
  type Question,
} from './circumstances.ts';
import { type Covering, coveringAssignments } from './covering.ts';
import type { Option, Variable } from './variables.ts';

/** How many circumstances are tried for the rules of one file. */
export const BUDGET = 256;
/** A parameter may have many allowed values; when rules read nothing else, each is tried. */
const BUDGET_OF_ONE = 1024;

/** Of one question, so many answers are tried by themselves. */
const MOST_ANSWERS = 256;

/** What came of some circumstances. */
export interface Trial<T> {
  readonly circumstances: Circumstances;
  readonly result: T;
}

/** A trial, or circumstances under which nothing can be deployed. */
type Tried<T> = Trial<T> | Trial<typeof IMPOSSIBLE>;

export interface Exploration<T> {
  readonly trials: readonly Trial<T>[];
  /** Null when every combination was tried that makes a difference. */
  readonly shortfall: Shortfall | null;
}

/** What was left out because there are too many combinations. */
export interface Shortfall {
  /** What has more than one answer, and the number of combinations of these answers. */
  readonly choices: number;
  readonly combinations: bigint;
  readonly tried: number;
  /** Every combination of so many answers was tried. */
  readonly together: Covering['together'];
}

/**
 * Tries what can become of a template. Questions that `attempt` does not ask are not varied. As long as the budget lasts, all
 * answers are combined; beyond it, a fixed selection in which all combinations of few answers occur.
 */
export function explore<T>(attempt: Attempt<T>, budget = BUDGET): Exploration<T> {
  const first = tried(attempt, () => 0);
  if (isPossible(first) && first.circumstances.decisions.length === 0)
    return { trials: [first], shortfall: null };
  const tries = [first];
  const limit = variablesIn(tries).size === 1 ? Math.max(budget, BUDGET_OF_ONE) : budget;
  const isAll = combinationsOf(tries) <= BigInt(limit) && tryAll(attempt, tries, limit);
  let together: Covering['together'] | null = null;
  if (!isAll) {
    reach(attempt, tries, tries.length + budget * 2);
    together = cover(attempt, tries, budget);
  }
  const trials = tries.filter(isPossible);
  if (trials.length === 0) {
    const circumstances = new Circumstances(() => 0, true);
    trials.push({ circumstances, result: attempt(circumstances) });
  }
  if (together === null) return { trials, shortfall: null };
  const choices = variablesIn(tries).size;
  return {
    trials,
    shortfall: { choices, combinations: combinationsOf(tries), tried: tries.length, together },
  };
}

/** One more trial; undefined when nothing can be deployed so. */
export function tryOut<T>(attempt: Attempt<T>, choose: Choose): Trial<T> | undefined {
  const one = tried(attempt, choose);
  return isPossible(one) ? one : undefined;
}

function isPossible<T>(one: Tried<T>): one is Trial<T> {
  return one.result !== IMPOSSIBLE;
}

/** What is to be tried under circumstances. */
export type Attempt<T> = (circumstances: Circumstances) => T;

function tried<T>(attempt: Attempt<T>, choose: Choose): Tried<T> {
  const circumstances = new Circumstances(choose);
  try {
    return { result: attempt(circumstances), circumstances };
  } catch (error) {
    if (error instanceof ImpossibleError) return { result: IMPOSSIBLE, circumstances };
    throw error;
  }
}

/** Walks the tree of decisions, the last one first. False: the budget was reached. */
function tryAll<T>(attempt: Attempt<T>, trials: Tried<T>[], budget: number): boolean {
  let path = next(trials[0]!.circumstances.decisions);
  while (path !== undefined) {
    if (trials.length === budget) return false;
    const taken = path;
    let at = 0;
    const trial = tried(attempt, () => taken[at++] ?? 0);
    trials.push(trial);
    path = next(trial.circumstances.decisions);
  }
  return true;
}

/** The answers that lead to the neighbour in the tree of decisions; undefined behind the last one. */
function next(decisions: readonly Decision[]): readonly number[] | undefined {
  const last = decisions.findLastIndex(({ taken, answers }) => taken + 1 < answers.length);
  if (last === -1) return undefined;
  return decisions.slice(0, last + 1).map(({ taken }, at) => (at === last ? taken + 1 : taken));
}

/**
 * Tries every answer to each question by itself, beginning with everything as it is by default: a branch that ten conditions
 * lead to is in hardly any selection.
 */
function reach<T>(attempt: Attempt<T>, tries: Tried<T>[], limit: number): void {
  const known = new Set<unknown>();
  for (const base of tries)
    for (const [part, question] of base.circumstances.questions) {
      if (known.has(part)) continue;
      known.add(part);
      for (const answer of answersTo(question)) {
        if (tries.length === limit) return;
        tries.push(
          tried(attempt, (variable, answers) =>
            preferred((answer.get(variable) ?? base.circumstances.optionsOf(variable))[0], answers),
          ),
        );
      }
    }
}

/** What leads to the answers to a question: options of the variables that it rests on. */
function answersTo(question: Question): readonly ReadonlyMap<Variable, readonly Option[]>[] {
  const ask = ({ ask }: Circumstances) => question(ask);
  const tries = [tried(ask, () => 0)];
  tryAll(ask, tries, MOST_ANSWERS);
  if (tries.length === 1) return [];
  return tries.map(
    ({ circumstances }) =>
      new Map(circumstances.decisions.map(({ variable }) => [variable, circumstances.optionsOf(variable)])),
  );
}

/** Tries a selection of combinations, again and again while that brings up new questions. Tells how many answers are combined in every way. */
function cover<T>(attempt: Attempt<T>, trials: Tried<T>[], budget: number): Covering['together'] {
  let together: Covering['together'] = 1;
  const limit = trials.length + budget * 2;
  for (let known = 0; ; ) {
    const variables = variablesIn(trials);
    const size = [...variables.values()].reduce((sum, options) => sum + options.length, 0);
    if (size === known) return together;
    // What came up last is not combined in every way.
    if (trials.length >= limit) return 1;
    known = size;
    const selection = coveringAssignments(variables, budget);
    together = selection.together;
    for (const assignment of selection.assignments) {
      trials.push(tried(attempt, (variable, answers) => preferred(assignment.get(variable), answers)));
    }
  }
}

/** The answer that an option gives. */
function preferred(option: Option | undefined, answers: readonly (readonly Option[])[]): number {
  return Math.max(
    0,
    answers.findIndex((group) => option !== undefined && group.includes(option)),
  );
}

/** One option for each distinct answer that was given or could have been, by variable. */
function variablesIn(trials: readonly Tried<unknown>[]): Map<Variable, readonly Option[]> {
  const variables = new Map<Variable, Option[][]>();
  for (const { circumstances } of trials)
    for (const { variable, answers } of circumstances.decisions) {
      const classes = variables.get(variable) ?? [[...variable.options]];
      if (classes.length < variable.options.length) variables.set(variable, refined(classes, answers));
    }
  return new Map([...variables].map(([variable, classes]) => [variable, classes.map(([option]) => option!)]));
}

/** Splits classes such that no class has options of two answers. */
function refined(classes: readonly Option[][], answers: readonly (readonly Option[])[]): Option[][] {
  const answerOf = new Map(
    answers.flatMap((options, answer) => options.map((option) => [option, answer] as const)),
  );
  return classes.flatMap((each) => {
    if (each.length === 1) return [each];
    const parts = new Map<number | undefined, Option[]>();
    for (const option of each) {
      const answer = answerOf.get(option);
      const part = parts.get(answer);
      if (part === undefined) parts.set(answer, [option]);
      else part.push(option);
    }
    return [...parts.values()];
  });
}

function combinationsOf(trials: readonly Tried<unknown>[]): bigint {
  let product = 1n;
  for (const options of variablesIn(trials).values()) product *= BigInt(options.length);
  return product;
}
