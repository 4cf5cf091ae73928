import { typeName } from '../value/display.ts';
import { Entries, type ListValue, type MapValue, makeValue, type Value } from '../value/value.ts';
import { DataError } from './guard-data.ts';

/**
 * Input parameters and data as one value: the entries of two maps, or the elements of two lists, those of `first` in
 * front. What is merged keeps its own path and place.
 *
 * @throws {DataError} with the native tool's text, when both have a key or they are of different types
 */
export function mergeData(first: Value, second: Value): Value {
  if (first.kind === 'list' && second.kind === 'list') return mergeLists(first, second);
  if (first.kind === 'map' && second.kind === 'map') return mergeMaps(first, second);
  const types = `${typeName(first)}, ${typeName(second)}`;
  throw new DataError(
    `Types or variable assignments are incompatible \`Types are not compatible for merges ${types}\``,
  );
}

function mergeLists(first: ListValue, second: ListValue): ListValue {
  const elements = [...first.value, ...second.value];
  return makeValue('list', elements, null, null, first.start, first.source);
}

function mergeMaps(first: MapValue, second: MapValue): MapValue {
  const entries = new Entries();
  for (const [at, value] of first.value.values.entries()) {
    entries.set(String(value.key), first.value.keyStarts[at] ?? -1, value);
  }
  for (const value of second.value.values) {
    const key = String(value.key);
    if (entries.get(key) !== undefined)
      throw new DataError(
        `Conflicting rule or variable assignments inside the same scope \`Key ${key}, already exists in map\``,
      );
    // Offsets of keys count in the text of the first value, which these do not stand in.
    entries.set(key, -1, value);
  }
  return makeValue('map', entries, null, null, first.start, first.source);
}
