import { type MapValue, makeValue, type Value } from '../value/value.ts';

/**
 * A key as a value of its own: it has the path of the map that it stands in and its own place in the text. Keys without
 * a place (of literals and computed maps) extend the path instead.
 *
 * @param start UTF-16 offset, or -1
 */
export function keyValue(map: MapValue, name: string, start = -1): Value {
  if (start < 0) return makeValue('string', name, map, name, map.start, map.source);
  return makeValue('string', name, map.parent, map.key, start, map.source);
}
