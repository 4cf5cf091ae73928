import { isSecretName } from '../value/shown-form.ts';
import type { Circumstances } from './circumstances.ts';
import type { Trial } from './exploration.ts';
import type { Formulas } from './formulas.ts';
import type { Option, Variable } from './variables.ts';

/** One thing that may be the case: `IsProd is false`. */
interface Literal {
  readonly words: string;
  /** Of those that say the same, the lowest is said: conditions that hold, conditions that do not, values. */
  readonly rank: number;
  /** Undefined: nobody asked, so it may or may not be. */
  holdsIn(trial: Trial<unknown>): boolean | undefined;
}

/** More alternatives than these make no sentence. */
const MOST_ALTERNATIVES = 3;

/** Puts into words under which circumstances something happens: in the fewest conditions that imply it. */
export class Explainer {
  readonly #trials: readonly Trial<unknown>[];
  readonly #formulas: Formulas;
  readonly #literals = new Map<string, Literal>();
  readonly #literalsOfTrials = new Map<Trial<unknown>, readonly Literal[]>();
  /** By name of the condition. */
  readonly #truths = new Map<string, Map<Circumstances, boolean | undefined>>();

  /** @param trials everything that was tried */
  constructor(formulas: Formulas, trials: readonly Trial<unknown>[]) {
    this.#formulas = formulas;
    this.#trials = trials;
  }

  /** `IsProd is false`, for some of the trials; undefined for all of them. */
  when(some: ReadonlySet<Trial<unknown>>): string | undefined {
    if (some.size === this.#trials.length) return undefined;
    const terms: string[] = [];
    let rest = [...some];
    while (rest.length > 0 && terms.length < MOST_ALTERNATIVES) {
      const term = this.#sufficient(rest, some);
      terms.push(term.map(({ words }) => words).join(' and '));
      rest = rest.filter((trial) => !this.#consistent(term, trial));
    }
    if (rest.length > 0) terms.push(`in ${rest.length} other ${rest.length === 1 ? 'case' : 'cases'}`);
    return terms.join(', or ');
  }

  /** Few literals that hold in one of `rest`, as many of them as possible, and only where the thing happens. */
  #sufficient(rest: readonly Trial<unknown>[], some: ReadonlySet<Trial<unknown>>): readonly Literal[] {
    const implies = (literals: readonly Literal[]) =>
      this.#trials.every((trial) => some.has(trial) || !this.#consistent(literals, trial));
    const covered = (literal: Literal) => rest.filter((trial) => this.#consistent([literal], trial)).length;
    const single = [...new Set(rest.flatMap((trial) => this.#literalsOf(trial)))]
      .map((literal) => ({ literal, covers: covered(literal) }))
      .sort((a, b) => b.covers - a.covers || a.literal.rank - b.literal.rank)
      .find(({ literal }) => implies([literal]));
    if (single !== undefined) return [single.literal];
    const [first] = rest;
    let literals = first === undefined ? [] : this.#literalsOf(first);
    for (const literal of [...literals].reverse()) {
      const fewer = literals.filter((other) => other !== literal);
      if (implies(fewer)) literals = fewer;
    }
    return literals;
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
      const truth = this.#truth(name, circumstances);
      return truth === undefined
        ? []
        : [this.#literal(`${name} is ${truth}`, truth ? 0 : 1, (other) => this.#equals(name, other, truth))];
    });
    const values = circumstances.decisions.flatMap(({ variable }) => {
      const [option, ...more] = circumstances.optionsOf(variable);
      if (variable.of === 'comparison' || option === undefined || more.length > 0) return [];
      return [
        this.#literal(optionWords(variable, option), 2, (other) => {
          const options = other.optionsOf(variable);
          if (!options.includes(option)) return false;
          return options.length === 1 ? true : undefined;
        }),
      ];
    });
    return [...new Set([...conditions, ...values])];
  }

  #equals(name: string, circumstances: Circumstances, truth: boolean): boolean | undefined {
    const other = this.#truth(name, circumstances);
    return other === undefined ? undefined : other === truth;
  }

  #truth(name: string, circumstances: Circumstances): boolean | undefined {
    const known = this.#truths.get(name) ?? new Map<Circumstances, boolean | undefined>();
    this.#truths.set(name, known);
    if (!known.has(circumstances))
      known.set(
        circumstances,
        circumstances.ifSettled((ask) => this.#formulas.holds(name, ask)),
      );
    return known.get(circumstances);
  }

  /** One literal for the same words. */
  #literal(
    words: string,
    rank: number,
    holds: (circumstances: Circumstances) => boolean | undefined,
  ): Literal {
    const known = this.#literals.get(words);
    if (known !== undefined) return known;
    const literal: Literal = { words, rank, holdsIn: ({ circumstances }) => holds(circumstances) };
    this.#literals.set(words, literal);
    return literal;
  }
}

/** What a parameter is; a secret is told by where it is written. */
function optionWords({ name, secret }: Variable, { text, at }: Option): string {
  if (text === null || at === null) return `${name} is something else`;
  if (secret === null && !isSecretName(name)) return `${name} is '${text}'`;
  const place = at.source?.position(at.start);
  return `${name} is the value at ${place?.line}:${place?.column}`;
}
