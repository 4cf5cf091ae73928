import { Automaton, type Slots } from './automaton.ts';
import { affordable, backtrackingEffort, type Effort } from './effort.ts';
import { printJavaScript } from './javascript.ts';
import { checkLinear } from './linear-check.ts';
import { type CharacterMatcher, characterMatcher, isCharacterNode } from './matcher.ts';
import type { Node } from './node.ts';

/** A character costs the automaton about so many times what it costs JavaScript's engine. */
const AUTOMATON_COST = 50;

/** A part in JavaScript's own syntax. */
interface Compiled {
  readonly regex: RegExp;
  readonly effort: Effort;
}

/** A part of a hard pattern that the linear engine matches, once and for good, at the current place. */
export class Delegate {
  /** Groups inside: the first one's number and how many there are. */
  readonly firstGroup: number;
  readonly groups: number;
  readonly #nodes: readonly Node[];
  readonly #pattern: string;
  readonly #fixedLength: boolean;
  #characters: readonly CharacterMatcher[] | undefined;
  #automaton: Automaton | undefined;
  #javaScript: Compiled | null | undefined;

  /** @throws {PatternSyntaxError} for what the linear engine rejects */
  constructor(nodes: readonly Node[], firstGroup: number, groups: number, pattern: string) {
    checkLinear(nodes);
    this.#nodes = nodes;
    this.#fixedLength = nodes.every((node) => isCharacterNode(node) || node.kind === 'assertion');
    this.firstGroup = firstGroup;
    this.groups = groups;
    this.#pattern = pattern;
  }

  /** End of the match at an offset, or -1. For parts without groups. */
  end(subject: string, at: number): number {
    this.#characters ??= this.#nodes.every(isCharacterNode)
      ? this.#nodes.filter(isCharacterNode).map(characterMatcher)
      : [];
    if (this.#characters.length === 0) return this.#longEnd(subject, at);
    let end = at;
    for (const matches of this.#characters) {
      const codePoint = subject.codePointAt(end);
      if (codePoint === undefined || !matches(codePoint)) return -1;
      end += codePoint > 0xffff ? 2 : 1;
    }
    return end;
  }

  /** Rough cost of one run in characters that JavaScript's engine reads, when so many characters are left. */
  cost(length: number): number {
    if (this.#fixedLength) return this.#nodes.length;
    return this.groups > 0 || this.#compiled() === null ? length * AUTOMATON_COST : length;
  }

  /** By JavaScript's own engine where that is affordable: a look-around may be tried at every place of a subject. */
  #longEnd(subject: string, at: number): number {
    const compiled = this.#compiled();
    if (compiled === null || !affordable(compiled.effort, subject.length - at)) {
      return this.slots(subject, at)?.[1] ?? -1;
    }
    const { regex } = compiled;
    regex.lastIndex = at;
    return regex.test(subject) ? regex.lastIndex : -1;
  }

  #compiled(): Compiled | null {
    if (this.#javaScript === undefined) this.#javaScript = this.#compile();
    return this.#javaScript;
  }

  #compile(): Compiled | null {
    const sequence: Node = { kind: 'concatenation', items: this.#nodes };
    const effort = backtrackingEffort(sequence);
    const printed = effort === undefined ? undefined : printJavaScript(sequence);
    if (effort === undefined || printed === undefined) return null;
    return { regex: new RegExp(printed.source, `${printed.flags}y`), effort };
  }

  /** Offsets of the match at an offset and of its groups, numbered from 1. */
  slots(subject: string, at: number): Slots | undefined {
    this.#automaton ??= new Automaton(this.#nodes, this.#pattern);
    return this.#automaton.matchAt(subject, at);
  }
}
