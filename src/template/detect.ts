import type { Value } from '../value/value.ts';

export type TemplateKind = 'cloudformation' | 'task-definition';

/**
 * What a document is, by its content: a CloudFormation or SAM template has `Resources` with a `Type` such as
 * `AWS::ECS::Service`; a raw ECS task definition has `containerDefinitions` and a family or an image, perhaps inside
 * the `taskDefinition` of a describe answer, or is a bare list of containers. Undefined for anything else.
 */
export function templateKind(root: Value): TemplateKind | undefined {
  if (isTemplate(root)) return 'cloudformation';
  if (isTaskDefinition(root)) return 'task-definition';
  const described = entry(root, 'taskDefinition');
  return described !== undefined && isTaskDefinition(described) ? 'task-definition' : undefined;
}

/** Whether a document is a CloudFormation or SAM template with at least one resource that says its type. */
export function isTemplate(root: Value): boolean {
  const resources = entry(root, 'Resources');
  if (resources?.kind !== 'map') return false;
  return resources.value.values.some((resource) => {
    const type = entry(resource, 'Type');
    return type?.kind === 'string' && type.value.includes('::');
  });
}

function isTaskDefinition(value: Value): boolean {
  if (value.kind === 'list')
    return value.value.some(
      (element) => entry(element, 'image') !== undefined && entry(element, 'name') !== undefined,
    );
  const containers = entry(value, 'containerDefinitions');
  if (containers?.kind !== 'list') return false;
  return (
    entry(value, 'family') !== undefined ||
    containers.value.some((container) => entry(container, 'image') !== undefined)
  );
}

function entry(value: Value, key: string): Value | undefined {
  return value.kind === 'map' ? value.value.get(key) : undefined;
}

const EXTENSION = /\.(?:ya?ml|json|template)$/i;

/** Whether a path has the name of a file that may be a template. */
export function mayBeTemplate(path: string): boolean {
  return EXTENSION.test(path);
}

/**
 * Whether the bytes of a file may hold a CloudFormation template; false is certain, and costs much less than loading.
 *
 * A template has a key `Resources`. The text of a key stands in the file as it is, except in double quotes, where an
 * escape may stand for a letter (`\x52`, `\u0052`, `\U00000052`) and an escaped line break for nothing; no other escape
 * yields a letter, folded lines bring blanks into the text, an alias repeats a key that stands elsewhere, and no tag
 * expands to that key. UTF-16 is let through, for the loader to say that it must not be.
 */
export function mayHoldTemplate(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.includes('Resources')) return true;
  if ((buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff)) return true;
  for (let at = buffer.indexOf(0x5c); at !== -1; at = buffer.indexOf(0x5c, at + 1))
    if (LETTER_ESCAPES.has(buffer[at + 1] ?? 0)) return true;
  return false;
}

/** What behind a backslash may spell a letter or nothing: `x`, `u`, `U`, and first bytes of the line breaks. */
const LETTER_ESCAPES = new Set([0x78, 0x75, 0x55, 0x0a, 0x0d, 0xc2, 0xe2]);
