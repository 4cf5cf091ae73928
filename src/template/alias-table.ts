import { Entries, makeValue, type Value } from '../value/value.ts';
import type { Allowance } from './allowance.ts';

/** The anchors of one document, and copies of what they name. */
export class AliasTable {
  readonly #values = new Map<string, Value>();
  readonly #allowance: Allowance;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  /**
   * Copies a value to another place. The copy has the path of its new place and the position of the original text.
   *
   * @param depth collections the copy stands in
   * @param at offset of what asked for the copy, for errors
   * @throws {ExcessError}
   */
  copy(value: Value, parent: Value | null, key: string | number | null, depth: number, at: number): Value {
    this.#allowance.count(at);
    if (value.kind === 'list' || value.kind === 'map') this.#allowance.enter(depth, at);
    if (value.kind === 'list') {
      const elements: Value[] = [];
      const list = makeValue('list', elements, parent, key, value.start, value.source);
      for (const element of value.value)
        elements.push(this.copy(element, list, elements.length, depth + 1, at));
      return list;
    }
    if (value.kind !== 'map')
      return makeValue(value.kind, value.value, parent, key, value.start, value.source);
    const map = makeValue('map', new Entries(), parent, key, value.start, value.source);
    const { keys, keyStarts } = value.value;
    for (const [index, name] of keys.entries()) {
      const entry = this.copy(value.value.get(name)!, map, name, depth + 1, at);
      map.value.set(name, keyStarts[index]!, entry);
    }
    return map;
  }
}
