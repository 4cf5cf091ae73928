import type { CharacterSet, Node } from './node.ts';
import { DIGIT, SPACE, WORD } from './properties.ts';
import { PatternSyntaxError, UNUSABLE } from './syntax-error.ts';

/** The linear engine's limit for the size of its automaton, in bytes. */
const SIZE_LIMIT = 10 * 1024 * 1024;
const MAX_COUNT = 2 ** 32 - 1;

/**
 * Checks what the linear engine rejects although it is well formed: `{3,1}`, and repeats that make the automaton too
 * large, such as `\w{300}`.
 *
 * @throws {PatternSyntaxError}
 */
export function checkLinear(nodes: readonly Node[]): void {
  const size = nodes.reduce((sum, node) => sum + automatonSize(node), 0);
  if (size > SIZE_LIMIT) throw new PatternSyntaxError(UNUSABLE);
}

/** Approximate bytes, measured on the native engine. */
const JOINT = 32;
const ASCII_SET = 72;
const GROUP = 64;

function automatonSize(node: Node): number {
  switch (node.kind) {
    case 'any':
      return 1000;
    case 'character':
      return characterSize(node.codePoint, node.ignoreCase);
    case 'set':
      return Math.max(setSize(node.set), node.ignoreCase ? 300 : 0);
    case 'concatenation':
      return node.items.reduce((sum, item) => sum + automatonSize(item), 0);
    case 'alternatives':
      return node.items.reduce((sum, item) => sum + automatonSize(item) + JOINT, 0);
    case 'group':
      return automatonSize(node.item) + GROUP;
    case 'repeat': {
      if (node.min > MAX_COUNT || (node.max !== Number.POSITIVE_INFINITY && node.max > MAX_COUNT)) {
        throw new PatternSyntaxError(UNUSABLE);
      }
      if (node.min > node.max) throw new PatternSyntaxError(UNUSABLE);
      const copies = node.max === Number.POSITIVE_INFINITY ? Math.max(node.min, 1) : node.max;
      return copies * automatonSize(node.item) + (copies - node.min) * JOINT;
    }
    default:
      return JOINT;
  }
}

function characterSize(codePoint: number, ignoreCase: boolean): number {
  if (ignoreCase) return 'KkSs'.includes(String.fromCodePoint(codePoint)) ? 237 : ASCII_SET;
  return codePoint < 0x80 ? 32 : codePoint < 0x800 ? 64 : codePoint < 0x10000 ? 96 : 128;
}

/** The size of a set depends on how many UTF-8 sequences it takes; that of a union is near that of its largest part. */
function setSize(set: CharacterSet): number {
  if (set === WORD) return 50_000;
  if (set === DIGIT) return 5_128;
  if (set === SPACE) return 682;
  switch (set.kind) {
    case 'range':
      return set.to < 0x80 ? ASCII_SET : 200;
    case 'property':
      return PROPERTY_SIZES[set.name ?? ''] ?? 1_000;
    case 'union': {
      const largest = set.items.reduce((most, item) => Math.max(most, setSize(item)), ASCII_SET);
      return set.negated ? Math.max(largest, 1_000) : largest;
    }
    case 'operation':
      return Math.max(setSize(set.left), setSize(set.right));
  }
}

const PROPERTY_SIZES: Readonly<Record<string, number>> = { L: 43_000, Letter: 43_000, Alphabetic: 48_000 };
