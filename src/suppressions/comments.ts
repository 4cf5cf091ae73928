import type { Template } from '../template/template.ts';
import { isBreak } from '../template/yaml/characters.ts';
import type { BadClaim, Claim, Mistake } from './claim.ts';
import { commentedNode } from './commented-node.ts';
import { readMarker } from './marker.ts';
import { writtenNodes } from './written-nodes.ts';
import { WrittenValues } from './written-values.ts';

/** What the comments of a file claim. */
export function commentClaims(templates: readonly Template[]): (Claim | BadClaim)[] {
  const { text } = templates[0]!.source;
  const { nodes, comments } = writtenNodes(text);
  const roots = templates.map(({ root }) => root);
  const written = new WrittenValues(roots);
  const targetAt = (comment: number): Pick<Claim, 'values' | 'beginning'> | Mistake => {
    const node = commentedNode(text, nodes, comment);
    if ('mistake' in node) return node;
    const values = written.of(node);
    if (values.length === 0) return { mistake: 'what it stands at is nothing that rules look at' };
    return {
      values,
      beginning: values.flatMap(({ parent }) => (parent?.start === node.start ? parent : [])),
    };
  };
  return comments.flatMap((start): (Claim | BadClaim)[] => {
    const marker = readMarker(text.slice(start, endOfLine(text, start)));
    if (marker === undefined) return [];
    if ('mistake' in marker) return [{ start, ...marker }];
    const { wholeFile, rules, reason, until } = marker;
    const target = wholeFile ? { values: roots } : targetAt(start);
    if ('mistake' in target) return [{ start, ...target }];
    return rules.map((rule) => ({ start, rule, reason, until, ...target, shared: false }));
  });
}

function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}
