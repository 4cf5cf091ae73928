import type { Value } from '../value/value.ts';

/**
 * Whether a document is a CloudFormation or SAM template with at least one resource that says its type, or with resources
 * that only a loop or a transform will make.
 */
export function isTemplate(root: Value): boolean {
  const resources = entry(root, 'Resources');
  if (resources?.kind !== 'map') return false;
  return resources.value.values.some((resource) => {
    const type = entry(resource, 'Type');
    const key = String(resource.key);
    return (
      (type?.kind === 'string' && type.value.includes('::')) ||
      key.startsWith('Fn::ForEach::') ||
      key === 'Fn::Transform'
    );
  });
}

function entry(value: Value, key: string): Value | undefined {
  return value.kind === 'map' ? value.value.get(key) : undefined;
}

const EXTENSION = /\.(?:ya?ml|json|template)$/i;

/** Whether a path has the name of a file that may be a template. */
export function mayBeTemplate(path: string): boolean {
  return EXTENSION.test(path);
}
