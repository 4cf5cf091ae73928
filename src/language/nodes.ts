/**
 * Calls `note` for every node of a syntax tree, outer ones first. Nodes are told apart by their `kind`; whatever else holds
 * nodes, such as a list of them, is passed as well.
 */
export function visitNodes(node: unknown, note: (node: object) => void): void {
  if (typeof node !== 'object' || node === null) return;
  note(node);
  for (const child of Object.values(node)) visitNodes(child, note);
}
