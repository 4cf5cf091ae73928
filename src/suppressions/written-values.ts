import type { Value } from '../value/value.ts';
import type { WrittenNode } from './written-nodes.ts';

/** Finds the values that a written node stands for: several when aliases or merge keys repeat it. */
export class WrittenValues {
  readonly #roots: readonly Value[];
  readonly #byKey = new Map<number, Value[]>();

  /** @param roots of the documents of one file */
  constructor(roots: readonly Value[]) {
    this.#roots = roots;
    for (const root of roots) this.#index(root);
  }

  of({ parent, index, start }: WrittenNode): readonly Value[] {
    if (index === null) return this.#byKey.get(start) ?? [];
    // Which of several documents that are lists it is in cannot be told.
    const lists = parent === null ? this.#roots.slice(0, this.#roots.length === 1 ? 1 : 0) : this.of(parent);
    return lists.flatMap((list) => elementsOf(list)[index] ?? []);
  }

  /** Copies of a key keep the offset that it is written at. */
  #index(value: Value): void {
    if (value.kind === 'list') for (const element of value.value) this.#index(element);
    if (value.kind !== 'map') return;
    const { keys, keyStarts, values } = value.value;
    for (const [at, key] of keys.entries()) {
      const start = keyStarts[at]!;
      const copies = this.#byKey.get(start) ?? [];
      copies.push(value.value.get(key)!);
      this.#byKey.set(start, copies);
    }
    for (const entry of values) this.#index(entry);
  }
}

/** A list with a tag such as `!If` is the only entry of a map. */
function elementsOf(value: Value): readonly Value[] {
  const list = value.kind === 'map' && value.value.size === 1 ? value.value.values[0]! : value;
  return list.kind === 'list' ? list.value : [];
}
