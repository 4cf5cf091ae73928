import { type Choose, Circumstances, IMPOSSIBLE, ImpossibleError } from './circumstances.ts';
import type { Option, Variable } from './variables.ts';

/** What is tried. Where the same is decided, the same comes of it. */
export type Attempt<T> = (circumstances: Circumstances) => T;

/** What came of some circumstances. */
export interface Trial<T> {
  readonly circumstances: Circumstances;
  readonly result: T;
}

/** A trial, or circumstances under which nothing can be deployed. */
export type Tried<T> = Trial<T> | Trial<typeof IMPOSSIBLE>;

/** The answers that can be given to one question after those that lead to it, and what comes next by answer. */
interface Fork<T> {
  readonly variable: Variable;
  readonly answers: readonly (readonly Option[])[];
  readonly next: (Fork<T> | Tried<T> | undefined)[];
}

/** All that was tried. Nothing is tried twice, whoever asks for it. */
export class Trials<T> {
  /** Those of which something came. More come up while these are looked through. */
  readonly possible: Trial<T>[] = [];
  /** Those and the others, in the order in which they were made. */
  readonly all: Tried<T>[] = [];
  readonly #attempt: Attempt<T>;
  readonly #root: { readonly next: Fork<T>['next'] } = { next: [] };

  constructor(attempt: Attempt<T>) {
    this.#attempt = attempt;
  }

  /** Whether every answer was given to every question that came up. */
  get areAll(): boolean {
    const isDone = (at: Fork<T> | Tried<T> | undefined): boolean => {
      if (at === undefined || !('next' in at)) return at !== undefined;
      return at.next.length === at.answers.length && Array.from(at.next).every(isDone);
    };
    return isDone(this.#root.next[0]);
  }

  /** Makes one more trial, unless there is one that answers all questions so; undefined when nothing can be deployed so. */
  make(choose: Choose): Trial<T> | undefined {
    const taken: number[] = [];
    let [at] = this.#root.next;
    while (at !== undefined && 'next' in at) {
      const answer = choose(at.variable, at.answers);
      taken.push(answer);
      at = at.next[answer];
    }
    let asked = 0;
    const trial = at ?? this.#tried((variable, answers) => taken[asked++] ?? choose(variable, answers));
    return isPossible(trial) ? trial : undefined;
  }

  /** What comes of circumstances under which nothing can be deployed, as if that made no difference. */
  makeImpossible(): void {
    const circumstances = new Circumstances(() => 0, true);
    this.possible.push({ circumstances, result: this.#attempt(circumstances) });
  }

  #tried(choose: Choose): Tried<T> {
    const trial = this.#outcome(new Circumstances(choose));
    this.all.push(trial);
    if (isPossible(trial)) this.possible.push(trial);
    let { next } = this.#root;
    let last = 0;
    for (const { variable, answers, taken } of trial.circumstances.decisions) {
      const known = next[last];
      const fork = known !== undefined && 'next' in known ? known : { variable, answers, next: [] };
      next[last] = fork;
      ({ next } = fork);
      last = taken;
    }
    next[last] = trial;
    return trial;
  }

  #outcome(circumstances: Circumstances): Tried<T> {
    try {
      return { result: this.#attempt(circumstances), circumstances };
    } catch (error) {
      if (error instanceof ImpossibleError) return { result: IMPOSSIBLE, circumstances };
      throw error;
    }
  }
}

function isPossible<T>(one: Tried<T>): one is Trial<T> {
  return one.result !== IMPOSSIBLE;
}
