import { isBreak } from '../template/yaml/characters.ts';
import type { Mistake } from './claim.ts';
import type { WrittenNode } from './written-nodes.ts';

/**
 * What a comment is about: behind something it is what begins on its line, and on a line of its own what comes next.
 *
 * @param nodes of the text, in its order
 * @param comment offset of its `#`
 */
export function commentedNode(
  text: string,
  nodes: readonly WrittenNode[],
  comment: number,
): WrittenNode | Mistake {
  const lineStart = startOfLine(text, comment);
  return text.slice(lineStart, comment).trim() === ''
    ? nodeBelow(text, nodes, comment)
    : nodeBefore(nodes, lineStart, comment);
}

/** The outermost node that begins between the start of a line and the comment at its end. */
function nodeBefore(
  nodes: readonly WrittenNode[],
  lineStart: number,
  comment: number,
): WrittenNode | Mistake {
  const onLine = (offset: number) => offset >= lineStart && offset < comment;
  const at = firstFrom(nodes, lineStart);
  const begun = nodes.slice(Math.max(at - 1, 0), firstFrom(nodes, comment));
  const found = new Set(begun.filter(({ start, valueStart }) => onLine(start) || onLine(valueStart)));
  const [node, other] = [...found].filter(({ parent }) => parent === null || !found.has(parent));
  if (node === undefined) return { mistake: 'nothing begins on its line; write it above what it is about' };
  if (other === undefined) return node;
  return { mistake: 'more than one thing begins on its line; put what it is about on a line of its own' };
}

/**
 * What is less indented than the comment is not what somebody had in mind who wrote it at the end of a block; between a
 * key and what it holds there is no such end.
 */
function nodeBelow(text: string, nodes: readonly WrittenNode[], comment: number): WrittenNode | Mistake {
  const at = firstFrom(nodes, comment);
  const before = nodes[at - 1];
  const isValue = before !== undefined && before.valueStart > comment;
  const node = isValue ? before : nodes[at];
  if (node === undefined) return { mistake: 'nothing follows it; write it above what it is about' };
  const start = isValue ? node.valueStart : node.start;
  const isFirst = node.parent !== null && node.parent === before;
  return isFirst || columnOf(text, comment) <= columnOf(text, start)
    ? node
    : { mistake: 'it is indented deeper than what follows; align it with what it is about' };
}

/** Index of the first node that starts at an offset or behind it. */
function firstFrom(nodes: readonly WrittenNode[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function columnOf(text: string, offset: number): number {
  return offset - startOfLine(text, offset);
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  return start;
}
