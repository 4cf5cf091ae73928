import { assertionHolds, previousOffset } from './assertions.ts';
import type { Slots } from './automaton.ts';
import type { Delegate } from './delegate.ts';
import { PatternLimitError } from './limit.ts';
import type { Program, RepeatInstruction } from './program.ts';

/** The native engine's limits. */
const MAX_BACKTRACKS = 1_000_000;
const MAX_BRANCHES = 1_000_000;
/** Characters that delegates may have to look at in one search, several seconds' worth. The native engine goes on. */
const MAX_DELEGATED = 2_000_000_000;

/**
 * The first match that starts at `from` or later.
 *
 * @param pattern for messages
 * @throws {PatternLimitError} beyond a million backtracks
 */
export function runProgram(
  program: Program,
  subject: string,
  from: number,
  pattern: string,
): Slots | undefined {
  return new Machine(program, subject, from, pattern).run();
}

/** The innermost atomic group that is open, with the number of branches there were before it. */
interface OpenAtomic {
  readonly branches: number;
  readonly outer: OpenAtomic | null;
}

/** Another way to go on, with the state as it was. */
interface Branch {
  readonly instruction: number;
  readonly at: number;
  readonly slots: number[];
  readonly atomic: OpenAtomic | null;
}

const FAILED = -1;
const UNSET = -1;

class Machine {
  readonly #program: Program;
  readonly #subject: string;
  readonly #from: number;
  readonly #pattern: string;
  readonly #branches: Branch[] = [];
  #instruction = 0;
  #at: number;
  #slots: number[];
  /** Whether a branch holds `#slots` too, so that it must be copied before it changes. */
  #slotsShared = false;
  #atomic: OpenAtomic | null = null;
  #backtracks = 0;
  #delegated = 0;

  constructor(program: Program, subject: string, from: number, pattern: string) {
    this.#program = program;
    this.#subject = subject;
    this.#from = from;
    this.#pattern = pattern;
    this.#at = from;
    this.#slots = new Array<number>(program.slots).fill(UNSET);
  }

  run(): Slots | undefined {
    const { instructions } = this.#program;
    for (;;) {
      if (instructions[this.#instruction]!.kind === 'end') return this.#result();
      const next = this.#step();
      if (next !== FAILED) this.#instruction = next;
      else if (!this.#backtrack()) return undefined;
    }
  }

  #result(): Slots {
    // `\K` in a look-ahead can put the start of the match behind its end.
    const slots = this.#slots.slice(0, this.#program.groups * 2);
    slots[0] = Math.min(slots[0]!, slots[1]!);
    return slots;
  }

  #backtrack(): boolean {
    const branch = this.#branches.pop();
    if (branch === undefined) return false;
    if (++this.#backtracks > MAX_BACKTRACKS)
      throw new PatternLimitError(this.#pattern, 'backtracks too often');
    this.#resume(branch);
    return true;
  }

  #resume(branch: Branch): void {
    this.#instruction = branch.instruction;
    this.#at = branch.at;
    this.#slots = branch.slots;
    this.#slotsShared = true;
    this.#atomic = branch.atomic;
  }

  #push(instruction: number): void {
    if (this.#branches.length >= MAX_BRANCHES) {
      throw new PatternLimitError(this.#pattern, 'keeps too many alternatives open');
    }
    this.#branches.push({ instruction, at: this.#at, slots: this.#slots, atomic: this.#atomic });
    this.#slotsShared = true;
  }

  #save(slot: number, value: number): void {
    if (this.#slotsShared) this.#slots = [...this.#slots];
    this.#slotsShared = false;
    this.#slots[slot] = value;
  }

  /** Runs one instruction: the next one's index, or `FAILED`. */
  #step(): number {
    const here = this.#instruction;
    const instruction = this.#program.instructions[here]!;
    const following = here + 1;
    switch (instruction.kind) {
      case 'any':
        return this.#any(instruction.newline) ? following : FAILED;
      case 'assertion':
        return assertionHolds(instruction.of, this.#subject, this.#at) ? following : FAILED;
      case 'delegate':
        return this.#delegate(instruction.delegate) ? following : FAILED;
      case 'split':
        this.#push(instruction.other);
        return instruction.next;
      case 'jump':
        return instruction.next;
      case 'save':
        this.#save(instruction.slot, this.#at);
        return following;
      case 'zero':
        this.#save(instruction.slot, 0);
        return following;
      case 'restore':
        this.#at = this.#slots[instruction.slot]!;
        return following;
      case 'repeat':
        return this.#repeat(instruction, following);
      case 'go-back':
        return this.#goBack(instruction.characters) ? following : FAILED;
      case 'fail-look':
        this.#leaveLook(following);
        return FAILED;
      case 'backreference':
        return this.#backreference(instruction.group) ? following : FAILED;
      case 'group-matched':
        return this.#slots[instruction.group * 2] === UNSET ? FAILED : following;
      case 'begin-atomic':
        this.#atomic = { branches: this.#branches.length, outer: this.#atomic };
        return following;
      case 'end-atomic':
        this.#branches.length = this.#atomic!.branches;
        this.#atomic = this.#atomic!.outer;
        return following;
      case 'search-start':
        return this.#at > this.#from ? FAILED : following;
      case 'end':
        return here;
    }
  }

  #any(newline: boolean): boolean {
    const codePoint = this.#subject.codePointAt(this.#at);
    if (codePoint === undefined || (!newline && codePoint === 0x0a)) return false;
    this.#at += codePoint > 0xffff ? 2 : 1;
    return true;
  }

  #delegate(delegate: Delegate): boolean {
    this.#delegated += delegate.cost(this.#subject.length - this.#at);
    if (this.#delegated > MAX_DELEGATED)
      throw new PatternLimitError(this.#pattern, 'takes too long to match');
    if (delegate.groups === 0) {
      const end = delegate.end(this.#subject, this.#at);
      if (end !== -1) this.#at = end;
      return end !== -1;
    }
    const slots = delegate.slots(this.#subject, this.#at);
    if (slots === undefined) return false;
    for (let slot = 2; slot < 2 * (delegate.groups + 1); slot++) {
      this.#save(2 * (delegate.firstGroup - 1) + slot, slots[slot] ?? UNSET);
    }
    this.#at = slots[1]!;
    return true;
  }

  #repeat(instruction: RepeatInstruction, inside: number): number {
    const { min, max, greedy, counter, lastOffset, next } = instruction;
    const count = this.#slots[counter]!;
    if (count === max) return next;
    if (lastOffset !== undefined && count > min && this.#slots[lastOffset] === this.#at) return FAILED;
    this.#save(counter, count + 1);
    if (count < min) return inside;
    if (lastOffset !== undefined) this.#save(lastOffset, this.#at);
    this.#push(greedy ? next : inside);
    return greedy ? inside : next;
  }

  #goBack(characters: number): boolean {
    for (let count = 0; count < characters; count++) {
      if (this.#at === 0) return false;
      this.#at = previousOffset(this.#subject, this.#at);
    }
    return true;
  }

  /** Drops the branches of a look-around and the one that would continue behind it. */
  #leaveLook(behind: number): void {
    for (let branch = this.#branches.pop(); branch !== undefined; branch = this.#branches.pop()) {
      if (branch.instruction !== behind) continue;
      this.#resume(branch);
      return;
    }
  }

  #backreference(group: number): boolean {
    const start = this.#slots[2 * group]!;
    const end = this.#slots[2 * group + 1]!;
    // A group that is being matched again ends before it starts; the native engine crashes there.
    if (start === UNSET || end < start) return false;
    const text = this.#subject.slice(start, end);
    if (!this.#subject.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}
