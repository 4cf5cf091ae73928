import type { Value } from '../../value/value.ts';

/**
 * The value at a slash-joined path such as `/Resources/A/Type`. Keys may contain slashes themselves; of several values
 * at one path the last in document order is meant, as in the native tool.
 */
export function valueAt(root: Value, path: string): Value | undefined {
  if (path === '') return root;
  let found: Value | undefined;
  for (const child of childrenOf(root)) {
    const step = `/${child.key}`;
    if (!path.startsWith(step) || (path.length > step.length && path[step.length] !== '/')) continue;
    found = valueAt(child, path.slice(step.length)) ?? found;
  }
  return found;
}

function childrenOf(value: Value): readonly Value[] {
  if (value.kind === 'map') return value.value.values;
  return value.kind === 'list' ? value.value : [];
}
