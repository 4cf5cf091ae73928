import { displayForm } from '../value/display.ts';
import type { ListValue, Value } from '../value/value.ts';

/**
 * Tells which violations of two versions of a template people would call the same: the rule is the same and so is the
 * place, which is told by names where there are any. No line is in it, no place in a list and no count, so that edits of
 * other parts of the file leave it as it is.
 */
export class Identities {
  /** Names of the elements of lists, which findings share. */
  readonly #names = new Map<ListValue, readonly string[]>();

  /** @param value what was judged, as it stands in the file */
  of(rule: string, ruleFile: string, value: Value): string {
    // What stands outside of all rules has the same name in every file.
    const steps = [rule === 'default' ? ruleFile : rule];
    for (let at = value; at.parent !== null; at = at.parent)
      steps.push(at.parent.kind === 'list' ? this.#elementName(at.parent, at.key as number) : String(at.key));
    return JSON.stringify(steps);
  }

  #elementName(list: ListValue, index: number): string {
    // The arguments of an intrinsic function are told apart by their places.
    if (String(list.key).startsWith('Fn::')) return String(index);
    const names = this.#names.get(list) ?? elementNames(list);
    this.#names.set(list, names);
    return names[index]!;
  }
}

/** The name of each element, else what it says; those that neither tells apart are counted. */
function elementNames(list: ListValue): string[] {
  const seen = new Map<string, number>();
  return list.value.map((element) => {
    const name = ownName(element) ?? displayForm(element);
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}#${before}`;
  });
}

/** Keys that name an element of a list, the most telling first; the ECS API begins them with a small letter. */
const NAMING_KEYS = ['Name', 'name', 'Key', 'key', 'Sid', 'Id', 'SourceVolume', 'sourceVolume'];

function ownName(element: Value): string | undefined {
  if (element.kind !== 'map') return undefined;
  for (const key of NAMING_KEYS) {
    const name = element.value.get(key);
    if (name?.kind === 'string' && name.value !== '') return name.value;
  }
  return undefined;
}
