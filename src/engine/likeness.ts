import type {
  AccessClause,
  Assignment,
  BinaryOperator,
  FunctionCall,
  LetValue,
  ParameterizedCall,
  Query,
  RulesFile,
  Literal as Spelled,
} from '../language/ast.ts';
import { visitNodes } from '../language/nodes.ts';
import { PatternLimitError } from '../language/pattern/limit.ts';
import { remembering } from '../source/remembering.ts';
import type { Value } from '../value/value.ts';
import { compare } from './comparison.ts';
import { literalValue } from './literal-value.ts';
import { Outcomes } from './outcomes.ts';
import { Literal } from './result.ts';

/*
 * Rules that compare what is in a document with nothing but what they spell out tell two values apart by these comparisons
 * only: of hundreds of instance types, each is in their list or it is not.
 */

/** What rules can find out about a text, number or boolean. Where that is the same, so is every verdict. */
export type Likeness = (value: Value) => string;

/** Rule files are looked through once, not for each template. */
const likenesses = new WeakMap<RulesFile, Likeness | null>();

/** What the rules of a file can find out about a value; null when they do more with values than compare them. */
export function likenessOf(file: RulesFile): Likeness | null {
  let likeness = likenesses.get(file);
  if (likeness === undefined) {
    const comparisons = new Survey(file).comparisons();
    likeness = comparisons === null ? null : likenessBy(comparisons);
    likenesses.set(file, likeness);
  }
  return likeness;
}

/** The right side of a clause somewhere in the file. */
interface Comparison {
  readonly operator: BinaryOperator;
  readonly right: Spelled;
}

function likenessBy(comparisons: readonly Comparison[]): Likeness {
  const tests = comparisons.flatMap(testsOf);
  return remembering(
    (value: Value) => [value.kind, value.value === '', ...tests.map((test) => test(value))].join(' '),
    ({ kind, value }) => `${kind} ${String(value)}`,
  );
}

type Test = (value: Value) => string;

/** Whether a list holds a value is one question; other operators ask about its elements one by one. */
function testsOf({ operator, right }: Comparison): readonly Test[] {
  const operands = right.kind === 'list' && operator !== 'in' ? right.items : [right];
  // A list or map of the document is compared with one of the rules by what is in them.
  const nested = (right.kind === 'list' ? right.items : [right]).filter(isCollection).flatMap(scalarsIn);
  // A text that was handed to a rule as an argument is a value, of which `in` asks whether it is the same.
  const argument = operator === 'in' && right.kind === 'string' ? [right] : [];
  return [
    ...operands.map((operand) => testOf(operator, operand)),
    ...[...nested, ...argument].map((scalar) => testOf('==', scalar)),
  ];
}

function isCollection({ kind }: Spelled): boolean {
  return kind === 'list' || kind === 'map';
}

function scalarsIn(literal: Spelled): readonly Spelled[] {
  if (literal.kind === 'list') return literal.items.flatMap(scalarsIn);
  if (literal.kind === 'map') return literal.entries.flatMap(({ value }) => scalarsIn(value));
  return [literal];
}

function testOf(operator: BinaryOperator, right: Spelled): Test {
  const literal = [new Literal(literalValue(right))];
  return (value) => {
    const outcomes = new Outcomes(true);
    try {
      compare(operator, false, [value], literal, outcomes);
    } catch (error) {
      // Rules that get that far cannot be judged; whether they do is theirs to find out.
      if (error instanceof PatternLimitError) return error.message;
      throw error;
    }
    return outcomes.status;
  };
}

/** All of a rule file that something about values depends on. */
class Survey {
  /** What names stand for; null for keys that are captured. */
  readonly #bindings = new Map<string, (LetValue | null)[]>();
  readonly #found = new Map<string, ReadonlySet<Spelled> | null>();
  readonly #parameters: ReadonlyMap<string, readonly string[]>;
  readonly #rightSides: { readonly operator: BinaryOperator; readonly right: LetValue }[] = [];
  /** What must be spelled out, because keys are compared with it or taken from it. */
  readonly #keys: LetValue[] = [];
  #hasFunctions = false;

  constructor(file: RulesFile) {
    this.#parameters = new Map(
      file.parameterizedRules.map(({ rule, parameters }) => [rule.name, parameters]),
    );
    visitNodes(file, (node) => this.#note(node as Noted));
  }

  /** Null when a value may go where it is not only compared. */
  comparisons(): readonly Comparison[] | null {
    if (this.#hasFunctions || this.#keys.some((key) => this.#literals(key) === null)) return null;
    const comparisons = new Map<string, Comparison>();
    for (const { operator, right } of this.#rightSides) {
      const literals = this.#literals(right);
      if (literals === null) return null;
      for (const literal of literals)
        comparisons.set(JSON.stringify([operator, literal]), { operator, right: literal });
    }
    return [...comparisons.values()];
  }

  #note(node: Noted): void {
    switch (node.kind) {
      case 'assignment':
        this.#bind(node.name, node.value);
        break;
      case 'parameterized-call':
        for (const [at, name] of (this.#parameters.get(node.name) ?? []).entries()) {
          const argument = node.arguments[at];
          if (argument !== undefined) this.#bind(name, argument);
        }
        break;
      case 'access-clause':
        if (node.right !== null)
          this.#rightSides.push({ operator: node.operator as BinaryOperator, right: node.right });
        break;
      case 'query':
        this.#noteNames(node);
        break;
      case 'function-call':
        this.#hasFunctions = true;
    }
  }

  #noteNames({ parts, span }: Query): void {
    for (const [at, part] of parts.entries()) {
      if ('capture' in part && part.capture !== null) this.#bind(part.capture, null);
      if (part.kind === 'key-filter') this.#keys.push(part.right);
      else if (part.kind === 'variable' && at > 0)
        this.#keys.push({ kind: 'query', parts: [part], matchAll: true, span });
    }
  }

  #bind(name: string, value: LetValue | null): void {
    const values = this.#bindings.get(name) ?? [];
    values.push(value);
    this.#bindings.set(name, values);
  }

  /** All that a right side may be; null when that is not spelled out. */
  #literals(right: LetValue): ReadonlySet<Spelled> | null {
    if (right.kind === 'function-call') return null;
    if (right.kind !== 'query') return new Set([right]);
    const [variable, ...more] = right.parts;
    return variable?.kind === 'variable' && more.length === 0 ? this.#literalsOf(variable.name) : null;
  }

  /** What variables and parameters of that name are anywhere in the file. */
  #literalsOf(name: string): ReadonlySet<Spelled> | null {
    const found = this.#found.get(name);
    if (found !== undefined) return found;
    // Until it is known: names that lead to themselves are never spelled out.
    this.#found.set(name, null);
    const bindings = (this.#bindings.get(name) ?? [null]).map((each) => each && this.#literals(each));
    const literals = bindings.every((each) => each !== null)
      ? new Set(bindings.flatMap((each) => [...each]))
      : null;
    this.#found.set(name, literals);
    return literals;
  }
}

type Noted = Assignment | ParameterizedCall | AccessClause | Query | FunctionCall;
