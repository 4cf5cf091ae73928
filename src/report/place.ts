import type { MapValue, Value } from '../value/value.ts';

/** Where in a template a value stands, in the words of those who wrote the template. */
export interface Place {
  /** Logical id of the resource; null outside of `Resources`. */
  readonly resource: string | null;
  /** Name of the container, or `[n]` where it has none that is text; null outside of container definitions. */
  readonly container: string | null;
}

const CONTAINER_LISTS: ReadonlySet<unknown> = new Set(['ContainerDefinitions', 'containerDefinitions']);

/** Finds the resource and container around a value. */
export function placeOf(value: Value): Place {
  let resource: string | null = null;
  let container: string | null = null;
  for (let at: Value = value; at.parent !== null; at = at.parent) {
    if (at.parent.kind === 'list' && CONTAINER_LISTS.has(at.parent.key)) container ??= containerName(at);
    if (at.parent.key === 'Resources' && at.parent.parent?.parent === null) resource = String(at.key);
  }
  return { resource, container };
}

function containerName(container: Value): string {
  const name = container.kind === 'map' ? nameOf(container) : undefined;
  return name?.kind === 'string' && name.value !== '' ? name.value : `[${container.key}]`;
}

function nameOf({ value }: MapValue): Value | undefined {
  return value.get('Name') ?? value.get('name');
}
