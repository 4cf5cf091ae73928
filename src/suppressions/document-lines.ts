import type { Template } from '../template/template.ts';
import type { Value } from '../value/value.ts';

/**
 * First and last line of the document that values are in, 1-based; undefined when they are in all of them, such as the
 * only one.
 */
export function documentLines(
  templates: readonly Template[],
  values: readonly Value[],
): [first: number, last: number] | undefined {
  const roots = new Set(values.map(rootOf));
  if (roots.size === templates.length) return undefined;
  const at = templates.findIndex(({ root }) => roots.has(root));
  const next = templates[at + 1];
  return [
    firstLine(templates[at]!),
    next === undefined ? templates[at]!.source.lineCount : firstLine(next) - 1,
  ];
}

function rootOf(value: Value): Value {
  let root = value;
  while (root.parent !== null) root = root.parent;
  return root;
}

/** A list at the root has no place of its own. */
function firstLine({ source, root }: Template): number {
  const first = root.kind === 'list' ? (root.value[0] ?? root) : root;
  return source.position(first.start).line;
}
