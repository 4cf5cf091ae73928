import type { Node } from './node.ts';
import { PatternSyntaxError } from './syntax-error.ts';

/** What the native compiler derives of a node, and what its choice between the two engines depends on. */
export interface Facts {
  /** Fewest characters of a match. */
  readonly minLength: number;
  readonly fixedLength: boolean;
  /** Whether the backtracking engine has to run it: look-around, references, word boundaries and the like. */
  readonly hard: boolean;
  /** Capturing groups inside. */
  readonly firstGroup: number;
  readonly endGroup: number;
}

export type Analysis = ReadonlyMap<Node, Facts>;

/**
 * Facts of every node below `root`.
 *
 * @throws {PatternSyntaxError} for a reference to a group that has not begun before it
 */
export function analyze(root: Node): Analysis {
  const analyzer = new Analyzer();
  analyzer.visit(root);
  return analyzer.facts;
}

type Shape = Pick<Facts, 'minLength' | 'fixedLength' | 'hard'>;

const ZERO_WIDTH: Shape = { minLength: 0, fixedLength: true, hard: true };

class Analyzer {
  readonly facts = new Map<Node, Facts>();
  /** Group 0 is the whole match. */
  #nextGroup = 1;

  visit(node: Node): Facts {
    const firstGroup = this.#nextGroup;
    const shape = this.#shape(node);
    const facts = { ...shape, firstGroup, endGroup: this.#nextGroup };
    this.facts.set(node, facts);
    return facts;
  }

  #shape(node: Node): Shape {
    switch (node.kind) {
      case 'empty':
        return { minLength: 0, fixedLength: true, hard: false };
      case 'any':
      case 'character':
      case 'set':
        return { minLength: 1, fixedLength: true, hard: false };
      case 'assertion':
        return { minLength: 0, fixedLength: true, hard: node.of.includes('word') };
      case 'concatenation':
        return sequence(node.items.map((item) => this.visit(item)));
      case 'alternatives':
        return choice(node.items.map((item) => this.visit(item)));
      case 'group':
        this.#nextGroup++;
        return this.visit(node.item);
      case 'look':
        this.visit(node.item);
        return ZERO_WIDTH;
      case 'repeat': {
        const { minLength, fixedLength, hard } = this.visit(node.item);
        return { minLength: minLength * node.min, fixedLength: fixedLength && node.min === node.max, hard };
      }
      case 'atomic':
        return { ...this.visit(node.item), hard: true };
      case 'backreference':
        this.#checkGroup(node.group);
        return { minLength: 0, fixedLength: false, hard: true };
      case 'group-matched':
        this.#checkGroup(node.group);
        return ZERO_WIDTH;
      case 'keep-out':
      case 'search-start':
        return ZERO_WIDTH;
      case 'conditional':
        return conditional(this.visit(node.condition), this.visit(node.then), this.visit(node.otherwise));
    }
  }

  #checkGroup(group: number): void {
    if (group >= this.#nextGroup)
      throw new PatternSyntaxError('Error compiling regex: Invalid back reference');
  }
}

function sequence(items: readonly Facts[]): Shape {
  return {
    minLength: items.reduce((sum, item) => sum + item.minLength, 0),
    fixedLength: items.every((item) => item.fixedLength),
    hard: items.some((item) => item.hard),
  };
}

function choice(items: readonly Facts[]): Shape {
  const minLength = items.reduce((least, item) => Math.min(least, item.minLength), Number.POSITIVE_INFINITY);
  return {
    minLength,
    fixedLength: items.every((item) => item.fixedLength && item.minLength === items[0]!.minLength),
    hard: items.some((item) => item.hard),
  };
}

/** The native rule for the length counts the condition to the first branch only. */
function conditional(condition: Facts, then: Facts, otherwise: Facts): Shape {
  return {
    minLength: condition.minLength + Math.min(then.minLength, otherwise.minLength),
    fixedLength:
      condition.fixedLength &&
      then.fixedLength &&
      otherwise.fixedLength &&
      condition.minLength + then.minLength === otherwise.minLength,
    hard: true,
  };
}
