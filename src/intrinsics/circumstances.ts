import type { Option, Variable } from './variables.ts';

/*
 * One way in which everything that a template leaves open may be settled. It is found out as far as somebody asks: each
 * question narrows down what a variable may still be, so that later answers agree with earlier ones.
 */

/** An answer that no deployment has, such as a key that a mapping lacks. */
export const IMPOSSIBLE = Symbol('impossible');

/** Something that a part of the template asks for is worked out by means of this. */
export interface Inquiry {
  /**
   * Asks something about a variable: `answer` tells what is the case for each of its options.
   *
   * @param likeness where this is the same, one answer is as good as the other
   */
  ask<T>(
    this: void,
    variable: Variable,
    answer: (option: Option) => T,
    likeness?: (option: Option) => unknown,
  ): T;
  /** What follows from the answers so far, by name of the condition. */
  readonly truths: Map<string, boolean>;
}

/** The question which option it is. */
export const itself = (option: Option): Option => option;

/** A question that could have been answered otherwise. */
export interface Decision {
  readonly variable: Variable;
  /** Options with the same answer, by answer. */
  readonly answers: readonly (readonly Option[])[];
  /** Index of the answer that was taken. */
  readonly taken: number;
}

/** Something that a part of the template asks for, which may take several answers. */
export type Question = (inquiry: Inquiry) => unknown;

/** Takes one of several answers; what is taken when nobody cares is 0. */
export type Choose = (variable: Variable, answers: readonly (readonly Option[])[]) => number;

/** Takes the answers that certain options give, and what is taken when nobody cares where there is no such option. */
export function choosing(optionOf: (variable: Variable) => Option | undefined): Choose {
  return (variable, answers) => Math.max(0, indexOfAnswer(optionOf(variable), answers));
}

/** The answer that an option gives; -1 for none of them. */
export function indexOfAnswer(option: Option | undefined, answers: readonly (readonly Option[])[]): number {
  return answers.findIndex((group) => option !== undefined && group.includes(option));
}

/** Raised when an answer is needed that earlier answers rule out: nothing can be deployed under these circumstances. */
export class ImpossibleError extends Error {
  override readonly name = 'ImpossibleError';
}

/** Raised within {@link Circumstances.ifSettled}. It is made once, because a stack for each of thousands takes most of the time. */
const UNSETTLED = new Error('this has not been settled');

export class Circumstances implements Inquiry {
  readonly decisions: Decision[] = [];
  /** What was asked for, by the part of the template. */
  readonly questions = new Map<unknown, Question>();
  readonly #choose: Choose;
  readonly #isLenient: boolean;
  readonly #open = new Map<Variable, readonly Option[]>();
  /** Of these it was only settled what they are like. */
  readonly #alike = new Set<Variable>();
  readonly #settledTruths = new Map<string, boolean>();
  /** What was in the way when something was not settled, by what it is. */
  readonly #obstacles = new Map<unknown, { readonly variable: Variable; readonly open: readonly Option[] }>();
  #truths = this.#settledTruths;
  #knowledge = {};
  #isConcluded = false;

  /** @param isLenient whether what is impossible is answered so, instead of raising an error */
  constructor(choose: Choose = () => 0, isLenient = false) {
    this.#choose = choose;
    this.#isLenient = isLenient;
  }

  /** What a variable may still be. */
  optionsOf(variable: Variable): readonly Option[] {
    return this.#open.get(variable) ?? variable.options;
  }

  /** Where it was only settled what variables are like, in how many ways all of it can be settled. */
  get caseCount(): number {
    return [...this.#alike].reduce((count, variable) => count * this.optionsOf(variable).length, 1);
  }

  /** Each of these ways, or the first of them. */
  cases(all: boolean): readonly Circumstances[] {
    let cases: readonly Circumstances[] = [this];
    for (const variable of this.#alike) {
      const options = this.optionsOf(variable);
      if (options.length === 1) continue;
      const told = all ? options : options.slice(0, 1);
      cases = cases.flatMap((each) => told.map((option) => each.#narrowed(variable, option)));
    }
    return cases;
  }

  #narrowed(variable: Variable, option: Option): Circumstances {
    const narrowed = new Circumstances(this.#choose, this.#isLenient);
    narrowed.decisions.push(...this.decisions);
    for (const [other, options] of this.#open) narrowed.#open.set(other, options);
    narrowed.#open.set(variable, [option]);
    for (const [name, truth] of this.#settledTruths) narrowed.#settledTruths.set(name, truth);
    return narrowed;
  }

  /** Another object whenever an answer has left less to choose from. */
  get knowledge(): unknown {
    return this.#knowledge;
  }

  get truths(): Map<string, boolean> {
    return this.#truths;
  }

  /** What is asked from now on makes no difference: it is answered in one way, and no other is tried. */
  conclude(): void {
    this.#isConcluded = true;
    this.#truths = new Map(this.#settledTruths);
  }

  /**
   * Answers a question, and decides it if need be.
   *
   * @throws {ImpossibleError} when earlier answers have left no possible one
   */
  readonly ask = <T>(
    variable: Variable,
    answer: (option: Option) => T,
    likeness: (option: Option) => unknown = answer,
  ): T => {
    const open = this.optionsOf(variable);
    const answers = grouped(open, likeness);
    const first = answer(answers[0]![0]!);
    if (this.#isConcluded) return first;
    const taken = answers.length > 1 ? this.#choose(variable, answers) : 0;
    const options = answers[taken]!;
    if (!this.#isLenient && first === IMPOSSIBLE && mayBePossible(variable, answer))
      throw new ImpossibleError();
    if (answers.length > 1) {
      this.decisions.push({ variable, answers, taken });
      if (likeness !== answer) this.#alike.add(variable);
    }
    if (options.length !== open.length) {
      this.#open.set(variable, options);
      this.#knowledge = {};
    }
    return answer(options[0]!);
  };

  /**
   * What `question` comes to when nothing has to be decided for it; undefined otherwise.
   *
   * @param part what always asks this question; it is only asked again when there is something new to be learnt
   */
  ifSettled<T>(question: (inquiry: Inquiry) => T, part?: unknown): T | undefined {
    const known = this.#obstacles.get(part);
    if (known !== undefined && this.optionsOf(known.variable) === known.open) return undefined;
    try {
      const ask: Inquiry['ask'] = (variable, answer, likeness = answer) => {
        const open = this.optionsOf(variable);
        const answers = grouped(open, likeness);
        if (answers.length === 1) return answer(answers[0]![0]!);
        if (part !== undefined) this.#obstacles.set(part, { variable, open });
        throw UNSETTLED;
      };
      return question({ ask, truths: this.#settledTruths });
    } catch (error) {
      if (error === UNSETTLED) return undefined;
      throw error;
    }
  }

  /** What `question` asks about, as far as that can be told without deciding anything. */
  variablesOn(question: Question): ReadonlySet<Variable> {
    const variables = new Set<Variable>();
    this.ifSettled(({ ask }) => {
      const noting: Inquiry['ask'] = (variable, answer, likeness) => {
        variables.add(variable);
        return ask(variable, answer, likeness);
      };
      // What is known already would not be asked.
      return question({ ask: noting, truths: new Map() });
    });
    return variables;
  }
}

function mayBePossible<T>({ options }: Variable, answer: (option: Option) => T): boolean {
  return options.some((option) => answer(option) !== IMPOSSIBLE);
}

/** Options with the same answer together, without those whose answer is impossible, unless all are. */
function grouped<T>(
  options: readonly Option[],
  answer: (option: Option) => T,
): readonly (readonly Option[])[] {
  if (options.length === 1) return [options];
  // The same function if it has another type.
  if (answer === (itself as unknown)) return eachAlone(options);
  const groups = new Map<T, Option[]>();
  for (const option of options) {
    const key = answer(option);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [option]);
    else group.push(option);
  }
  if (groups.size > 1) groups.delete(IMPOSSIBLE as unknown as T);
  return [...groups.values()];
}

/** Groups of one, made once for the hundreds of allowed values that are tried one by one. */
function eachAlone(options: readonly Option[]): readonly (readonly Option[])[] {
  const known = ALONE.get(options);
  if (known !== undefined) return known;
  const groups = options.map((option) => [option]);
  ALONE.set(options, groups);
  return groups;
}

const ALONE = new WeakMap<readonly Option[], readonly (readonly Option[])[]>();
