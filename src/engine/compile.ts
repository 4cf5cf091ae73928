import type { Clause, Conjunction, ParameterizedRule, Rule, RulesFile } from '../language/ast.ts';
import { DiagnosticError } from '../source/diagnostic.ts';
import { type Limits, raising, STANDARD_LIMITS } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { isStackOverflow } from '../source/stack-overflow.ts';
import { compileClause, compileConjunction, compileRule, declareAssignments } from './clauses.ts';
import { type Compiled, Environment, type FileContext, type Scope } from './environment.ts';
import { EvaluationError } from './evaluation-error.ts';
import { Precedents } from './precedents.ts';
import type { Status } from './status.ts';

/** A rule file ready to be evaluated any number of times. */
export interface Program {
  readonly file: RulesFile;
  readonly source: Source;
  /**
   * The rules in the order of `file.rules`.
   *
   * @internal
   */
  readonly rules: readonly CompiledRule[];
  /**
   * Whether a rule is referred to, and one evaluation of it can stand for all.
   *
   * @internal
   */
  reusable(rule: Rule): boolean;
  /** What functions may make. */
  readonly limits: Limits;
  /**
   * What is true of many documents.
   *
   * @internal
   */
  readonly precedents: Precedents;
}

/** @internal */
export interface CompiledRule {
  readonly rule: Rule;
  readonly compiled: Compiled;
}

/**
 * Compiles a rule file. Unknown rules, variables and wrong numbers of arguments are not reported here: the native tool
 * only finds them when it evaluates them, and rule files that never get there are valid (20-named-rules.json).
 *
 * @throws {DiagnosticError} for chains of variables that are too long
 */
export function compile(file: RulesFile, source: Source, limits: Limits = STANDARD_LIMITS): Program {
  try {
    return compiled(file, source, limits);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    throw new DiagnosticError({
      code: 'rules-evaluation',
      file: source.name,
      message: 'the variables of the file lead to each other through too many others',
      help: 'write out some of them where they are used',
    });
  }
}

function compiled(file: RulesFile, source: Source, limits: Limits): Program {
  const context = new FileRules(file, source, limits);
  const environment = new Environment(context, null);
  declareAssignments(file.assignments, environment);
  for (const rule of file.rules) context.add(rule, compileRule(rule, environment));
  const reusable = (rule: Rule) => context.isReusable(rule);
  return { file, source, rules: context.rules, reusable, limits, precedents: new Precedents() };
}

/** Whether any query of the file captures keys, which later rules can see. */
function hasCapture(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  return Object.entries(node).some(([name, child]) =>
    name === 'capture' ? child !== null : hasCapture(child),
  );
}

class FileRules implements FileContext {
  readonly rules: CompiledRule[] = [];
  readonly #file: RulesFile;
  readonly #source: Source;
  readonly #references = new Set<string>();
  readonly #limits: Limits;
  #calls = 0;
  #captures: boolean | undefined;
  readonly #named = new Map<string, CompiledRule[]>();
  readonly #parameterized = new Map<string, ParameterizedRule>();

  constructor(file: RulesFile, source: Source, limits: Limits) {
    this.#limits = limits;
    this.#file = file;
    this.#source = source;
    for (const parameterized of file.parameterizedRules) {
      this.#parameterized.set(parameterized.rule.name, parameterized);
    }
  }

  add(rule: Rule, compiled: Compiled): void {
    const entry = { rule, compiled };
    this.rules.push(entry);
    if (rule.isDefault) return;
    const namesakes = this.#named.get(rule.name);
    if (namesakes === undefined) this.#named.set(rule.name, [entry]);
    else namesakes.push(entry);
  }

  /** The rules that a reference by this name means. */
  namesakes(name: string): readonly CompiledRule[] {
    return this.#named.get(name) ?? [];
  }

  noteReference(name: string): void {
    this.#references.add(name);
  }

  /** Captures make a verdict depend on what was evaluated before, and namesakes share the verdict of their name. */
  isReusable({ name }: Rule): boolean {
    if (!this.#references.has(name) || this.namesakes(name).length !== 1) return false;
    this.#captures ??= hasCapture(this.#file);
    return !this.#captures;
  }

  compileConjunction(conjunction: Conjunction<Clause>, environment: Environment): Compiled {
    return compileConjunction(conjunction, environment, 'block', compileClause);
  }

  verdictOf(name: string, scope: Scope): Status {
    const { verdicts, subject } = scope.run;
    const known = verdicts.get(name);
    if (known === 'running') throw new EvaluationError('missing', `Rule ${name} depends on itself`);
    const { recorder } = scope.run;
    if (known !== undefined) {
      recorder?.repeatRule(name);
      return known;
    }
    const namesakes = this.namesakes(name);
    if (namesakes.length === 0) throw this.#unknownRule(name);
    verdicts.set(name, 'running');
    let status: Status = 'SKIP';
    for (const { compiled } of namesakes) {
      status = compiled.evaluate(scope.root, subject.root);
      if (status !== 'SKIP') break;
    }
    verdicts.set(name, status);
    recorder?.keepRule(name);
    return status;
  }

  parameterizedRule(name: string): ParameterizedRule {
    const { calls } = this.#limits;
    // Rules that call two others, which call two others each, are soon more than the memory holds.
    if (++this.#calls > calls)
      throw new EvaluationError(
        'data',
        `parameterized rules are called in more than ${calls} ways; ${raising('calls')}`,
      );
    const rule = this.#parameterized.get(name);
    if (rule !== undefined) return rule;
    const names = quoted(this.#parameterized.keys());
    throw new EvaluationError(
      'missing',
      `Parameterized Rule with name ${name} was not found, candidate ${names}`,
    );
  }

  #unknownRule(name: string): EvaluationError {
    const names = new Set(
      this.rules.map(({ rule }) => (rule.isDefault ? `${this.#source.name}/default` : rule.name)),
    );
    return new EvaluationError(
      'missing',
      `Rule ${name} by that name does not exist, Rule Names = ${quoted(names)}`,
    );
  }
}

function quoted(names: Iterable<string>): string {
  return `[${[...names].map((name) => `"${name}"`).join(', ')}]`;
}
