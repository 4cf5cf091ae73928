import { Entries, makeValue, type Value } from './value.ts';

/** A copy of a value as the root of a document of its own: paths begin at it. */
export function asRoot(value: Value): Value {
  return copy(value, null, null);
}

function copy(value: Value, parent: Value | null, key: string | number | null): Value {
  const { start, source } = value;
  if (value.kind === 'list') {
    const elements: Value[] = [];
    const list = makeValue('list', elements, parent, key, start, source);
    for (const [index, element] of value.value.entries()) elements.push(copy(element, list, index));
    return list;
  }
  if (value.kind === 'map') {
    const map = makeValue('map', new Entries(), parent, key, start, source);
    for (const [at, entry] of value.value.values.entries()) {
      const name = String(entry.key);
      map.value.set(name, value.value.keyStarts[at] ?? -1, copy(entry, map, name));
    }
    return map;
  }
  return makeValue(value.kind, value.value, parent, key, start, source);
}
