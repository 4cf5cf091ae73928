import type { Node } from './node.ts';

/**
 * How much a backtracking engine may have to try: at most `factor · lengthᵈᵉᵍʳᵉᵉ` ways to match from one place of a
 * subject of that length.
 */
export interface Effort {
  readonly factor: number;
  readonly degree: number;
}

/** Ways to match that JavaScript's engine may have to try; some tenths of a second. */
const AFFORDABLE_WAYS = 10_000_000;

const SINGLE: Effort = { factor: 1, degree: 0 };
const MAX_FACTOR = 1e9;

/**
 * The effort for a tree without look-around and references; undefined when it may grow exponentially, and when a
 * repeated item can be empty, since JavaScript treats empty repetitions in its own way.
 */
export function backtrackingEffort(node: Node): Effort | undefined {
  switch (node.kind) {
    case 'concatenation':
      return node.items.map(backtrackingEffort).reduce(product, SINGLE);
    case 'alternatives':
      return startDifferently(node.items)
        ? node.items.map(backtrackingEffort).reduce(larger)
        : node.items.map(backtrackingEffort).reduce(sum);
    case 'group':
      return backtrackingEffort(node.item);
    case 'repeat':
      return repeated(backtrackingEffort(node.item), node.min, node.max, canBeEmpty(node.item));
    default:
      return SINGLE;
  }
}

function repeated(
  item: Effort | undefined,
  min: number,
  max: number,
  emptyItem: boolean,
): Effort | undefined {
  if (item === undefined || emptyItem) return undefined;
  const endless = max === Number.POSITIVE_INFINITY;
  if (item.factor === 1 && item.degree === 0) {
    return endless ? { factor: 1, degree: 1 } : bounded({ factor: max - min + 1, degree: 0 });
  }
  if (endless) return undefined;
  return bounded({ factor: (max - min + 1) * item.factor ** max, degree: item.degree * max });
}

function product(left: Effort | undefined, right: Effort | undefined): Effort | undefined {
  if (left === undefined || right === undefined) return undefined;
  return bounded({ factor: left.factor * right.factor, degree: left.degree + right.degree });
}

function sum(left: Effort | undefined, right: Effort | undefined): Effort | undefined {
  if (left === undefined || right === undefined) return undefined;
  return bounded({ factor: left.factor + right.factor, degree: Math.max(left.degree, right.degree) });
}

function larger(left: Effort | undefined, right: Effort | undefined): Effort | undefined {
  if (left === undefined || right === undefined) return undefined;
  return { factor: Math.max(left.factor, right.factor), degree: Math.max(left.degree, right.degree) };
}

function bounded(effort: Effort): Effort | undefined {
  return effort.factor <= MAX_FACTOR ? effort : undefined;
}

/** Whether the first character decides between the alternatives. */
function startDifferently(items: readonly Node[]): boolean {
  const starts = items.map(firstCharacter);
  return starts.every((start) => start !== undefined) && new Set(starts).size === starts.length;
}

function firstCharacter(node: Node): number | undefined {
  switch (node.kind) {
    case 'character':
      return node.ignoreCase ? undefined : node.codePoint;
    case 'concatenation':
      return firstCharacter(node.items[0]!);
    case 'group':
      return firstCharacter(node.item);
    default:
      return undefined;
  }
}

function canBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'any':
    case 'character':
    case 'set':
      return false;
    case 'concatenation':
      return node.items.every(canBeEmpty);
    case 'alternatives':
      return node.items.some(canBeEmpty);
    case 'group':
      return canBeEmpty(node.item);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.item);
    default:
      return true;
  }
}

/** Whether a search can only succeed at the start of the subject. */
export function startsAtText(node: Node): boolean {
  if (node.kind === 'assertion') return node.of === 'text-start';
  if (node.kind === 'concatenation') return startsAtText(node.items[0]!);
  return node.kind === 'group' && startsAtText(node.item);
}

/**
 * Whether JavaScript's engine may run on so many characters.
 *
 * @param searched whether the match is looked for at every place, not at one
 */
export function affordable({ factor, degree }: Effort, length: number, searched = false): boolean {
  return factor * (length + 1) ** (degree + (searched ? 1 : 0)) <= AFFORDABLE_WAYS;
}
