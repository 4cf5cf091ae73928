import type { Analysis, Facts } from './analysis.ts';
import { Delegate } from './delegate.ts';
import type { Assertion, LookNode, Node, RepeatNode } from './node.ts';
import { PatternSyntaxError } from './syntax-error.ts';

/*
 * The program of the backtracking machine. It is cut into instructions just as fancy-regex does it, because its cuts
 * can be seen from outside: parts that it hands to the linear engine are matched once and never tried again in another
 * way, and the limit of its backtracks counts these instructions.
 */

export type Instruction =
  | { readonly kind: 'end' }
  | { readonly kind: 'any'; readonly newline: boolean }
  | { readonly kind: 'assertion'; readonly of: Assertion }
  | { readonly kind: 'delegate'; readonly delegate: Delegate }
  /** Continues at `next`, or if that fails at `other`. */
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'jump'; next: number }
  /** Stores the current offset, or zero, in a slot. */
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'zero'; readonly slot: number }
  /** Goes back to the offset in a slot. */
  | { readonly kind: 'restore'; readonly slot: number }
  | RepeatInstruction
  | { readonly kind: 'go-back'; readonly characters: number }
  /** The inside of a negative look-around, entered by the split before it, has matched. */
  | { readonly kind: 'fail-look' }
  | { readonly kind: 'backreference'; readonly group: number }
  | { readonly kind: 'group-matched'; readonly group: number }
  | { readonly kind: 'begin-atomic' }
  | { readonly kind: 'end-atomic' }
  | { readonly kind: 'search-start' };

export interface RepeatInstruction {
  readonly kind: 'repeat';
  readonly min: number;
  readonly max: number;
  readonly greedy: boolean;
  /** Slot that counts the repetitions. */
  readonly counter: number;
  /** Slot with the offset of the last repetition, for items that can be empty and repeat without end. */
  readonly lastOffset: number | undefined;
  /** Instruction after the repeat. */
  next: number;
}

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly slots: number;
  /** Capturing groups, the whole match included; their offsets come first in the slots. */
  readonly groups: number;
}

/**
 * Compiles a search for `root`: from each place on, with the whole match in slots 0 and 1 and group n in 2n and 2n+1.
 *
 * @throws {PatternSyntaxError} for look-behind without a fixed length, and for what the linear engine rejects
 */
export function compileProgram(root: Node, analysis: Analysis, pattern: string): Program {
  const compiler = new Compiler(analysis, pattern, analysis.get(root)!.endGroup);
  return compiler.search(root);
}

class Compiler {
  readonly #analysis: Analysis;
  readonly #pattern: string;
  readonly #instructions: Instruction[] = [];
  readonly #groups: number;
  #slots: number;

  constructor(analysis: Analysis, pattern: string, groups: number) {
    this.#analysis = analysis;
    this.#pattern = pattern;
    this.#groups = groups;
    this.#slots = groups * 2;
  }

  search(root: Node): Program {
    const { split, end } = this.#choice(false);
    this.#add({ kind: 'any', newline: true });
    this.#add({ kind: 'jump', next: split });
    end();
    this.#add({ kind: 'save', slot: 0 });
    this.#node(root, true);
    this.#add({ kind: 'save', slot: 1 });
    this.#add({ kind: 'end' });
    return { instructions: this.#instructions, slots: this.#slots, groups: this.#groups };
  }

  /** `hard`: what follows may force another way through this node, so it must not be delegated as a whole. */
  #node(node: Node, hard: boolean): void {
    const facts = this.#facts(node);
    if (!hard && !facts.hard) {
      this.#delegate([node]);
      return;
    }
    switch (node.kind) {
      case 'empty':
        return;
      case 'any':
        this.#add({ kind: 'any', newline: node.newline });
        return;
      case 'assertion':
        this.#add({ kind: 'assertion', of: node.of });
        return;
      case 'character':
      case 'set':
        this.#delegate([node]);
        return;
      case 'concatenation':
        this.#concatenation(node.items, hard);
        return;
      case 'alternatives':
        this.#alternatives(node.items.map((item) => () => this.#node(item, hard)));
        return;
      case 'group':
        this.#add({ kind: 'save', slot: facts.firstGroup * 2 });
        this.#node(node.item, hard);
        this.#add({ kind: 'save', slot: facts.firstGroup * 2 + 1 });
        return;
      case 'repeat':
        this.#repeat(node, facts, hard);
        return;
      case 'look':
        this.#look(node);
        return;
      case 'atomic':
        this.#add({ kind: 'begin-atomic' });
        this.#node(node.item, false);
        this.#add({ kind: 'end-atomic' });
        return;
      case 'backreference':
      case 'group-matched':
        this.#add({ kind: node.kind, group: node.group });
        return;
      case 'keep-out':
        this.#add({ kind: 'save', slot: 0 });
        return;
      case 'search-start':
        this.#add({ kind: 'search-start' });
        return;
      case 'conditional':
        this.#conditional(node.condition, node.then, node.otherwise, hard);
        return;
    }
  }

  /** Delegates a beginning of fixed length, and the end when nothing after it can ask for another way. */
  #concatenation(items: readonly Node[], hard: boolean): void {
    const isFixed = (item: Node) => !this.#facts(item).hard && this.#facts(item).fixedLength;
    const isEnd = hard ? isFixed : (item: Node) => !this.#facts(item).hard;
    const firstOther = items.findIndex((item) => !isFixed(item));
    const prefixEnd = firstOther === -1 ? items.length : firstOther;
    const suffixStart = Math.max(items.findLastIndex((item) => !isEnd(item)) + 1, prefixEnd);
    this.#delegate(items.slice(0, prefixEnd));
    for (const item of items.slice(prefixEnd, suffixStart)) this.#node(item, true);
    this.#delegate(items.slice(suffixStart));
  }

  #delegate(nodes: readonly Node[]): void {
    const [first] = nodes;
    if (first === undefined) return;
    const { firstGroup } = this.#facts(first);
    const { endGroup } = this.#facts(nodes.at(-1)!);
    this.#add({
      kind: 'delegate',
      delegate: new Delegate(nodes, firstGroup, endGroup - firstGroup, this.#pattern),
    });
  }

  #alternatives(parts: readonly (() => void)[]): void {
    const jumps: (() => void)[] = [];
    for (const [index, part] of parts.entries()) {
      if (index === parts.length - 1) {
        part();
        break;
      }
      const { end } = this.#choice(true);
      part();
      jumps.push(this.#jump());
      end();
    }
    for (const land of jumps) land();
  }

  #conditional(condition: Node, then: Node, otherwise: Node, hard: boolean): void {
    // Atomic, so that a condition that held is not given up when the first branch fails.
    this.#add({ kind: 'begin-atomic' });
    const { end } = this.#choice(true);
    this.#node(condition, hard);
    this.#add({ kind: 'end-atomic' });
    this.#node(then, hard);
    const land = this.#jump();
    end();
    this.#node(otherwise, hard);
    land();
  }

  #repeat(node: RepeatNode, facts: Facts, hardContext: boolean): void {
    const { item, min, max, greedy } = node;
    const endless = max === Number.POSITIVE_INFINITY;
    if (min === 0 && max === 1) {
      const { end } = this.#choice(greedy);
      this.#node(item, hardContext);
      end();
      return;
    }
    const hard = hardContext || facts.hard;
    if (endless && this.#facts(item).minLength > 0 && min === 0) {
      const { split, end } = this.#choice(greedy);
      this.#node(item, hard);
      this.#add({ kind: 'jump', next: split });
      end();
    } else if (endless && this.#facts(item).minLength > 0 && min === 1) {
      const start = this.#instructions.length;
      this.#node(item, hard);
      const after = this.#instructions.length + 1;
      this.#add(
        greedy ? { kind: 'split', next: start, other: after } : { kind: 'split', next: after, other: start },
      );
    } else {
      this.#countedRepeat(node, endless && this.#facts(item).minLength === 0, hard);
    }
  }

  #countedRepeat({ item, min, max, greedy }: RepeatNode, canLoop: boolean, hard: boolean): void {
    const counter = this.#slots++;
    const lastOffset = canLoop ? this.#slots++ : undefined;
    this.#add({ kind: 'zero', slot: counter });
    const start = this.#instructions.length;
    const repeat: RepeatInstruction = { kind: 'repeat', min, max, greedy, counter, lastOffset, next: -1 };
    this.#add(repeat);
    this.#node(item, hard);
    this.#add({ kind: 'jump', next: start });
    repeat.next = this.#instructions.length;
  }

  #look(node: LookNode): void {
    const { item, behind, negated } = node;
    const look = negated
      ? (inner: Node) => this.#negativeLook(inner, behind)
      : (inner: Node) => this.#positiveLook(inner, behind);
    if (!behind || item.kind !== 'alternatives' || this.#facts(item).fixedLength) {
      look(item);
    } else if (negated) {
      // Alternatives of unlike lengths: none of them may match.
      for (const alternative of item.items) look(alternative);
    } else {
      this.#alternatives(item.items.map((alternative) => () => look(alternative)));
    }
  }

  #positiveLook(item: Node, behind: boolean): void {
    const slot = this.#slots++;
    this.#add({ kind: 'save', slot });
    this.#lookInside(item, behind);
    this.#add({ kind: 'restore', slot });
  }

  #negativeLook(item: Node, behind: boolean): void {
    const { end } = this.#choice(true);
    this.#lookInside(item, behind);
    this.#add({ kind: 'fail-look' });
    end();
  }

  #lookInside(item: Node, behind: boolean): void {
    const { fixedLength, minLength } = this.#facts(item);
    if (behind && !fixedLength) {
      throw new PatternSyntaxError('Error compiling regex: Look-behind assertion without constant size');
    }
    if (behind) this.#add({ kind: 'go-back', characters: minLength });
    this.#node(item, false);
  }

  /** A split between what follows and what comes after `end` is called; `inside` prefers what follows. */
  #choice(inside: boolean): { split: number; end: () => void } {
    const split = this.#instructions.length;
    const instruction = { kind: 'split' as const, next: split + 1, other: split + 1 };
    this.#add(instruction);
    const end = () => {
      if (inside) instruction.other = this.#instructions.length;
      else instruction.next = this.#instructions.length;
    };
    return { split, end };
  }

  /** A jump to where the returned function is called. */
  #jump(): () => void {
    const instruction = { kind: 'jump' as const, next: -1 };
    this.#add(instruction);
    return () => {
      instruction.next = this.#instructions.length;
    };
  }

  #add(instruction: Instruction): void {
    this.#instructions.push(instruction);
  }

  #facts(node: Node): Facts {
    return this.#analysis.get(node)!;
  }
}
