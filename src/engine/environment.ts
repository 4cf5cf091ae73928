import type { Clause, Conjunction, Literal, ParameterizedRule } from '../language/ast.ts';
import type { Limits } from '../source/limits.ts';
import type { Value } from '../value/value.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { EventRecord } from './record.ts';
import type { Recorder } from './recorder.ts';
import type { Result } from './result.ts';
import type { Status } from './status.ts';
import type { Subject } from './subject.ts';

/*
 * Names and where they live. Compiling turns each variable into a slot of an `Environment`; evaluating gives each
 * environment a `Scope` that holds the slots' values. Environments nest as the blocks of the rule file do.
 */

/** What queries start from, and what is around it. */
export type Context = Value | Inside;

/**
 * A value that a filter, `.*` or a variable leads to. Queries start from it, but their own filters behind `[*]` look around
 * outside of it (09-filters.json, "all indices in a filter look around outside of the element").
 */
export class Inside {
  readonly value: Value;
  readonly outer: Context;

  constructor(value: Value, outer: Context) {
    this.value = value;
    this.outer = outer;
  }
}

/** The value that queries start from. */
export function startOf(context: Context): Value {
  return context instanceof Inside ? context.value : context;
}

/** What a query that starts in a context has around it. */
export function aroundQueriesIn(context: Context): Context {
  return context instanceof Inside ? context.outer : context;
}

/** Evaluates a clause or block in a scope. */
export type Evaluate = (scope: Scope, context: Context) => Status;

/** Evaluates a query, function or literal. The result must not be changed: it may be shared. */
export type Select = (scope: Scope, context: Context) => readonly Result[];

/**
 * A compiled clause or block. A `total` one can neither raise an evaluation error nor capture a name, so it need not
 * run once its verdict no longer matters.
 */
export interface Compiled {
  readonly evaluate: Evaluate;
  readonly total: boolean;
}

/** A compiled query, function or literal; `total` as in {@link Compiled}. */
export interface Selection {
  readonly select: Select;
  readonly total: boolean;
}

/** What belongs to one evaluation of one rule file on one document. */
export interface Run {
  readonly subject: Subject;
  /** Null in the first tier, which wants verdicts only, and while the second one evaluates what it need not tell. */
  recorder: Recorder | null;
  /** Verdicts of rules that were referred to; `running` while one is being found. */
  readonly verdicts: Map<string, Status | 'running'>;
  /** Current time in milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly limits: Limits;
}

/** What a rule file's parts need to know of the whole file while they are compiled. */
export interface FileContext {
  compileConjunction(conjunction: Conjunction<Clause>, environment: Environment): Compiled;
  /** Verdict of the rules of that name: the first that is not SKIP. @throws {EvaluationError} for an unknown name. */
  verdictOf(name: string, scope: Scope): Status;
  /** Called when a reference is compiled. */
  noteReference(name: string): void;
  /** To be asked once for each call that is compiled. @throws {EvaluationError} for an unknown name, and for too many calls. */
  parameterizedRule(name: string): ParameterizedRule;
}

/** The variables of a file, block or parameter list. */
export class Environment {
  readonly file: FileContext;
  readonly parent: Environment | null;
  readonly #slots = new Map<string, number>();
  readonly #definitions: (Definition | undefined)[] = [];

  constructor(file: FileContext, parent: Environment | null) {
    this.file = file;
    this.parent = parent;
  }

  /** Gives `name` a slot, and a definition unless its values are put there from outside. */
  declare(name: string, definition?: Definition): number {
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      slot = this.#definitions.length;
      this.#slots.set(name, slot);
      this.#definitions.push(undefined);
    }
    if (definition !== undefined) this.#definitions[slot] = definition;
    return slot;
  }

  /** The values of the variable `name`, looked up from here outwards; names nobody declares belong to the file. */
  variable(name: string): Selection {
    const { owner, hops } = this.#ownerOf(name);
    const slot = owner.declare(name);
    const definition = owner.#definitions[slot];
    if (definition !== undefined && definition.literal !== null) return definition.selection;
    return {
      select: (scope) => ancestor(scope, hops).resolve(name, slot, definition),
      total: definition?.total ?? false,
    };
  }

  /** The literal that `name` is defined as, if it is one. */
  literal(name: string): Literal | undefined {
    const { owner } = this.#ownerOf(name);
    const slot = owner.#slots.get(name);
    return slot === undefined ? undefined : (owner.#definitions[slot]?.literal ?? undefined);
  }

  /** The innermost environment that declares a name, or else the outermost, and how far out it is. */
  #ownerOf(name: string): { readonly owner: Environment; readonly hops: number } {
    let hops = 0;
    let owner: Environment = this;
    while (!owner.#slots.has(name) && owner.parent !== null) {
      owner = owner.parent;
      hops++;
    }
    return { owner, hops };
  }

  /** The outermost environment, where captured names live. */
  get root(): Environment {
    return this.parent === null ? this : this.parent.root;
  }
}

/** The right side of a `let`, compiled when it is first asked for, since assignments may refer to later ones. */
export class Definition {
  /** The right side itself when it is a literal. */
  readonly literal: Literal | null;
  readonly #compile: () => Selection;
  #selection: Selection | undefined;
  #compiling = false;

  constructor(literal: Literal | null, compile: () => Selection) {
    this.literal = literal;
    this.#compile = compile;
  }

  get selection(): Selection {
    if (this.#selection === undefined) {
      this.#compiling = true;
      this.#selection = this.#compile();
      this.#compiling = false;
    }
    return this.#selection;
  }

  /** A definition that depends on itself raises an error when it is evaluated. */
  get total(): boolean {
    return !this.#compiling && this.selection.total;
  }
}

type Slot = readonly Result[] | 'evaluating' | undefined;

/** The variables of one environment during one evaluation of its block. */
export class Scope {
  readonly run: Run;
  readonly parent: Scope | null;
  /** The value that this scope's own variables are evaluated against. */
  readonly context: Value;
  readonly #slots: Slot[] = [];
  /** The records of what the values in the slots rest on. */
  readonly #bases: (EventRecord[] | undefined)[] = [];

  constructor(run: Run, parent: Scope | null, context: Value) {
    this.run = run;
    this.parent = parent;
    this.context = context;
  }

  /** The values of a slot, evaluated at most once. @throws {EvaluationError} for a name without any value. */
  resolve(name: string, slot: number, definition: Definition | undefined): readonly Result[] {
    const known = this.#slots[slot];
    if (known === 'evaluating') throw new EvaluationError('missing', `Variable ${name} depends on itself`);
    if (known !== undefined) {
      for (const basis of this.#bases[slot] ?? []) this.run.recorder?.repeat(basis);
      return known;
    }
    if (definition === undefined) {
      throw new EvaluationError('missing', `Could not resolve variable by name ${name} across scopes`);
    }
    this.#slots[slot] = 'evaluating';
    return this.fill(slot, () => definition.selection.select(this, this.context));
  }

  /** Puts values into a slot, which come from outside for the arguments of a parameterized rule. */
  fill(slot: number, select: () => readonly Result[]): readonly Result[] {
    const { recorder } = this.run;
    recorder?.openSelection('variable');
    const values = select();
    const basis = recorder?.closeSelection();
    if (basis !== undefined) this.#bases[slot] = [basis];
    this.#slots[slot] = values;
    return values;
  }

  /** Adds a captured key. A name that is captured before it was evaluated keeps the captures only (12-captures-and-interpolation.json). */
  capture(slot: number, key: Value): void {
    const known = this.#slots[slot];
    this.#slots[slot] = known === undefined || known === 'evaluating' ? [key] : [...known, key];
    const basis = this.run.recorder?.selection;
    if (basis === undefined) return;
    const bases = this.#bases[slot] ?? [];
    if (bases.at(-1) !== basis) this.#bases[slot] = [...bases, basis];
  }

  get root(): Scope {
    return this.parent === null ? this : this.parent.root;
  }
}

function ancestor(scope: Scope, hops: number): Scope {
  let at = scope;
  for (let hop = 0; hop < hops && at.parent !== null; hop++) at = at.parent;
  return at;
}
