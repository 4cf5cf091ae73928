import { jsonForm } from '../../value/display.ts';
import type { Value } from '../../value/value.ts';
import { converted, type Document, Embedded, isSequence } from './document.ts';
import { isSimpleKey, yamlString } from './yaml-scalar.ts';

/*
 * YAML as the native tool prints it: block style, sequences inside mappings not indented, no line folding. The `yaml`
 * package cannot be made to agree with it in quoting and in block scalars.
 */

/**
 * A YAML document that ends with a line break.
 *
 * @throws {JsonConversionError} for a float in the data that is not finite
 */
export function yamlDocument(document: Document): string {
  return converted('YAML', () => `${block(nodeOf(document), 0)}\n`);
}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'mapping'; readonly entries: readonly (readonly [string, Node])[] };

function nodeOf(document: Document): Node {
  if (document instanceof Embedded) return nodeOfValue(document.value);
  if (typeof document === 'string') return { kind: 'string', text: document };
  if (isSequence(document)) return { kind: 'sequence', items: document.map(nodeOf) };
  if (typeof document !== 'object' || document === null) return { kind: 'text', text: String(document) };
  const entries = Object.entries(document).map(([key, item]) => [key, nodeOf(item)] as const);
  return { kind: 'mapping', entries };
}

function nodeOfValue(value: Value): Node {
  switch (value.kind) {
    case 'list':
      return { kind: 'sequence', items: value.value.map(nodeOfValue) };
    case 'map':
      return {
        kind: 'mapping',
        entries: value.value.values.map((item) => [String(item.key), nodeOfValue(item)] as const),
      };
    case 'null':
    case 'bool':
    case 'int':
    case 'float':
      return { kind: 'text', text: jsonForm(value) };
    default:
      return { kind: 'string', text: JSON.parse(jsonForm(value)) as string };
  }
}

/** The text of a node; its first line goes on where the caller stands, further lines start with `indent` blanks. */
function block(node: Node, indent: number): string {
  const lineStart = `\n${' '.repeat(indent)}`;
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'string':
      return yamlString(node.text, indent);
    case 'sequence':
      if (node.items.length === 0) return '[]';
      return node.items.map((item) => `- ${block(item, indent + 2)}`).join(lineStart);
    case 'mapping':
      if (node.entries.length === 0) return '{}';
      return node.entries.map(([key, item]) => entry(key, item, indent)).join(lineStart);
  }
}

function entry(key: string, item: Node, indent: number): string {
  const keyText = yamlString(key, indent + 2);
  if (!isSimpleKey(key)) return `? ${keyText}\n${' '.repeat(indent)}: ${block(item, indent + 2)}`;
  const size =
    item.kind === 'sequence' ? item.items.length : item.kind === 'mapping' ? item.entries.length : 0;
  if (size === 0) return `${keyText}: ${block(item, indent + 2)}`;
  const inner = item.kind === 'sequence' ? indent : indent + 2;
  return `${keyText}:\n${' '.repeat(inner)}${block(item, inner)}`;
}
