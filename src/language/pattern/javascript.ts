import type { CharacterSet, Node, RepeatNode } from './node.ts';

/**
 * A JavaScript expression that finds a match exactly where the linear engine does, for a tree without look-around,
 * references and the like. Groups are not captured.
 *
 * @returns undefined when letter case matters in some places only, which one JavaScript flag cannot say
 */
export function printJavaScript(root: Node): { readonly source: string; readonly flags: string } | undefined {
  const printer = new Printer();
  const source = printer.print(root);
  if (printer.ignoresCase && printer.mindsCase) return undefined;
  return { source, flags: (printer.nestedSyntax ? 'v' : 'u') + (printer.ignoresCase ? 'i' : '') };
}

class Printer {
  ignoresCase = false;
  mindsCase = false;
  /** Whether some class needs the `v` flag. */
  nestedSyntax = false;

  print(node: Node): string {
    switch (node.kind) {
      case 'empty':
        return '(?:)';
      case 'any':
        // JavaScript's own dot leaves out other line separators too.
        return node.newline ? '[^]' : '[^\\n]';
      case 'character':
        this.#noteCase(node.ignoreCase, isCased(node.codePoint));
        return printCharacter(node.codePoint);
      case 'set':
        this.#noteCase(node.ignoreCase, true);
        this.nestedSyntax ||= setNeedsNestedSyntax(node.set, node.ignoreCase);
        return printSet(node.set);
      case 'assertion':
        return ASSERTIONS[node.of as keyof typeof ASSERTIONS];
      case 'concatenation':
        return node.items
          .map((item) => (item.kind === 'alternatives' ? `(?:${this.print(item)})` : this.print(item)))
          .join('');
      case 'alternatives':
        return node.items.map((item) => this.print(item)).join('|');
      case 'group':
        return `(?:${this.print(node.item)})`;
      case 'repeat':
        return `(?:${this.print(node.item)})${printBounds(node)}`;
      default:
        throw new TypeError(`${node.kind} has no JavaScript form`);
    }
  }

  #noteCase(ignoreCase: boolean, cased: boolean): void {
    if (!cased) return;
    if (ignoreCase) this.ignoresCase = true;
    else this.mindsCase = true;
  }
}

/**
 * Line assertions are written out, since the `m` flag would change the text assertions and know more line ends. They ask
 * for what is there: Node also tries the middle of a character of two code units, where nothing is before or behind.
 */
const ASSERTIONS = {
  'text-start': '^',
  'text-end': '$',
  'line-start': '(?:^|(?<=\\n))',
  'line-end': '(?:$|(?=\\n))',
} as const;

function printBounds({ min, max, greedy }: RepeatNode): string {
  return `{${min},${max === Number.POSITIVE_INFINITY ? '' : max}}${greedy ? '' : '?'}`;
}

/** ASCII other than letters has no other case; anything else may have one. */
function isCased(codePoint: number): boolean {
  return codePoint >= 0x80 || /[A-Za-z]/.test(String.fromCharCode(codePoint));
}

function printCharacter(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  return /^[0-9A-Za-z _]$/.test(character) ? character : `\\u{${codePoint.toString(16)}}`;
}

/** The set as one bracketed class. */
export function printSet(set: CharacterSet): string {
  if (set.kind !== 'union') return `[${printItem(set)}]`;
  return `[${set.negated ? '^' : ''}${set.items.map(printItem).join('')}]`;
}

function printItem(set: CharacterSet): string {
  switch (set.kind) {
    case 'range':
      return set.from === set.to
        ? printCharacter(set.from)
        : `${printCharacter(set.from)}-${printCharacter(set.to)}`;
    case 'property':
      if (set.name === null) return set.negated ? '\\p{Any}' : '';
      return `\\${set.negated ? 'P' : 'p'}{${set.name}}`;
    case 'union':
      return set.negated ? printSet(set) : set.items.map(printItem).join('');
    case 'operation': {
      const left = printSet(set.left);
      const right = printSet(set.right);
      if (set.operator !== '~~') return `[${left}${set.operator}${right}]`;
      return `[${left}--${right}][${right}--${left}]`;
    }
  }
}

/**
 * Whether a class can only be written with the `v` flag. Besides operations and negation inside a class, these are
 * negated properties when case is ignored: only with `v` is the complement taken after folding, as Rust does.
 */
export function setNeedsNestedSyntax(set: CharacterSet, ignoreCase: boolean): boolean {
  const nested = set.kind === 'union' ? set.items : [set];
  return nested.some((item) => itemNeedsNestedSyntax(item, ignoreCase));
}

function itemNeedsNestedSyntax(set: CharacterSet, ignoreCase: boolean): boolean {
  switch (set.kind) {
    case 'range':
      return false;
    case 'property':
      return set.negated && ignoreCase;
    case 'union':
      return set.negated || set.items.some((item) => itemNeedsNestedSyntax(item, ignoreCase));
    case 'operation':
      return true;
  }
}
