import type { Option, Variable } from './variables.ts';

/*
 * One way in which everything that a template leaves open may be settled. It is found out as far as somebody asks: each
 * question narrows down what a variable may still be, so that later answers agree with earlier ones.
 */

/** An answer that no deployment has, such as a key that a mapping lacks. */
export const IMPOSSIBLE = Symbol('impossible');

/** Asks something about a variable: `answer` tells what is the case for each of its options. */
export type Ask = <T>(variable: Variable, answer: (option: Option) => T) => T;

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
export type Question = (ask: Ask) => unknown;

/** Takes one of several answers; what is taken when nobody cares is 0. */
export type Choose = (variable: Variable, answers: readonly (readonly Option[])[]) => number;

/** Raised when an answer is needed that earlier answers rule out: nothing can be deployed under these circumstances. */
export class ImpossibleError extends Error {
  override readonly name = 'ImpossibleError';
}

/** Raised within {@link Circumstances.ifSettled}. It is made once, because a stack for each of thousands takes most of the time. */
const UNSETTLED = new Error('this has not been settled');

export class Circumstances {
  readonly decisions: Decision[] = [];
  /** What was asked for, by the part of the template. */
  readonly questions = new Map<unknown, Question>();
  readonly #choose: Choose;
  readonly #isLenient: boolean;
  readonly #open = new Map<Variable, readonly Option[]>();
  #isConcluded = false;
  #narrowings = 0;

  /** @param isLenient whether what is impossible is answered so, instead of raising an error */
  constructor(choose: Choose = () => 0, isLenient = false) {
    this.#choose = choose;
    this.#isLenient = isLenient;
  }

  /** What a variable may still be. */
  optionsOf(variable: Variable): readonly Option[] {
    return this.#open.get(variable) ?? variable.options;
  }

  /** How often an answer left less to choose from. What has not been settled is not settled as long as this stays the same. */
  get narrowings(): number {
    return this.#narrowings;
  }

  /** What is asked from now on makes no difference: it is answered in one way, and no other is tried. */
  conclude(): void {
    this.#isConcluded = true;
  }

  /**
   * Answers a question, and decides it if need be.
   *
   * @throws {ImpossibleError} when earlier answers have left no possible one
   */
  readonly ask: Ask = <T>(variable: Variable, answer: (option: Option) => T): T => {
    const open = this.optionsOf(variable);
    const answers = grouped(open, answer);
    const first = answer(answers[0]![0]!);
    if (this.#isConcluded) return first;
    const taken = answers.length > 1 ? this.#choose(variable, answers) : 0;
    const options = answers[taken]!;
    if (!this.#isLenient && first === IMPOSSIBLE && mayBePossible(variable, answer))
      throw new ImpossibleError();
    if (answers.length > 1) this.decisions.push({ variable, answers, taken });
    if (options.length !== open.length) this.#narrowings++;
    this.#open.set(variable, options);
    return answer(options[0]!);
  };

  /** What `question` comes to when nothing has to be decided for it; undefined otherwise. */
  ifSettled<T>(question: (ask: Ask) => T): T | undefined {
    try {
      return question((variable, answer) => {
        const answers = grouped(this.optionsOf(variable), answer);
        if (answers.length > 1) throw UNSETTLED;
        return answer(answers[0]![0]!);
      });
    } catch (error) {
      if (error === UNSETTLED) return undefined;
      throw error;
    }
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
