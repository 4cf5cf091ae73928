import type { Value } from '../value/value.ts';

/** One document under judgement, with what all rule files share about it. */
export class Subject {
  readonly root: Value;
  #index: TypeIndex | 'irregular' | undefined;
  #sections: string | undefined;

  constructor(root: Value) {
    this.root = root;
  }

  /** The names of its sections as one text, which is the same for documents with the same sections only. */
  get sections(): string {
    this.#sections ??= JSON.stringify(this.root.kind === 'map' ? this.root.value.keys : []);
    return this.#sections;
  }

  /** The types of its resources; undefined when the document has to be walked to find those: see {@link indexByType}. */
  get types(): Iterable<string> | undefined {
    this.#index ??= indexByType(this.root);
    return this.#index === 'irregular' ? undefined : this.#index.groups.keys();
  }

  /** Whether the document need not be walked to see that it has no resource of any of some types. */
  hasNoneOf(types: readonly string[]): boolean {
    this.#index ??= indexByType(this.root);
    if (this.#index === 'irregular') return false;
    for (const type of types) if (this.#index.groups.has(type)) return false;
    return true;
  }

  /**
   * The resources of any of some types in document order, as `Resources.*[ Type in [<types>] ]` selects them, or undefined
   * when the document has to be walked because something in it makes that query special: see {@link indexByType}.
   */
  resourcesOfTypes(types: readonly string[]): readonly Value[] | undefined {
    this.#index ??= indexByType(this.root);
    if (this.#index === 'irregular') return undefined;
    const { groups, resources, typeOf } = this.#index;
    const [first, second] = types.filter((type) => groups.has(type));
    if (first === undefined) return NONE;
    if (second === undefined) return groups.get(first);
    return resources.filter((_, at) => {
      const type = typeOf[at];
      return type !== undefined && types.includes(type);
    });
  }
}

interface TypeIndex {
  readonly groups: ReadonlyMap<string, readonly Value[]>;
  readonly resources: readonly Value[];
  /** The type of each of `resources`; undefined for those that no type selects. */
  readonly typeOf: readonly (string | undefined)[];
}

const NONE: readonly Value[] = [];

/**
 * Groups resources by type. The index stands for the walk only while every resource is a map that has a string under
 * `Type`, or nothing that the walk would take for it; duplicate keys and other shapes have effects of their own.
 */
function indexByType(root: Value): TypeIndex | 'irregular' {
  const resources = root.kind === 'map' ? root.value.get('Resources') : undefined;
  if (resources?.kind !== 'map' || resources.value.size === 0) return 'irregular';
  const { keys, values } = resources.value;
  if (keys.length !== values.length) return 'irregular';
  const groups = new Map<string, Value[]>();
  const typeOf: (string | undefined)[] = [];
  for (const resource of values) {
    if (resource.kind !== 'map') return 'irregular';
    const type = resource.value.get('Type');
    typeOf.push(type?.kind === 'string' ? type.value : undefined);
    if (type === undefined) {
      // The only other spelling of `Type` that the walk would try.
      if (resource.value.get('type') !== undefined) return 'irregular';
    } else if (type.kind === 'string') {
      const group = groups.get(type.value);
      if (group === undefined) groups.set(type.value, [resource]);
      else group.push(resource);
    } else if (type.kind === 'list') {
      return 'irregular';
    }
  }
  return { groups, resources: values, typeOf };
}
