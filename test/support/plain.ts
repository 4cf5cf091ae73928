import type { Value } from '../../src/value/value.ts';

/** A template value as JSON has it. */
export function toPlain(value: Value): unknown {
  switch (value.kind) {
    case 'map':
      return Object.fromEntries(value.value.keys.map((key, at) => [key, toPlain(value.value.values[at]!)]));
    case 'list':
      return value.value.map(toPlain);
    case 'null':
      return null;
    default:
      return value.value;
  }
}
