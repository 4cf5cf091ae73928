/*
 * The tree of a regular expression in the syntax of Rust's fancy-regex 0.13. Flags are gone: each node knows what they
 * made of it.
 */

export type Node =
  | { readonly kind: 'empty' }
  /** `.`; with the flag `s` it matches a line feed too. */
  | { readonly kind: 'any'; readonly newline: boolean }
  | { readonly kind: 'character'; readonly codePoint: number; readonly ignoreCase: boolean }
  | { readonly kind: 'set'; readonly set: CharacterSet; readonly ignoreCase: boolean }
  | { readonly kind: 'assertion'; readonly of: Assertion }
  | { readonly kind: 'concatenation'; readonly items: readonly Node[] }
  | { readonly kind: 'alternatives'; readonly items: readonly Node[] }
  /** A capturing group. Groups are numbered from 1 in the order of the tree. */
  | { readonly kind: 'group'; readonly item: Node }
  | RepeatNode
  | LookNode
  /** `(?>…)` and possessive repeats. */
  | { readonly kind: 'atomic'; readonly item: Node }
  | { readonly kind: 'backreference'; readonly group: number }
  /** `\K`: the reported match starts here. */
  | { readonly kind: 'keep-out' }
  /** `\G`: only where the search began. */
  | { readonly kind: 'search-start' }
  /** `(?(1))`: whether a group took part in the match. */
  | { readonly kind: 'group-matched'; readonly group: number }
  | { readonly kind: 'conditional'; readonly condition: Node; readonly then: Node; readonly otherwise: Node };

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly item: Node;
  readonly min: number;
  /** Infinity for an open end. It may be below `min`, which is an error only where the linear engine runs. */
  readonly max: number;
  readonly greedy: boolean;
}

export interface LookNode {
  readonly kind: 'look';
  readonly item: Node;
  readonly behind: boolean;
  readonly negated: boolean;
}

export type Assertion =
  | 'text-start'
  | 'text-end'
  | 'line-start'
  | 'line-end'
  | 'word-boundary'
  | 'no-word-boundary'
  | 'word-start'
  | 'word-end';

/** A set of characters, kept symbolic: Unicode tables come from the JavaScript engine. */
export type CharacterSet =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  /** `name` as JavaScript spells it between the braces of `\p{…}`; null for a property whose set is empty here. */
  | { readonly kind: 'property'; readonly name: string | null; readonly negated: boolean }
  | { readonly kind: 'union'; readonly items: readonly CharacterSet[]; readonly negated: boolean }
  | {
      readonly kind: 'operation';
      readonly operator: '&&' | '--' | '~~';
      readonly left: CharacterSet;
      readonly right: CharacterSet;
    };

/** A parsed pattern with what matching needs to know of it as a whole. */
export interface Tree {
  readonly root: Node;
  readonly groupNames: ReadonlyMap<string, number>;
}
