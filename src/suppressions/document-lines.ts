import type { Template } from '../template/template.ts';
import type { Value } from '../value/value.ts';

/**
 * First and last line of the document that a value is in, 1-based; undefined when all documents are meant, or there is
 * only one.
 */
export function documentLines(
  templates: readonly Template[],
  value: Value,
): [first: number, last: number] | undefined {
  if (templates.length === 1 || value.parent === null) return undefined;
  let root = value;
  while (root.parent !== null) root = root.parent;
  const at = templates.findIndex((template) => template.root === root);
  const next = templates[at + 1];
  return [
    firstLine(templates[at]!),
    next === undefined ? templates[at]!.source.lineCount : firstLine(next) - 1,
  ];
}

/** A list at the root has no place of its own. */
function firstLine({ source, root }: Template): number {
  const first = root.kind === 'list' ? (root.value[0] ?? root) : root;
  return source.position(first.start).line;
}
