import { printSet, setNeedsNestedSyntax } from './javascript.ts';
import type { CharacterSet, Node } from './node.ts';

/** Whether one character, given by its code point, belongs to a set. */
export type CharacterMatcher = (codePoint: number) => boolean;

/** The nodes that match exactly one character. */
export type CharacterNode = Extract<Node, { kind: 'any' | 'character' | 'set' }>;

export function isCharacterNode(node: Node): node is CharacterNode {
  return node.kind === 'any' || node.kind === 'character' || node.kind === 'set';
}

const LINE_FEED = 0x0a;
const ASCII = 0x80;

export function characterMatcher(node: CharacterNode): CharacterMatcher {
  if (node.kind === 'any') return node.newline ? () => true : (codePoint) => codePoint !== LINE_FEED;
  if (node.kind === 'set') return setMatcher(node.set, node.ignoreCase);
  const { codePoint: expected } = node;
  if (!node.ignoreCase) return (codePoint) => codePoint === expected;
  return setMatcher({ kind: 'range', from: expected, to: expected }, true);
}

/** Asks the JavaScript engine, and remembers its answers about ASCII. */
function setMatcher(set: CharacterSet, ignoreCase: boolean): CharacterMatcher {
  const flags = (setNeedsNestedSyntax(set, ignoreCase) ? 'v' : 'u') + (ignoreCase ? 'i' : '');
  let regex: RegExp | undefined;
  const ask = (codePoint: number): boolean => {
    regex ??= new RegExp(`^${printSet(set)}$`, flags);
    return regex.test(String.fromCodePoint(codePoint));
  };
  const known = new Int8Array(ASCII);
  return (codePoint) => {
    if (codePoint >= ASCII) return ask(codePoint);
    if (known[codePoint] === 0) known[codePoint] = ask(codePoint) ? 1 : -1;
    return known[codePoint] === 1;
  };
}
