import type { Value } from '../value/value.ts';

/** A call of an intrinsic function, or a reference. */
export interface Intrinsic {
  /** `Ref`, `Condition`, or the function with its prefix: `Fn::If`. */
  readonly name: string;
  readonly argument: Value;
}

/**
 * The call that a value is, in whichever spelling it was written: the loader has expanded the short tags. A loop is none: it
 * stands for entries of the map that it is in.
 */
export function intrinsicOf(value: Value): Intrinsic | undefined {
  if (value.kind !== 'map' || value.value.values.length !== 1) return undefined;
  const argument = value.value.values[0]!;
  const name = String(argument.key);
  const isCall =
    name === 'Ref' ||
    (name === 'Condition' && argument.kind === 'string') ||
    (name.startsWith('Fn::') && !name.startsWith('Fn::ForEach::'));
  return isCall ? { name, argument } : undefined;
}

/**
 * Whether CloudFormation puts entries into a map that are not written there: it copies what a loop or a transform makes
 * beside the keys that are.
 */
export function isOpenMap(value: Value): boolean {
  return value.kind === 'map' && value.value.keys.some(isTransformKey);
}

/** Whether a key stands for what is made in its place. */
export function isTransformKey(key: string): boolean {
  return key.startsWith('Fn::ForEach::') || key === 'Fn::Transform';
}

/** The name that `Ref` refers to. */
export function referredName(value: Value): string | undefined {
  const call = intrinsicOf(value);
  return call?.name === 'Ref' && call.argument.kind === 'string' ? call.argument.value : undefined;
}

/** Stands for nothing at all: the property or list element goes away. */
export const NO_VALUE = 'AWS::NoValue';

/** A scalar as the text that CloudFormation makes of it; undefined for lists and maps. */
export function scalarText(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'int':
    case 'float':
    case 'bool':
      return String(value.value);
    default:
      return undefined;
  }
}

/** An entry of a map; undefined when there is none or the value is no map. */
export function entryOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === 'map' ? value.value.get(key) : undefined;
}

/** An element of a list; undefined when there is none or the value is no list. */
export function elementOf(value: Value | undefined, index: number): Value | undefined {
  return value?.kind === 'list' ? value.value[index] : undefined;
}
