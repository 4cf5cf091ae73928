import { Automaton, type Slots } from './automaton.ts';
import { checkLinear } from './linear-check.ts';
import { type CharacterMatcher, characterMatcher, isCharacterNode } from './matcher.ts';
import type { Node } from './node.ts';

/** A part of a hard pattern that the linear engine matches, once and for good, at the current place. */
export class Delegate {
  /** Groups inside: the first one's number and how many there are. */
  readonly firstGroup: number;
  readonly groups: number;
  readonly #nodes: readonly Node[];
  readonly #pattern: string;
  #characters: readonly CharacterMatcher[] | undefined;
  #automaton: Automaton | undefined;

  /** @throws {PatternSyntaxError} for what the linear engine rejects */
  constructor(nodes: readonly Node[], firstGroup: number, groups: number, pattern: string) {
    checkLinear(nodes);
    this.#nodes = nodes;
    this.firstGroup = firstGroup;
    this.groups = groups;
    this.#pattern = pattern;
  }

  /** End of the match at an offset, or -1. For parts without groups. */
  end(subject: string, at: number): number {
    this.#characters ??= this.#nodes.every(isCharacterNode)
      ? this.#nodes.filter(isCharacterNode).map(characterMatcher)
      : [];
    if (this.#characters.length === 0) return this.slots(subject, at)?.[1] ?? -1;
    let end = at;
    for (const matches of this.#characters) {
      const codePoint = subject.codePointAt(end);
      if (codePoint === undefined || !matches(codePoint)) return -1;
      end += codePoint > 0xffff ? 2 : 1;
    }
    return end;
  }

  /** Offsets of the match at an offset and of its groups, numbered from 1. */
  slots(subject: string, at: number): Slots | undefined {
    this.#automaton ??= new Automaton(this.#nodes, this.#pattern);
    return this.#automaton.matchAt(subject, at);
  }
}
