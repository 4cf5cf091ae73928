import { apiName } from '../template/task-definition/names.ts';
import type { ListValue, MapValue, Value } from '../value/value.ts';

/** What a finding is about, in the template as it is written. */
export interface Subject {
  readonly root: Value;
  /** The value that was judged; for a missing property the map that lacks it. */
  readonly value: Value;
  /** The container definition that the value stands in. */
  readonly container: MapValue | null;
  /** `Properties` of the resource that the value stands in, or the raw task definition. */
  readonly properties: MapValue | null;
  /** A property's name as the file spells names: `ReadonlyRootFilesystem`, or as the ECS API does, with a small letter. */
  spell(name: string): string;
}

const CONTAINER_LISTS: ReadonlySet<unknown> = new Set(['ContainerDefinitions', 'containerDefinitions']);

/** Finds out what is around a value. */
export function subjectAround(value: Value, root: Value): Subject {
  const lineage = lineageOf(value);
  const maps = lineage.filter((at) => at.kind === 'map');
  const container = maps.find(isContainer) ?? null;
  const properties = propertiesAround(maps);
  const raw = lineage.some(({ key }) => key === 'containerDefinitions') || properties?.key !== 'Properties';
  return { root, value, container, properties, spell: (name) => (raw ? apiName(name) : name) };
}

/** A property by its name in CloudFormation, in whichever spelling it is there. */
export function property(of: Value | null | undefined, name: string): Value | undefined {
  if (of?.kind !== 'map') return undefined;
  return of.value.get(name) ?? of.value.get(apiName(name));
}

/** A property some levels down. */
export function propertyAt(of: Value | null | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((at, name) => property(at, name), of ?? undefined);
}

/** The value and everything that it stands in, from the inside out. */
export function lineageOf(value: Value): Value[] {
  const lineage: Value[] = [];
  for (let at: Value | null = value; at !== null; at = at.parent) lineage.push(at);
  return lineage;
}

/** An element of a list of containers, or what a branch of `Fn::If` puts there. */
function isContainer(map: Value): boolean {
  const { parent } = withoutBranches(map);
  if (parent?.kind !== 'list') return false;
  const list = withoutBranches(parent);
  return CONTAINER_LISTS.has(list.key) || list.parent === null;
}

/** The outermost `Fn::If` that a value is a branch of; the value itself when it is none. */
function withoutBranches(value: Value): Value {
  let at = value;
  while (isBranchList(at.parent)) at = at.parent.parent!;
  return at;
}

function isBranchList(value: Value | null): value is ListValue {
  return value?.kind === 'list' && value.key === 'Fn::If';
}

function propertiesAround(maps: readonly MapValue[]): MapValue | null {
  const resource = maps.find(({ parent }) => parent?.key === 'Resources' && parent.parent?.parent === null);
  const properties = resource?.value.get('Properties');
  if (properties?.kind === 'map') return properties;
  return maps.find((map) => map.value.get('containerDefinitions') !== undefined) ?? null;
}
