import { Entries, type MapValue, makeValue, type Value } from '../value/value.ts';
import { type CoreDocument, type RecordedEvent, recordDocument } from './core-document.ts';
import { CoreErrors } from './core-errors.ts';
import { coreScalar } from './core-scalar.ts';
import { findForbidden } from './yaml/characters.ts';
import { Event, EventReader } from './yaml/event-reader.ts';

/**
 * Reads a YAML map as the native tool reads the template for `rulegen`: what JSON can hold. Any scalar may be a key; a
 * later key replaces an earlier one of the same text; numbers that are not finite become null; local tags, so all short
 * tags of CloudFormation, are errors. Values have no place. A text without content is an empty map.
 *
 * @throws {CoreSyntaxError} also for anything but a map
 */
export function readPlainMap(text: string): Entries {
  const errors = new CoreErrors(text);
  const forbidden = findForbidden(text);
  if (forbidden !== -1) throw errors.controlCharacter(forbidden);
  const document = recordDocument(new EventReader(text));
  return document === null ? new Entries() : new PlainReader(document, errors).root();
}

interface Place {
  readonly parent: Value | null;
  readonly key: string | number | null;
  /** As errors print it. */
  readonly path: string;
}

class PlainReader {
  readonly #document: CoreDocument;
  readonly #errors: CoreErrors;
  #at = 0;

  constructor(document: CoreDocument, errors: CoreErrors) {
    this.#document = document;
    this.#errors = errors;
  }

  root(): Entries {
    const event = this.#peek();
    this.#at++;
    if (event.event === Event.MappingStart) return this.#map({ parent: null, key: null, path: '' }).value;
    if (event.event === Event.Scalar && event.isPlain && event.text === '') return new Entries();
    const found = event.event === Event.Scalar ? `string ${JSON.stringify(event.text)}` : 'sequence';
    throw this.#errors.value('.', `invalid type: ${found}, expected a map`, event.start);
  }

  #node(place: Place): Value {
    const event = this.#peek();
    if (event.event === Event.Alias) return this.#alias(event, place);
    if (event.tag?.startsWith('!')) {
      const problem = 'invalid type: enum, expected any valid JSON value';
      throw this.#errors.value(place.path === '' ? '.' : place.path, problem, event.start);
    }
    this.#at++;
    if (event.event === Event.Scalar) return scalar(event, place);
    return event.event === Event.SequenceStart ? this.#list(place) : this.#map(place);
  }

  #peek(): RecordedEvent {
    const event = this.#document.events[this.#at];
    if (event !== undefined) return event;
    const { failure } = this.#document;
    throw failure === null ? this.#errors.plain('EOF while parsing a value') : this.#errors.syntax(failure);
  }

  #alias(event: RecordedEvent, place: Place): Value {
    const back = this.#at + 1;
    this.#at = event.target;
    const value = this.#node(place);
    this.#at = back;
    return value;
  }

  #list(place: Place): Value {
    const elements: Value[] = [];
    const list = makeValue('list', elements, place.parent, place.key, -1, null);
    while (this.#peek().event !== Event.SequenceEnd) {
      const index = elements.length;
      elements.push(this.#node({ parent: list, key: index, path: `${place.path}[${index}]` }));
    }
    this.#at++;
    return list;
  }

  #map(place: Place): MapValue {
    const map = makeValue('map', new Entries(), place.parent, place.key, -1, null);
    while (this.#peek().event !== Event.MappingEnd) {
      const key = this.#peek().text;
      this.#at++;
      const path = place.path === '' ? key : `${place.path}.${key}`;
      map.value.set(key, -1, this.#node({ parent: map, key, path }));
    }
    this.#at++;
    return map;
  }
}

function scalar({ text, isPlain, tag }: RecordedEvent, { parent, key }: Place): Value {
  const isText = tag === null ? !isPlain : tag === 'tag:yaml.org,2002:str';
  const typed = isText ? ({ kind: 'string', value: text } as const) : coreScalar(text);
  if (typed.kind === 'huge') return makeValue('float', Number(text), parent, key, -1, null);
  if (typed.kind === 'float' && !Number.isFinite(typed.value))
    return makeValue('null', null, parent, key, -1, null);
  return makeValue(typed.kind, typed.value, parent, key, -1, null);
}
