import type { Value } from '../value/value.ts';
import type { Change, Plain } from './change.ts';

/**
 * All that a document says, as it will be once the changes are made. Two documents with the same outline differ in
 * nothing but notation, the order of keys and comments.
 */
export function outline(value: Value, changes: readonly Change[] = []): string {
  if (value.kind === 'list') {
    const kept = value.value.filter((element) => !isRemoved(element, changes));
    return `[${kept.map((element) => outline(element, changes)).join()}]`;
  }
  if (value.kind !== 'map') return `${value.kind} ${JSON.stringify(String(value.value))}`;
  const entries = new Map<string, string>();
  for (const entry of value.value.values)
    if (!isRemoved(entry, changes)) entries.set(String(entry.key), outline(entry, changes));
  for (const change of changes)
    if (change.kind === 'set' && change.map === value) entries.set(change.key, outlineOfPlain(change.to));
  return joined(entries);
}

function isRemoved(value: Value, changes: readonly Change[]): boolean {
  return changes.some((change) => change.kind === 'remove' && change.value === value);
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
