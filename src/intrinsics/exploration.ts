import { choosing, type Decision, type Question } from './circumstances.ts';
import { type Covering, coveringAssignments } from './covering.ts';
import { type Attempt, Trials } from './trials.ts';
import type { Option, Variable } from './variables.ts';

/** How many circumstances are tried for the rules of one file. */
export const BUDGET = 256;
/** A parameter may have many allowed values; when rules read nothing else, each is tried. */
const BUDGET_OF_ONE = 1024;

/** So many are tried in any case. */
const FEW = 32;

/** Of one question, so many answers are tried by themselves. */
const MOST_ANSWERS = 256;

export interface Exploration<T> {
  readonly trials: Trials<T>;
  /** Null when every combination was tried that makes a difference. */
  readonly shortfall: Shortfall | null;
}

/** What was left out because there are too many combinations. */
export interface Shortfall {
  /** What has more than one answer, and the number of combinations of these answers. */
  readonly choices: number;
  readonly combinations: bigint;
  /** Every combination of so many answers was tried. */
  readonly together: Covering['together'];
}

/**
 * Tries what can become of a template. Questions that `attempt` does not ask are not varied. As long as the budget lasts, all
 * answers are combined; beyond it, a fixed selection in which all combinations of few answers occur.
 */
export function explore<T>(attempt: Attempt<T>, budget = BUDGET): Exploration<T> {
  const trials = new Trials(attempt);
  const shortfall = fill(trials, budget);
  if (trials.possible.length === 0) trials.makeImpossible();
  return { trials, shortfall };
}

function fill<T>(trials: Trials<T>, budget: number): Shortfall | null {
  trials.make(() => 0);
  // Answers may spare so many questions that there are fewer combinations than it seems.
  if (tryAll(trials, FEW)) return null;
  const variables = variablesIn(trials);
  const limit = variables.size === 1 ? Math.max(budget, BUDGET_OF_ONE) : budget;
  if (combinationsOf(variables) <= BigInt(limit) && tryAll(trials, limit)) return null;
  reach(trials, budget * 2);
  const together = cover(trials, budget);
  if (trials.areAll) return null;
  const all = variablesIn(trials);
  return { choices: all.size, combinations: combinationsOf(all), together };
}

/** Walks the tree of decisions, the last one first. False: the budget was reached. */
function tryAll<T>(trials: Trials<T>, budget: number): boolean {
  for (;;) {
    const path = next(trials.all.at(-1)?.circumstances.decisions ?? []);
    if (path === undefined) return true;
    if (trials.all.length === budget) return false;
    let at = 0;
    trials.make(() => path[at++] ?? 0);
  }
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
 *
 * @param limit how many trials may be added
 */
function reach<T>(trials: Trials<T>, limit: number): void {
  const most = trials.all.length + limit;
  const known = new Set<unknown>();
  for (const base of trials.all)
    for (const [part, question] of base.circumstances.questions) {
      if (known.has(part)) continue;
      known.add(part);
      for (const answer of answersTo(question)) {
        if (trials.all.length >= most) return;
        trials.make(
          choosing((variable) => (answer.get(variable) ?? base.circumstances.optionsOf(variable))[0]),
        );
      }
    }
}

/** What leads to the answers to a question: options of the variables that it rests on. */
function answersTo(question: Question): readonly ReadonlyMap<Variable, readonly Option[]>[] {
  const trials = new Trials(question);
  trials.make(() => 0);
  tryAll(trials, MOST_ANSWERS);
  if (trials.all.length === 1) return [];
  return trials.all.map(
    ({ circumstances }) =>
      new Map(circumstances.decisions.map(({ variable }) => [variable, circumstances.optionsOf(variable)])),
  );
}

/** Tries a selection of combinations, again and again while that brings up new questions. Tells how many answers are combined in every way. */
function cover<T>(trials: Trials<T>, budget: number): Covering['together'] {
  let together: Covering['together'] = 1;
  const limit = trials.all.length + budget * 2;
  for (let known = 0; ; ) {
    const variables = variablesIn(trials);
    const size = [...variables.values()].reduce((sum, options) => sum + options.length, 0);
    if (size === known) return together;
    // What came up last is not combined in every way.
    if (trials.all.length >= limit) return 1;
    known = size;
    const selection = coveringAssignments(variables, budget);
    together = selection.together;
    for (const assignment of selection.assignments)
      trials.make(choosing((variable) => assignment.get(variable)));
  }
}

/** One option for each distinct answer that was given or could have been, by variable. */
function variablesIn({ all }: Trials<unknown>): Map<Variable, readonly Option[]> {
  const variables = new Map<Variable, Option[][]>();
  for (const { circumstances } of all)
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

function combinationsOf(variables: ReadonlyMap<Variable, readonly Option[]>): bigint {
  let product = 1n;
  for (const options of variables.values()) product *= BigInt(options.length);
  return product;
}
