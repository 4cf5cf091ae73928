import { rawTaskDefinition } from '../template/task-definition/recognise.ts';
import type { ListValue, MapValue, Value } from '../value/value.ts';

/** Where in a template a value stands, in the words of those who wrote the template. */
export interface Place {
  /** Logical id of the resource, or the family of a raw task definition; null outside of both. */
  readonly resource: string | null;
  /** What CDK calls the resource, such as `Stack/Service/TaskDef/Resource`; absent in templates that CDK has not made. */
  readonly construct?: string;
  /** Name of the container, or `[n]` where it has none that is text; null outside of container definitions. */
  readonly container: string | null;
}

/** Of truth values and numbers, in characters. */
const LONGEST_SCALAR = 255;

const CONTAINER_LISTS: ReadonlySet<unknown> = new Set(['ContainerDefinitions', 'containerDefinitions']);

/**
 * Finds the resource and container around a value.
 *
 * @param value as it stands in the file
 */
export function placeOf(value: Value): Place {
  let container: string | null = null;
  let at = value;
  for (; at.parent !== null; at = at.parent) {
    if (at.parent.kind === 'list' && isContainerList(at.parent)) container ??= containerName(at);
    if (at.parent.key === 'Resources' && at.parent.parent?.parent === null)
      return { resource: String(at.key), ...constructOf(at), container };
  }
  return { resource: rawTaskDefinition(at)?.family ?? null, container };
}

/** A list without a key is a whole document: a bare list of containers. */
function isContainerList({ key }: ListValue): boolean {
  return key === null || CONTAINER_LISTS.has(key);
}

function constructOf(resource: Value): Pick<Place, 'construct'> {
  const metadata = resource.kind === 'map' ? resource.value.get('Metadata') : undefined;
  const path = metadata?.kind === 'map' ? metadata.value.get('aws:cdk:path') : undefined;
  return path?.kind === 'string' ? { construct: path.value } : {};
}

function containerName(container: Value): string {
  const name = container.kind === 'map' ? nameOf(container) : undefined;
  return (name && nameText(name)) || `[${container.key}]`;
}

/** The text of a name; one that YAML takes for a truth value or a number is as it was written. */
function nameText(name: Value): string | undefined {
  if (name.kind === 'string') return name.value;
  if (name.kind !== 'bool' && name.kind !== 'int' && name.kind !== 'float') return undefined;
  return /^[^\s,\]}#]+/.exec(name.source?.text.slice(name.start, name.start + LONGEST_SCALAR) ?? '')?.[0];
}

function nameOf({ value }: MapValue): Value | undefined {
  return value.get('Name') ?? value.get('name');
}
