import type { ListValue, Value } from '../../value/value.ts';

/**
 * The value at a slash-joined path such as `/Resources/A/Type`. Keys may contain slashes themselves; of several values
 * at one path the last in document order is meant, as in the native tool.
 */
export function valueAt(root: Value, path: string): Value | undefined {
  if (path === '') return root;
  const found: { readonly child: Value; readonly value: Value }[] = [];
  for (let end = keyEnd(path, 0); end !== -1; end = keyEnd(path, end)) {
    for (const child of childrenAt(root, path.slice(1, end))) {
      const value = valueAt(child, path.slice(end));
      if (value !== undefined) found.push({ child, value });
    }
  }
  if (found.length <= 1) return found[0]?.value;
  const last = childrenOf(root).findLast((child) => found.some((candidate) => candidate.child === child));
  return found.find(({ child }) => child === last)?.value;
}

/** Where a key that starts behind the first slash may end: at the next slash behind `end`, then at the end of the path. */
function keyEnd(path: string, end: number): number {
  if (end === path.length) return -1;
  const slash = path.indexOf('/', end + 1);
  return slash === -1 ? path.length : slash;
}

function childrenAt(value: Value, key: string): readonly Value[] {
  if (value.kind === 'list') return elementsAt(value, key);
  const child = value.kind === 'map' ? value.value.get(key) : undefined;
  return child === undefined ? [] : [child];
}

/** Elements of a list that was merged from two keep their indices, so two may have the same. */
function elementsAt(list: ListValue, key: string): readonly Value[] {
  const isMerged = list.value[0]?.parent !== list;
  if (isMerged) return list.value.filter((element) => String(element.key) === key);
  const element = list.value[Number(key)];
  return element !== undefined && String(element.key) === key ? [element] : [];
}

function childrenOf(value: Value): readonly Value[] {
  if (value.kind === 'map') return value.value.values;
  return value.kind === 'list' ? value.value : [];
}
