import type { ListValue, MapValue, Value } from '../../value/value.ts';
import { CONTAINER_PROPERTIES, TELLING_CONTAINER_PROPERTIES } from './names.ts';

/** A task definition as the ECS API takes or gives it, in a file of its own. */
export interface RawTaskDefinition {
  /** What holds the properties; the list itself for a bare list of containers. */
  readonly definition: MapValue | ListValue;
  readonly containers: ListValue;
  /** Tags that an answer of the API has beside the task definition. */
  readonly tags: Value | undefined;
  /** What it is called; null where that is not said. */
  readonly family: string | null;
}

/**
 * Finds the task definition that a document is: what `register-task-definition` takes, what `describe-task-definition`
 * gives, or a bare list of containers. Undefined for anything else.
 */
export function rawTaskDefinition(root: Value): RawTaskDefinition | undefined {
  if (root.kind === 'list')
    return isContainerList(root)
      ? { definition: root, containers: root, tags: undefined, family: null }
      : undefined;
  if (root.kind !== 'map') return undefined;
  const described = entry(root, 'taskDefinition');
  const definition = described?.kind === 'map' ? described : root;
  const containers = entry(definition, 'containerDefinitions');
  if (containers?.kind !== 'list') return undefined;
  const family = entry(definition, 'family');
  if (family === undefined && !containers.value.some(mayBeContainer)) return undefined;
  return {
    definition,
    containers,
    tags: definition === root ? undefined : entry(root, 'tags'),
    family: family?.kind === 'string' && family.value !== '' ? family.value : null,
  };
}

/**
 * Whether a document of a file may be a bare list of containers whose keys are written without escapes; false is certain.
 *
 * @param text of the file, or its bytes as characters
 */
export function mayHoldContainerList(text: string): boolean {
  return text.includes('image') && LIST_DOCUMENT.test(text) && FURTHER_KEY.test(text);
}

/** A document begins where the file does, or behind a mark; before its list are blanks, comments, an anchor and a tag. */
const LIST_DOCUMENT =
  /(?:(?<![\s\S])(?:\ufeff|\xef\xbb\xbf)?|^(?:---|\.\.\.)(?=\s))(?:\s|#[^\r\n]*[\r\n]|[&!]\S*\s)*(?:-(?=\s)|\[)/m;

/** A key that a container has besides its name and image, without which it is not recognised. */
const FURTHER_KEY = new RegExp(
  `(?<!\\w)(?:${CONTAINER_PROPERTIES.filter((name) => name !== 'name' && name !== 'image').join('|')})["']?\\s*:`,
);

/**
 * Whether a file that cannot be read was meant to be a raw task definition.
 *
 * @param text of the file, or its bytes as characters
 */
export function wasMeantAsTaskDefinition(text: string): boolean {
  if (text.includes('containerDefinitions')) return true;
  return mayHoldContainerList(text) && TELLING_WORDS.some((name) => text.includes(name));
}

/** Not those that may be a word of any text. */
const TELLING_WORDS = TELLING_CONTAINER_PROPERTIES.filter((name) => /[A-Z]/.test(name));

function mayBeContainer(element: Value): boolean {
  return CONTAINER_PROPERTIES.some((name) => entry(element, name) !== undefined);
}

/**
 * Many a list of people or goods has names and images, too. Containers have a property that nothing else has; or they have
 * more than these two, nothing that a container has not, and images that may be those of containers.
 */
function isContainerList(list: ListValue): boolean {
  const { value: elements } = list;
  if (!elements.every(({ kind }) => kind === 'map') || !elements.some(isNamedImage)) return false;
  const keys = new Set(elements.flatMap((element) => (element.kind === 'map' ? element.value.keys : [])));
  if (TELLING_CONTAINER_PROPERTIES.some((name) => keys.has(name))) return true;
  return (
    keys.size > 2 &&
    [...keys].every((key) => CONTAINER_PROPERTIES.includes(key)) &&
    elements.every((element) => mayBeContainerImage(entry(element, 'image')))
  );
}

function isNamedImage(element: Value): boolean {
  return entry(element, 'name')?.kind === 'string' && entry(element, 'image')?.kind === 'string';
}

function mayBeContainerImage(image: Value | undefined): boolean {
  if (image?.kind !== 'string') return false;
  return !/:\/\/|^[./]|\.(?:avif|gif|ico|jpe?g|png|svg|webp)$/i.test(image.value);
}

function entry(value: Value, key: string): Value | undefined {
  return value.kind === 'map' ? value.value.get(key) : undefined;
}
