import { jsonForm } from '../../value/display.ts';
import type { Value } from '../../value/value.ts';

/** What the JSON and YAML formats print: plain data in key order, with template values left as they are. */
export type Document = null | boolean | number | string | Embedded | readonly Document[] | Fields;

/** An object. Its keys are names of ours, in the order in which they are printed. */
export interface Fields {
  readonly [name: string]: Document;
}

/** Template data inside a document. */
export class Embedded {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/**
 * JSON with an indentation of two blanks and without a final line break.
 *
 * @throws {JsonConversionError} for a float in the data that is not finite
 */
export function jsonDocument(document: Document): string {
  const out: string[] = [];
  write(document, 0, out);
  return out.join('');
}

function write(document: Document, depth: number, out: string[]): void {
  if (document instanceof Embedded) {
    out.push(jsonForm(document.value, 'pretty', depth));
  } else if (isSequence(document)) {
    writeItems('[', document, ']', depth, out, (item) => write(item, depth + 1, out));
  } else if (typeof document === 'object' && document !== null) {
    writeItems('{', Object.entries(document), '}', depth, out, ([name, item]) => {
      out.push(JSON.stringify(name), ': ');
      write(item, depth + 1, out);
    });
  } else {
    out.push(JSON.stringify(document));
  }
}

function writeItems<T>(
  open: string,
  items: readonly T[],
  close: string,
  depth: number,
  out: string[],
  writeItem: (item: T) => void,
): void {
  out.push(open);
  for (const [index, item] of items.entries()) {
    out.push(index === 0 ? '\n' : ',\n', '  '.repeat(depth + 1));
    writeItem(item);
  }
  if (items.length > 0) out.push('\n', '  '.repeat(depth));
  out.push(close);
}

/** `Array.isArray` for read-only arrays. */
export function isSequence(document: Document): document is readonly Document[] {
  return Array.isArray(document);
}
