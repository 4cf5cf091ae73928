import type { Source } from '../../source/source.ts';
import { Entries, type MapValue, makeValue, type Value } from '../../value/value.ts';
import type { Template } from '../template.ts';
import {
  apiName,
  cloudFormationName,
  FREE_FORM_PROPERTIES,
  inApiSpelling,
  READ_ONLY_PROPERTIES,
} from './names.ts';
import { placeholderCall } from './placeholders.ts';
import { type RawTaskDefinition, rawTaskDefinition } from './recognise.ts';

/**
 * A raw task definition as a template with one resource, which rules judge as they judge any other. Undefined when the
 * document is none.
 */
export function asTemplate({ source, root }: Template): Template | undefined {
  const raw = rawTaskDefinition(root);
  if (raw === undefined) return undefined;
  const translation = new Translation(source);
  const isJson = /^\s*[[{]/.test(source.text);
  return {
    source,
    root: translation.template(root, raw),
    written: (value) => translation.written(value),
    spelled: (text) => inApiSpelling(text, isJson),
  };
}

/** Makes the values of the template, and remembers what each of them stands for. */
class Translation {
  readonly #source: Source;
  readonly #written = new Map<Value, Value>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** What stands in the file for a value of the template, or for one that was computed from such a value. */
  written(value: Value): Value {
    const own = this.#written.get(value);
    if (own !== undefined) return own;
    const origin = valueInPlaceOf(value);
    return (origin && this.#written.get(origin)) ?? value;
  }

  template(root: Value, { definition, containers, tags, family }: RawTaskDefinition): MapValue {
    const template = this.#map(root, null, null);
    const resources = this.#map(definition, template, 'Resources');
    const resource = this.#map(definition, resources, family ?? 'TaskDefinition');
    const properties = this.#map(definition, resource, 'Properties');
    if (definition.kind === 'map') this.#addProperties(definition, properties, '');
    else add(properties, this.#copy(containers, properties, 'ContainerDefinitions', 'containerDefinitions'));
    if (tags !== undefined && tags.kind !== 'null')
      add(properties, this.#copy(tags, properties, 'Tags', 'tags'));
    add(resource, this.#text('AWS::ECS::TaskDefinition', definition, resource, 'Type'));
    add(resource, properties);
    add(resources, resource);
    add(template, resources);
    return template;
  }

  /** @param around the property of the API that the map is the value of; `''` for the task definition itself */
  #addProperties(written: MapValue, map: MapValue, around: string): void {
    for (const { entry, start } of present(written)) {
      const name = apiName(String(entry.key));
      if (around === '' && READ_ONLY_PROPERTIES.has(name)) continue;
      add(map, this.#copy(entry, map, cloudFormationName(name, around), name), start);
    }
  }

  /** The keys of the map are not those of the API, and neither are any below it. */
  #addFreely(written: MapValue, map: MapValue): void {
    for (const { entry, start } of present(written))
      add(map, this.#copy(entry, map, String(entry.key), null), start);
  }

  /** @param around the innermost property of the API that the value belongs to; null where keys are free */
  #copy(written: Value, parent: Value, key: string | number, around: string | null): Value {
    if (written.kind === 'list') {
      const elements: Value[] = [];
      const list = this.#keep(makeValue('list', elements, parent, key, written.start, this.#source), written);
      for (const [index, element] of written.value.entries())
        elements.push(this.#copy(element, list, index, around));
      return list;
    }
    if (written.kind === 'map') {
      const map = this.#map(written, parent, key);
      if (around === null || FREE_FORM_PROPERTIES.has(around)) this.#addFreely(written, map);
      else this.#addProperties(written, map, around);
      return map;
    }
    if (written.kind === 'string') {
      const call = placeholderCall(written.value);
      if (call === undefined) return this.#text(written.value, written, parent, key);
      const map = this.#map(written, parent, key);
      add(map, this.#text(call.argument, written, map, call.name));
      return map;
    }
    return this.#keep(
      makeValue(written.kind, written.value, parent, key, written.start, this.#source),
      written,
    );
  }

  #map(written: Value, parent: Value | null, key: string | number | null): MapValue {
    return this.#keep(makeValue('map', new Entries(), parent, key, written.start, this.#source), written);
  }

  #text(text: string, written: Value, parent: Value, key: string | number): Value {
    return this.#keep(makeValue('string', text, parent, key, written.start, this.#source), written);
  }

  #keep<Made extends Value>(value: Made, written: Value): Made {
    this.#written.set(value, written);
    return value;
  }
}

/** Entries that say something, with the places of their keys: answers of the API have `null` for what is not there. */
function present({ value: { keys, keyStarts, values } }: MapValue): { entry: Value; start: number }[] {
  const hasDuplicates = keys.length > values.length;
  return values.flatMap((entry, index) => {
    if (entry.kind === 'null') return [];
    const at = hasDuplicates ? keys.lastIndexOf(String(entry.key)) : index;
    return [{ entry, start: keyStarts[at] ?? -1 }];
  });
}

function add(map: MapValue, value: Value, keyStart = -1): void {
  map.value.set(String(value.key), keyStart, value);
}

/** A computed value has the place of its origin, and is not there itself. */
function valueInPlaceOf({ parent, key }: Value): Value | undefined {
  if (parent?.kind === 'map') return parent.value.get(String(key));
  return parent?.kind === 'list' ? parent.value[Number(key)] : undefined;
}
