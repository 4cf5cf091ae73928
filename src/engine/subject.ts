import type { Value } from '../value/value.ts';

/** One document under judgement, with what all rule files share about it. */
export class Subject {
  readonly root: Value;
  #index: ReadonlyMap<string, readonly Value[]> | 'irregular' | undefined;

  constructor(root: Value) {
    this.root = root;
  }

  /**
   * The resources of a type in document order, as `Resources.*[ Type == '<type>' ]` selects them, or undefined when the
   * document has to be walked because something in it makes that query special: see {@link indexByType}.
   */
  resourcesOfType(type: string): readonly Value[] | undefined {
    this.#index ??= indexByType(this.root);
    return this.#index === 'irregular' ? undefined : (this.#index.get(type) ?? NONE);
  }
}

const NONE: readonly Value[] = [];

/**
 * Groups resources by type. The index stands for the walk only while every resource is a map that has a string under
 * `Type`, or nothing that the walk would take for it; duplicate keys and other shapes have effects of their own.
 */
function indexByType(root: Value): ReadonlyMap<string, readonly Value[]> | 'irregular' {
  const resources = root.kind === 'map' ? root.value.get('Resources') : undefined;
  if (resources?.kind !== 'map' || resources.value.size === 0) return 'irregular';
  const { keys, values } = resources.value;
  if (keys.length !== values.length) return 'irregular';
  const index = new Map<string, Value[]>();
  for (const resource of values) {
    if (resource.kind !== 'map') return 'irregular';
    const type = resource.value.get('Type');
    if (type === undefined) {
      // The only other spelling of `Type` that the walk would try.
      if (resource.value.get('type') !== undefined) return 'irregular';
    } else if (type.kind === 'string') {
      const group = index.get(type.value);
      if (group === undefined) index.set(type.value, [resource]);
      else group.push(resource);
    } else if (type.kind === 'list') {
      return 'irregular';
    }
  }
  return index;
}
