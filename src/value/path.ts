import type { Value } from './value.ts';

/** Slash-joined keys and indices from the root, which itself is `''`. Slashes inside keys are not escaped, as in the native tool. */
export function pathOf(value: Value): string {
  let path = '';
  for (let at: Value | null = value; at !== null && at.key !== null; at = at.parent)
    path = `/${at.key}${path}`;
  return path;
}

/** Where a value stands in the native tool's own counting: line and column from 0, both 0 for values without a place. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

export function locationOf(value: Value): Location {
  if (value.source === null || value.start < 0) return { line: 0, column: 0 };
  const { line, column } = value.source.position(value.start);
  return { line: line - 1, column: column - 1 };
}

/** The path with its location, as reports print it: `/Resources/A[L:3,C:4]`. */
export function locatedPathOf(value: Value): string {
  const { line, column } = locationOf(value);
  return `${pathOf(value)}[L:${line},C:${column}]`;
}
