import { assertionHolds } from './assertions.ts';
import { PatternLimitError } from './limit.ts';
import { type CharacterMatcher, characterMatcher, isCharacterNode } from './matcher.ts';
import type { Assertion, Node, RepeatNode } from './node.ts';

/*
 * A Pike machine: all alternatives advance together, one character at a time, in order of preference. Its time is
 * linear in the subject, whatever the pattern. It finds the match that Rust's regex crate finds (the first alternative
 * that can match wins), with its capturing groups.
 */

/** States beyond which a pattern is not run; the native engine refuses well before. */
const MAX_STATES = 1_000_000;
/** Thread steps of one search, several seconds' worth. */
const MAX_STEPS = 300_000_000;

type State =
  | { readonly kind: 'character'; readonly matches: CharacterMatcher; next: number }
  /** Continues at `next`, or if that fails at `other`. */
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'save'; readonly slot: number; next: number }
  | { readonly kind: 'assertion'; readonly of: Assertion; next: number }
  | { readonly kind: 'jump'; next: number }
  | { readonly kind: 'match' };

/** Offsets of the groups: start and end of group n at 2n and 2n+1, -1 for one that took no part. */
export type Slots = readonly number[];

export class Automaton {
  readonly #pattern: string;
  readonly #states: readonly State[];
  readonly #slotCount: number;

  /**
   * @param nodes a sequence without look-around and references
   * @param pattern the whole pattern, for messages
   */
  constructor(nodes: readonly Node[], pattern: string) {
    const builder = new Builder(pattern);
    this.#pattern = pattern;
    this.#states = builder.build(nodes);
    this.#slotCount = builder.slotCount;
  }

  /** Whether there is a match anywhere. */
  test(subject: string): boolean {
    return this.#run(subject, 0, { anchored: false, slots: 0 }) !== undefined;
  }

  /** The first match that starts at `from` or later. */
  find(subject: string, from: number): Slots | undefined {
    return this.#run(subject, from, { anchored: false, slots: this.#slotCount });
  }

  /** The match that starts exactly at `at`. */
  matchAt(subject: string, at: number): Slots | undefined {
    return this.#run(subject, at, { anchored: true, slots: this.#slotCount });
  }

  /** With no slots the first match found ends the run, wherever it ends. */
  #run(subject: string, from: number, mode: { anchored: boolean; slots: number }): Slots | undefined {
    let current = new Threads(this.#states.length);
    let upcoming = new Threads(this.#states.length);
    const blank = new Array<number>(mode.slots).fill(-1);
    let found: Slots | undefined;
    let steps = 0;
    for (let at = from; ; ) {
      if (found === undefined && (at === from || !mode.anchored)) {
        const slots = mode.slots === 0 ? blank : blank.with(0, at);
        this.#follow(current, 0, at, slots, subject);
      }
      if (current.count === 0 && (found !== undefined || mode.anchored)) return found;
      const codePoint = subject.codePointAt(at);
      const next = at + (codePoint !== undefined && codePoint > 0xffff ? 2 : 1);
      for (let index = 0; index < current.count; index++) {
        if (++steps > MAX_STEPS) throw new PatternLimitError(this.#pattern, 'takes too long to match');
        const state = this.#states[current.states[index]!]!;
        if (state.kind === 'match') {
          if (mode.slots === 0) return blank;
          found = current.slots[index]!.with(1, at);
          // The threads behind this one are less preferred.
          break;
        }
        if (state.kind === 'character' && codePoint !== undefined && state.matches(codePoint)) {
          this.#follow(upcoming, state.next, next, current.slots[index]!, subject);
        }
      }
      if (codePoint === undefined) return found;
      [current, upcoming] = [upcoming, current];
      upcoming.clear();
      at = next;
    }
  }

  /** Adds the states that are reached from `start` without reading a character, preferred ones first. */
  #follow(threads: Threads, start: number, at: number, slots: Slots, subject: string): void {
    const pending: { readonly state: number; readonly slots: Slots }[] = [{ state: start, slots }];
    for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
      if (!threads.visit(entry.state)) continue;
      const state = this.#states[entry.state]!;
      switch (state.kind) {
        case 'jump':
          pending.push({ state: state.next, slots: entry.slots });
          break;
        case 'split':
          pending.push({ state: state.other, slots: entry.slots }, { state: state.next, slots: entry.slots });
          break;
        case 'save':
          pending.push({
            state: state.next,
            slots: entry.slots.length === 0 ? entry.slots : entry.slots.with(state.slot, at),
          });
          break;
        case 'assertion':
          if (assertionHolds(state.of, subject, at)) pending.push({ state: state.next, slots: entry.slots });
          break;
        default:
          threads.add(entry.state, entry.slots);
      }
    }
  }
}

/** The states that are active at one place of the subject, in order of preference. */
class Threads {
  readonly states: number[] = [];
  readonly slots: Slots[] = [];
  count = 0;
  readonly #visitedIn: Uint32Array;
  #round = 1;

  constructor(states: number) {
    this.#visitedIn = new Uint32Array(states);
  }

  clear(): void {
    this.count = 0;
    this.#round++;
  }

  /** False when the state was reached before in this round, on a preferred way. */
  visit(state: number): boolean {
    if (this.#visitedIn[state] === this.#round) return false;
    this.#visitedIn[state] = this.#round;
    return true;
  }

  add(state: number, slots: Slots): void {
    this.states[this.count] = state;
    this.slots[this.count] = slots;
    this.count++;
  }
}

/** A piece of the machine under construction: where it is entered, and the states whose exit is still open. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

class Builder {
  slotCount = 2;
  readonly #pattern: string;
  readonly #states: State[] = [];
  /** Groups of copies of the same repeat share their number. */
  #group = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  build(nodes: readonly Node[]): readonly State[] {
    // The run enters at state 0.
    const entry = this.#jump();
    const piece = this.#sequence(nodes.map((node) => () => this.#node(node)));
    this.#link(entry, piece.start);
    this.#link(piece.end, this.#add({ kind: 'match' }));
    return this.#states;
  }

  #node(node: Node): Piece {
    if (isCharacterNode(node))
      return this.#single({ kind: 'character', matches: characterMatcher(node), next: -1 });
    switch (node.kind) {
      case 'empty':
        return this.#single({ kind: 'jump', next: -1 });
      case 'assertion':
        return this.#single({ kind: 'assertion', of: node.of, next: -1 });
      case 'concatenation':
        return this.#sequence(node.items.map((item) => () => this.#node(item)));
      case 'alternatives':
        return this.#alternatives(node.items);
      case 'group':
        return this.#groupPiece(node.item);
      case 'repeat':
        return this.#repeat(node);
      default:
        throw new TypeError(`${node.kind} needs the backtracking engine`);
    }
  }

  #groupPiece(item: Node): Piece {
    const group = ++this.#group;
    this.slotCount = Math.max(this.slotCount, 2 * group + 2);
    return this.#sequence([
      () => this.#single({ kind: 'save', slot: 2 * group, next: -1 }),
      () => this.#node(item),
      () => this.#single({ kind: 'save', slot: 2 * group + 1, next: -1 }),
    ]);
  }

  #alternatives(items: readonly Node[]): Piece {
    const end = this.#jump();
    let start = -1;
    const pieces = items.map((item) => this.#node(item));
    for (const piece of pieces) this.#link(piece.end, end);
    for (const piece of pieces.toReversed()) {
      start = start === -1 ? piece.start : this.#add({ kind: 'split', next: piece.start, other: start });
    }
    return { start, end };
  }

  #repeat(node: RepeatNode): Piece {
    const firstGroup = this.#group;
    const copy = (): Piece => {
      this.#group = firstGroup;
      return this.#node(node.item);
    };
    const required = Array.from({ length: node.min }, () => copy);
    if (node.max === Number.POSITIVE_INFINITY) {
      const loop = () => (node.min === 0 ? this.#star(node, copy) : this.#plus(node, copy));
      return this.#sequence([...required.slice(1), loop]);
    }
    const optional = () => this.#optionalCopies(node, copy);
    const piece = this.#sequence(node.max > node.min ? [...required, optional] : required);
    if (node.max === 0) copy();
    return piece;
  }

  /** One or more. */
  #plus(node: RepeatNode, copy: () => Piece): Piece {
    const item = copy();
    const again = this.#split(node, item.start);
    this.#link(item.end, again.split);
    return { start: item.start, end: again.exit };
  }

  /** None or more: an optional `#plus`, so that an item that may be empty keeps its preference. */
  #star(node: RepeatNode, copy: () => Piece): Piece {
    const loop = this.#plus(node, copy);
    const entry = this.#split(node, loop.start);
    this.#link(loop.end, entry.exit);
    return { start: entry.split, end: entry.exit };
  }

  /** Up to `max - min` copies, each with a way past all that follow. */
  #optionalCopies(node: RepeatNode, copy: () => Piece): Piece {
    const exit = this.#jump();
    const start = this.#jump();
    let previous = start;
    for (let count = node.min; count < node.max; count++) {
      const item = copy();
      const { split, exit: skip } = this.#split(node, item.start);
      this.#link(skip, exit);
      this.#link(previous, split);
      previous = item.end;
    }
    this.#link(previous, exit);
    return { start, end: exit };
  }

  /** A choice between `inside` and an exit, which a greedy repeat prefers last. */
  #split(node: RepeatNode, inside: number): { split: number; exit: number } {
    const exit = this.#jump();
    const split = this.#add(
      node.greedy
        ? { kind: 'split', next: inside, other: exit }
        : { kind: 'split', next: exit, other: inside },
    );
    return { split, exit };
  }

  #sequence(parts: readonly (() => Piece)[]): Piece {
    const start = this.#jump();
    let end = start;
    for (const part of parts) {
      const piece = part();
      this.#link(end, piece.start);
      end = piece.end;
    }
    return { start, end };
  }

  #single(state: State): Piece {
    const at = this.#add(state);
    return { start: at, end: at };
  }

  #jump(): number {
    return this.#add({ kind: 'jump', next: -1 });
  }

  #link(from: number, to: number): void {
    const state = this.#states[from]!;
    if (state.kind !== 'match') state.next = to;
  }

  #add(state: State): number {
    if (this.#states.length >= MAX_STATES) throw new PatternLimitError(this.#pattern, 'is too large to run');
    this.#states.push(state);
    return this.#states.length - 1;
  }
}
