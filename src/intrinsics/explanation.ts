import { isSecretName } from '../value/shown-form.ts';
import { indexOfAnswer } from './circumstances.ts';
import { scattered } from './covering.ts';
import type { Formulas } from './formulas.ts';
import type { Trial, Trials } from './trials.ts';
import type { Option, Variable } from './variables.ts';
import type { Way } from './way.ts';

/** One thing that may be the case: `IsProd is false`. */
interface Literal {
  readonly words: string;
  /** Of those that say the same, the lowest is said: conditions that hold, conditions that do not, values. */
  readonly rank: number;
  /** Undefined: nobody asked, so it may or may not be. */
  holdsIn(trial: Trial<unknown>): boolean | undefined;
  isOn(way: Way): boolean;
  /** What it rests on in a trial in which it holds. */
  variablesIn(trial: Trial<unknown>): Iterable<Variable>;
}

/** More alternatives than these make no sentence. */
const MOST_ALTERNATIVES = 3;
/** So many cases of one event are told apart. */
const MOST_CASES = 1024;
/** How many more trials may be made to see whether explanations are true. */
const MOST_CHECKS = 256;
/** After so many wrong guesses there is no short explanation. */
const MOST_GUESSES = 8;
/** What happened in so many trials that have nothing else in common happens in all of them, for all that is known. */
const MANY = 16;

/** Which answer to take, by number of answers, number of questions before, and what was answered when it happened. */
type Otherwise = (count: number, at: number, before: number) => number;

/** What has effects only together, or only where something else is not, shows at the extremes. */
const EXTREMES: readonly Otherwise[] = [
  () => 0,
  (count) => count - 1,
  (count, _, before) => (before + 1) % count,
];
const ANYHOW = Array.from(
  { length: 8 },
  (_, row): Otherwise =>
    (count, at) =>
      scattered(row, at) % count,
);

/** Something that happens in some trials. */
export interface Event<T> {
  happens(this: void, trial: Trial<T>): boolean;
  /** Whether a trial in which it happens is to be told. */
  counts(this: void, trial: Trial<T>): boolean;
  /** What may have been asked on the way to it, the least first. */
  ways(this: void): readonly Way[];
}

/** Puts into words under which circumstances something happens: in the fewest conditions that imply it. */
export class Explainer<T> {
  readonly #trials: Trials<T>;
  readonly #isComplete: boolean;
  readonly #formulas: Formulas;
  readonly #literals = new Map<string, Literal>();
  readonly #literalsOfTrials = new Map<Trial<unknown>, readonly Literal[]>();
  #checks = 0;

  /**
   * @param trials what was tried, to which everything is added that is tried besides
   * @param isComplete whether all was tried that makes a difference
   */
  constructor(formulas: Formulas, trials: Trials<T>, isComplete: boolean) {
    this.#formulas = formulas;
    this.#trials = trials;
    this.#isComplete = isComplete;
  }

  /**
   * `IsProd is false`, for something that happens in some of the trials; undefined for all of them.
   */
  when(event: Event<T>): string | undefined {
    const { happens, counts } = event;
    if (this.#trials.possible.every(happens)) return undefined;
    const terms: string[] = [];
    const told = this.#trials.possible.filter((trial) => happens(trial) && counts(trial));
    let rest = casesOf(told).filter(counts);
    while (rest.length > 0 && terms.length < MOST_ALTERNATIVES) {
      const term = this.#sufficient(rest, event);
      if (term === undefined) break;
      terms.push(term.map(({ words }) => words).join(' and '));
      rest = rest.filter((trial) => !this.#consistent(term, trial));
    }
    if (rest.length > 0 && terms.length > 0)
      terms.push(`in ${rest.length} other ${rest.length === 1 ? 'case' : 'cases'}`);
    return terms.length > 0
      ? terms.join(', or ')
      : `several things come together, as in ${told.length} of ${this.#trials.possible.length} combinations that were tried`;
  }

  /** Literals that are enough wherever they were tried; undefined when it would take too long to find any. */
  #sufficient(rest: readonly Trial<T>[], { happens, ways }: Event<T>): readonly Literal[] | undefined {
    const [base] = rest;
    for (const way of base === undefined || this.#isComplete ? [] : ways()) {
      const isEnough = this.#isEnough(happens);
      const term = this.#literalsOf(base!).filter((literal) => literal.isOn(way));
      if (!isEnough(term)) continue;
      // What seems to make no difference may make one that was not tried.
      for (const each of [fewest(term, isEnough), term])
        if (this.#withstands(each, base!, happens) === true) return each;
    }
    for (let attempt = 0; attempt < MOST_GUESSES; attempt++) {
      const guess = this.#promising(rest, happens);
      const isTrue = this.#withstands(guess.term, guess.base, happens);
      if (isTrue !== false) return isTrue === undefined ? undefined : guess.term;
    }
    return undefined;
  }

  /** Whether literals imply that something happens, in all that was tried. */
  #isEnough(happens: Event<T>['happens']): (literals: readonly Literal[]) => boolean {
    const others = this.#trials.possible.filter((trial) => !happens(trial));
    return (literals) => others.every((trial) => !this.#consistent(literals, trial));
  }

  /** Few literals that hold in one of `rest`, as many of them as possible, and only where the thing happens. */
  #promising(
    rest: readonly Trial<T>[],
    happens: (trial: Trial<T>) => boolean,
  ): { readonly term: readonly Literal[]; readonly base: Trial<T> } {
    const implies = this.#isEnough(happens);
    const covered = (literal: Literal) => rest.filter((trial) => literal.holdsIn(trial) !== false).length;
    const single = [...new Set(rest.flatMap((trial) => this.#literalsOf(trial)))]
      .map((literal) => ({ literal, covers: covered(literal) }))
      .sort((a, b) => b.covers - a.covers || a.literal.rank - b.literal.rank)
      .find(({ literal }) => implies([literal]))?.literal;
    const [first] = rest;
    const base = rest.find((trial) => single?.holdsIn(trial) === true) ?? first!;
    if (single !== undefined) return { term: [single], base };
    return { term: fewest(this.#literalsOf(base), implies), base };
  }

  /**
   * Whether the thing still happens when everything is otherwise that the literals do not ask for: what was tried before may
   * have been too little to tell. A counterexample becomes one of the trials. Undefined: too much was tried.
   */
  #withstands(
    term: readonly Literal[],
    base: Trial<T>,
    happens: (trial: Trial<T>) => boolean,
  ): boolean | undefined {
    if (this.#isComplete) return true;
    const asked = new Set(term.flatMap((literal) => [...literal.variablesIn(base)]));
    const known = this.#trials.possible.filter((trial) =>
      term.every((literal) => literal.holdsIn(trial) === true),
    );
    const isKnown = known.length >= MANY;
    for (const otherwise of isKnown ? EXTREMES : [...EXTREMES, ...ANYHOW]) {
      if (this.#checks === MOST_CHECKS) return isKnown ? true : undefined;
      this.#checks++;
      let at = 0;
      const trial = this.#trials.make((variable, answers) => {
        const before = indexOfAnswer(base.circumstances.optionsOf(variable)[0], answers);
        return asked.has(variable) && before >= 0 ? before : otherwise(answers.length, at++, before);
      });
      if (trial !== undefined && !happens(trial) && this.#consistent(term, trial)) return false;
    }
    return true;
  }

  #consistent(literals: readonly Literal[], trial: Trial<unknown>): boolean {
    return literals.every((literal) => literal.holdsIn(trial) !== false);
  }

  #literalsOf(trial: Trial<unknown>): readonly Literal[] {
    const known = this.#literalsOfTrials.get(trial) ?? this.#findLiterals(trial);
    this.#literalsOfTrials.set(trial, known);
    return known;
  }

  /** What is the case in a trial: named conditions, then values of parameters. */
  #findLiterals({ circumstances }: Trial<unknown>): readonly Literal[] {
    const conditions = [...this.#formulas.asked].flatMap((name) => {
      const truth = this.#formulas.ifSettled(name, circumstances);
      return truth === undefined ? [] : [this.#conditionLiteral(name, truth)];
    });
    const values = circumstances.decisions.flatMap(({ variable }) => {
      const [option, ...more] = circumstances.optionsOf(variable);
      if (variable.of === 'comparison' || option === undefined || more.length > 0) return [];
      return [
        this.#literal(optionWords(variable, option), {
          rank: 2,
          isOn: ({ variables }) => variables.has(variable),
          variablesIn: () => [variable],
          holdsIn: (other) => {
            const options = other.circumstances.optionsOf(variable);
            if (!options.includes(option)) return false;
            return options.length === 1 ? true : undefined;
          },
        }),
      ];
    });
    return [...new Set([...conditions, ...values])];
  }

  #conditionLiteral(name: string, truth: boolean): Literal {
    return this.#literal(`${name} is ${truth}`, {
      rank: truth ? 0 : 1,
      isOn: ({ conditions }) => conditions.has(name),
      variablesIn: ({ circumstances }) =>
        circumstances.variablesOn((inquiry) => this.#formulas.holds(name, inquiry)),
      holdsIn: ({ circumstances }) => {
        const other = this.#formulas.ifSettled(name, circumstances);
        return other === undefined ? undefined : other === truth;
      },
    });
  }

  /** One literal for the same words. */
  #literal(words: string, about: Omit<Literal, 'words'>): Literal {
    const literal = this.#literals.get(words) ?? { words, ...about };
    this.#literals.set(words, literal);
    return literal;
  }
}

/**
 * Where it makes no difference which of several values a parameter has, each is a case of its own, unless that makes too many:
 * then one stands for all that are like it.
 */
function casesOf<T>(trials: readonly Trial<T>[]): readonly Trial<T>[] {
  const count = trials.reduce((sum, { circumstances }) => sum + circumstances.caseCount, 0);
  return trials.flatMap(({ circumstances, result }) =>
    circumstances.cases(count <= MOST_CASES).map((each) => ({ circumstances: each, result })),
  );
}

/** Leaves out of some literals what they can do without. */
function fewest(
  all: readonly Literal[],
  isEnough: (literals: readonly Literal[]) => boolean,
): readonly Literal[] {
  let literals = all;
  for (const literal of [...all].reverse()) {
    const fewer = literals.filter((other) => other !== literal);
    if (isEnough(fewer)) literals = fewer;
  }
  return literals;
}

/** What a parameter is; a secret is told by where it is written. */
export function optionWords({ name, secret }: Variable, { text, at }: Option): string {
  if (text === null || at === null) return `${name} is something else`;
  if (secret === null && !isSecretName(name)) return `${name} is '${text}'`;
  const place = at.source?.position(at.start);
  return `${name} is the value at ${place?.line}:${place?.column}`;
}
