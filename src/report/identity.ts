import { displayForm } from '../value/display.ts';
import type { ListValue, Value } from '../value/value.ts';
import { ruleKey } from './rule-key.ts';

/**
 * Tells which violations of two versions of a template people would call the same: the rule is the same and so is the
 * property, whose place is told by names where there are any. No line is in it, no place in a list and no count, so that
 * edits of other parts of the file leave it as it is; nor is the value, which may be wrong in another way than before.
 */
export class Identities {
  /** Names of the elements of lists, which findings share. */
  readonly #names = new Map<ListValue, readonly string[]>();
  /** The last rule, which often has several findings. */
  #rule: { readonly file: string; readonly name: string; readonly key: string } | undefined;

  /**
   * @param value what was judged, as it stands in the file
   * @param lacking of a missing property: what was asked for in `value`, as the rule has it
   */
  of(ruleFile: string, rule: string, value: Value, lacking?: string): string {
    // A property is the same whether it is missing, or a map that it would be in.
    const steps = lacking?.split('.').reverse() ?? [];
    for (let at = value; at.parent !== null; at = at.parent)
      steps.push(at.parent.kind === 'list' ? this.#elementName(at.parent, at.key as number) : String(at.key));
    return this.#keyOf(ruleFile, rule) + JSON.stringify(steps.reverse());
  }

  #keyOf(file: string, name: string): string {
    if (this.#rule?.file !== file || this.#rule.name !== name)
      this.#rule = { file, name, key: ruleKey(file, name) };
    return this.#rule.key;
  }

  #elementName(list: ListValue, index: number): string {
    // The arguments of an intrinsic function are told apart by their places.
    if (isFunction(list.key)) return String(index);
    const names = this.#names.get(list) ?? elementNames(list);
    this.#names.set(list, names);
    return names[index]!;
  }
}

function isFunction(key: Value['key']): boolean {
  return typeof key === 'string' && key.startsWith('Fn::');
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
const NAMING_KEYS = [
  ...['Name', 'Key', 'Sid', 'Id', 'PolicyName', 'ContainerName', 'SourceVolume'],
  ...['name', 'key', 'containerName', 'sourceVolume'],
];

/** A name may be a function of parameters, and an element may be there under a condition only. */
function ownName(element: Value): string | undefined {
  if (element.kind !== 'map') return undefined;
  for (const key of NAMING_KEYS) {
    const name = element.value.get(key);
    if (name !== undefined && name.value !== '' && name.kind !== 'null') return textOf(name);
  }
  const choice = element.value.get('Fn::If');
  const condition = choice?.kind === 'list' ? choice.value[0] : undefined;
  return condition && textOf(condition);
}

function textOf(value: Value): string {
  return value.kind === 'string' ? value.value : displayForm(value);
}
