import type { Value } from '../value/value.ts';
import type { Change, Plain } from './change.ts';

/**
 * All that a document says, as it will be once the changes are made. Two documents with the same outline differ in
 * nothing but notation, the order of keys and comments.
 */
export function outline(value: Value, changes: readonly Change[] = []): string {
  const removed = new Set<Value>();
  const set = new Map<Value, [key: string, to: Plain][]>();
  for (const change of changes)
    if (change.kind === 'remove') removed.add(change.value);
    else set.set(change.map, [...(set.get(change.map) ?? []), [change.key, change.to]]);
  const inner = (at: Value): string => {
    if (at.kind === 'list')
      return `[${at.value
        .filter((element) => !removed.has(element))
        .map(inner)
        .join()}]`;
    if (at.kind !== 'map') return `${at.kind} ${JSON.stringify(String(at.value))}`;
    const entries = new Map<string, string>();
    for (const entry of at.value.values)
      if (!removed.has(entry)) entries.set(String(entry.key), inner(entry));
    for (const [key, to] of set.get(at) ?? []) entries.set(key, outlineOfPlain(to));
    return joined(entries);
  };
  return inner(value);
}

const KINDS = { string: 'string', number: 'int', boolean: 'bool' } as const;

function outlineOfPlain(plain: Plain): string {
  if (typeof plain !== 'object')
    return `${KINDS[typeof plain as keyof typeof KINDS]} ${JSON.stringify(String(plain))}`;
  return joined(new Map(Object.entries(plain).map(([key, value]) => [key, outlineOfPlain(value)])));
}

function joined(entries: ReadonlyMap<string, string>): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`;
}
