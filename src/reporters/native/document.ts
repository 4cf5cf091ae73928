import { JsonConversionError, jsonForm } from '../../value/display.ts';
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
  return converted('JSON', () => textOf(document, 0));
}

/** Numbers that cannot be converted are reported with the name of the format. */
export function converted(format: 'JSON' | 'YAML', print: () => string): string {
  try {
    return print();
  } catch (error) {
    throw error instanceof JsonConversionError ? error.inDocument(format) : error;
  }
}

function textOf(document: Document, depth: number): string {
  if (document instanceof Embedded) return jsonForm(document.value, 'pretty', depth);
  if (typeof document !== 'object' || document === null) return JSON.stringify(document);
  if (isSequence(document)) {
    const items = document.map((item) => textOf(item, depth + 1));
    return lines('[', items, ']', depth);
  }
  const items = Object.entries(document).map(
    ([name, item]) => `${JSON.stringify(name)}: ${textOf(item, depth + 1)}`,
  );
  return lines('{', items, '}', depth);
}

function lines(open: string, items: readonly string[], close: string, depth: number): string {
  if (items.length === 0) return open + close;
  const indentation = `\n${'  '.repeat(depth)}`;
  return `${open}${indentation}  ${items.join(`,${indentation}  `)}${indentation}${close}`;
}

/** `Array.isArray` for read-only arrays. */
export function isSequence(document: Document): document is readonly Document[] {
  return Array.isArray(document);
}
