import type { Program } from './compile.ts';
import { precedent } from './evaluate.ts';
import type { Subject } from './subject.ts';

/** Who has to be heard about one document. */
export interface Hearing {
  /** In their order. */
  readonly programs: readonly Program[];
  /** Whether any of the others passes. Those that do not, apply to nothing. */
  readonly othersPass: boolean;
}

/**
 * Of hundreds of rule files, a dozen have anything to do with a template. The sections of a document and the types of its
 * resources tell which these are, so that the others are not even asked once there is a precedent.
 */
export class Docket {
  readonly #programs: readonly Program[];
  readonly #registers = new Map<string, Register>();

  constructor(programs: readonly Program[]) {
    this.#programs = programs;
  }

  hearing(subject: Subject): Hearing {
    const { sections, types } = subject;
    if (types === undefined) return { programs: this.#programs, othersPass: false };
    const register = this.#registers.get(sections) ?? new Register(this.#programs);
    this.#registers.set(sections, register);
    return register.hearing(subject, types);
  }
}

/** What is known of documents with the same sections. */
class Register {
  readonly #programs: readonly Program[];
  /** Places of the programs without a precedent, which may come up with another document. */
  readonly #open: Set<number>;
  /** Places of those that ask for a type, and of those that pass without anything of theirs. */
  readonly #asking = new Map<string, number[]>();
  readonly #passing: number[] = [];

  constructor(programs: readonly Program[]) {
    this.#programs = programs;
    this.#open = new Set(programs.keys());
  }

  hearing(subject: Subject, types: Iterable<string>): Hearing {
    for (const at of this.#open) this.#settle(at, subject);
    const heard = new Set(this.#open);
    for (const type of types) for (const at of this.#asking.get(type) ?? []) heard.add(at);
    return {
      programs: [...heard].sort((a, b) => a - b).map((at) => this.#programs[at]!),
      othersPass: this.#passing.some((at) => !heard.has(at)),
    };
  }

  #settle(at: number, subject: Subject): void {
    const program = this.#programs[at]!;
    const known = precedent(program, subject);
    if (known === undefined || known.status === 'FAIL') return;
    this.#open.delete(at);
    if (known.status === 'PASS') this.#passing.push(at);
    for (const type of program.precedents.types) {
      const asking = this.#asking.get(type);
      if (asking === undefined) this.#asking.set(type, [at]);
      else asking.push(at);
    }
  }
}
