import { type Limits, STANDARD_LIMITS } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { Entries, makeValue, type Value } from '../value/value.ts';
import { Allowance } from './allowance.ts';
import { type CoreDocument, type RecordedEvent, recordDocument } from './core-document.ts';
import { CoreErrors } from './core-errors.ts';
import { type CoreScalar, coreBool, coreFloat, coreInt, coreScalar, isCoreNull } from './core-scalar.ts';
import { DataError } from './guard-data.ts';
import { localName, longNameForAny } from './short-tags.ts';
import { findForbidden } from './yaml/characters.ts';
import { Event, EventReader } from './yaml/event-reader.ts';
import { YamlSyntaxError } from './yaml/syntax-error.ts';

/**
 * Reads YAML as the native tool reads unit-test files and the argument of `json_parse`: YAML 1.2 core types, aliases
 * resolved, short tags turned into maps around any kind of node, no duplicate keys, one document.
 *
 * @param origin the string that the text comes from: all values continue its path and stand at its place; null for a
 *   text of its own, whose values have no place
 * @throws {CoreSyntaxError} for what the YAML library refuses
 * @throws {DataError} for keys that are no strings, with the whole native error text
 * @throws {ExcessError} where the native tool goes on until the memory ends
 */
export function readCore(text: string, origin: Value | null, limits: Limits = STANDARD_LIMITS): Value {
  const errors = new CoreErrors(text);
  const forbidden = findForbidden(text);
  if (forbidden !== -1) throw errors.controlCharacter(forbidden);
  const events = new EventReader(text);
  const document = recordDocument(events);
  const reader = new CoreReader(
    document ?? { events: [], failure: null },
    errors,
    origin,
    new Allowance(limits),
  );
  if (document === null) return reader.empty();
  const value = reader.read();
  if (document.failure !== null) throw errors.syntax(document.failure);
  if (hasMore(events))
    throw errors.plain('deserializing from YAML containing more than one document is not supported');
  if (reader.hasBadKey)
    throw new DataError(
      'non string type detected for key in a map at , cfn-guard only supports keys that are string types',
    );
  return value;
}

function hasMore(reader: EventReader): boolean {
  try {
    return reader.next() !== Event.StreamEnd;
  } catch (error) {
    if (error instanceof YamlSyntaxError) return true;
    throw error;
  }
}

/** Collections may nest this deep in the native reader. */
const CORE_DEPTH = 128;

/** Where a node stands: in the values that are built, and in the path that errors print. */
interface Place {
  readonly parent: Value | null;
  readonly key: string | number | null;
  readonly path: string;
  readonly depth: number;
}

class CoreReader {
  hasBadKey = false;
  readonly #document: CoreDocument;
  readonly #errors: CoreErrors;
  readonly #origin: Value | null;
  readonly #allowance: Allowance;
  readonly #start: number;
  readonly #source: Source | null;
  #at = 0;
  #jumps = 0;

  constructor(document: CoreDocument, errors: CoreErrors, origin: Value | null, allowance: Allowance) {
    this.#document = document;
    this.#errors = errors;
    this.#origin = origin;
    this.#allowance = allowance;
    this.#start = origin?.start ?? -1;
    this.#source = origin?.source ?? null;
  }

  /** The value of a text without a document. */
  empty(): Value {
    return this.#make({ kind: 'null', value: null }, this.#rootPlace());
  }

  read(): Value {
    return this.#node(this.#rootPlace());
  }

  #rootPlace(): Place {
    return { parent: this.#origin?.parent ?? null, key: this.#origin?.key ?? null, path: '.', depth: 0 };
  }

  #peek(): RecordedEvent {
    const event = this.#document.events[this.#at];
    if (event !== undefined) return event;
    const { failure } = this.#document;
    throw failure === null ? this.#errors.plain('EOF while parsing a value') : this.#errors.syntax(failure);
  }

  #node(place: Place): Value {
    const event = this.#peek();
    if (event.event === Event.Alias) return this.#alias(event, place);
    const tag = event.tag === null ? undefined : localTag(event.tag);
    if (tag === undefined) return this.#untagged(event, place, false);
    const name = longNameForAny(tag);
    if (name === undefined) return this.#untagged(event, place, true);
    const map = makeValue('map', new Entries(), place.parent, place.key, this.#start, this.#source);
    map.value.set(name, this.#start, this.#untagged(event, { ...place, parent: map, key: name }, true));
    return map;
  }

  #alias(event: RecordedEvent, place: Place): Value {
    if (++this.#jumps > this.#document.events.length * 100)
      throw this.#errors.plain('repetition limit exceeded');
    const back = this.#at + 1;
    this.#at = event.target;
    const value = this.#node(place);
    this.#at = back;
    return value;
  }

  /** @param isTagged whether the node has a local tag, which then says nothing about the type of a scalar */
  #untagged(event: RecordedEvent, place: Place, isTagged: boolean): Value {
    this.#at++;
    this.#allowance.count(event.start);
    if (event.event === Event.Scalar) return this.#make(this.#scalar(event, place, isTagged), place);
    if (place.depth === CORE_DEPTH) throw this.#errors.value('.', 'recursion limit exceeded', event.start);
    return event.event === Event.SequenceStart ? this.#list(place) : this.#map(event, place);
  }

  #list(place: Place): Value {
    const elements: Value[] = [];
    const list = makeValue('list', elements, place.parent, place.key, this.#start, this.#source);
    while (this.#peek().event !== Event.SequenceEnd) {
      const index = elements.length;
      const path = `${place.path}[${index}]`;
      elements.push(this.#node({ parent: list, key: index, path, depth: place.depth + 1 }));
    }
    this.#at++;
    return list;
  }

  #map(event: RecordedEvent, place: Place): Value {
    const map = makeValue('map', new Entries(), place.parent, place.key, this.#start, this.#source);
    const seen = new Set<string>();
    while (this.#peek().event !== Event.MappingEnd) {
      const keyEvent = this.#peek();
      const depth = place.depth + 1;
      const key = this.#node({ parent: map, key: null, path: place.path, depth });
      this.#refuseDuplicate(seen, key, event, place);
      const prefix = place.path === '.' ? '' : `${place.path}.`;
      const path = prefix + (keyEvent.event === Event.Scalar ? keyEvent.text : '?');
      const name = key.kind === 'string' ? key.value : '';
      const value = this.#node({ parent: map, key: name, path, depth });
      if (key.kind === 'string') map.value.set(name, this.#start, value);
      else this.hasBadKey = true;
    }
    this.#at++;
    return map;
  }

  #refuseDuplicate(seen: Set<string>, key: Value, event: RecordedEvent, place: Place): void {
    if (key.kind === 'list' || key.kind === 'map') return;
    const identity = `${key.kind} ${String(key.value)}`;
    if (seen.has(identity))
      throw this.#errors.value(place.path, `duplicate entry ${describeKey(key)}`, event.start);
    seen.add(identity);
  }

  #scalar(event: RecordedEvent, place: Place, isTagged: boolean): CoreScalar {
    const { text, tag } = event;
    if (tag === null || isTagged) {
      const scalar: CoreScalar = event.isPlain ? coreScalar(text) : { kind: 'string', value: text };
      return this.#checkSize(scalar, event, place);
    }
    switch (tag) {
      case 'tag:yaml.org,2002:bool': {
        const value = coreBool(text);
        return value === undefined ? this.#unfit(event, place, 'a boolean') : { kind: 'bool', value };
      }
      case 'tag:yaml.org,2002:int':
        return this.#checkSize(coreInt(text) ?? this.#unfit(event, place, 'an integer'), event, place);
      case 'tag:yaml.org,2002:float': {
        const value = coreFloat(text);
        return value === undefined ? this.#unfit(event, place, 'a float') : { kind: 'float', value };
      }
      case 'tag:yaml.org,2002:null':
        return isCoreNull(text) ? { kind: 'null', value: null } : this.#unfit(event, place, 'null');
      default:
        return { kind: 'string', value: text };
    }
  }

  #checkSize(scalar: CoreScalar, event: RecordedEvent, place: Place): CoreScalar {
    if (scalar.kind !== 'huge') return scalar;
    const problem = `invalid type: integer \`${scalar.text}, expected any YAML value`;
    throw this.#errors.value(place.path, problem, event.start);
  }

  #unfit(event: RecordedEvent, place: Place, expected: string): never {
    const problem = `invalid value: string ${JSON.stringify(event.text)}, expected ${expected}`;
    throw this.#errors.value(place.path, problem, event.start);
  }

  #make(scalar: CoreScalar, place: Place): Value {
    if (scalar.kind === 'huge') return this.#make({ kind: 'string', value: scalar.text }, place);
    return makeValue(scalar.kind, scalar.value, place.parent, place.key, this.#start, this.#source);
  }
}

/** Name of a local tag; undefined for tags of YAML itself. Names with a further `!` mean nothing to Guard. */
function localTag(tag: string): string | undefined {
  if (!tag.startsWith('!')) return undefined;
  const name = localName(tag) ?? '';
  return name.includes('!') ? '' : name;
}

function describeKey(key: Value): string {
  switch (key.kind) {
    case 'null':
      return 'with null key';
    case 'bool':
      return `with key \`${key.value}\``;
    case 'string':
      return `with key ${JSON.stringify(key.value)}`;
    default:
      return `with key ${String(key.value)}`;
  }
}
