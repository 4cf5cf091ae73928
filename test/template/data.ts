import { readFileSync } from 'node:fs';
import type { Value } from '../../src/value/value.ts';

export function fixture(path: string): Buffer {
  return readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));
}

/** A value as text that shows kinds, order and nesting, but neither paths nor places: `{a: int 1, b: [string "x"]}`. */
export function show(value: Value): string {
  switch (value.kind) {
    case 'list':
      return `[${value.value.map(show).join(', ')}]`;
    case 'map':
      return `{${value.value.values.map((entry) => `${entry.key}: ${show(entry)}`).join(', ')}}`;
    case 'null':
      return 'null';
    case 'string':
      return `string ${JSON.stringify(value.value)}`;
    default:
      return `${value.kind} ${String(value.value)}`;
  }
}

/** All values below and at a value, parents first. */
export function* walk(value: Value): Generator<Value> {
  yield value;
  const children = value.kind === 'list' ? value.value : value.kind === 'map' ? value.value.values : [];
  for (const child of children) yield* walk(child);
}
