import type { Source } from '../source/source.ts';
import {
  Entries,
  type ListValue,
  type MapValue,
  makeValue,
  type StringValue,
  type Value,
} from '../value/value.ts';
import type { Allowance } from './allowance.ts';
import { isFloatText, parseBoolText, parseFloatText, parseInt64, plainKind } from './scalar.ts';
import { localName } from './short-tags.ts';
import { Event, type EventReader } from './yaml/event-reader.ts';

/** An open list or map. */
interface Frame {
  readonly container: ListValue | MapValue;
  /** In a map: whether the next node is a key. */
  awaitsKey: boolean;
  /** Text and offset of the key that waits for its value; null when the key was no usable one. */
  key: string | null;
  keyStart: number;
  /** Offset of the first key that is no string, or -1. */
  badKeyAt: number;
}

const YAML_TAG = 'tag:yaml.org,2002:';

/** Builds located values from the events of one document. What the two loading profiles do differently is overridden. */
export abstract class DocumentBuilder {
  protected readonly reader: EventReader;
  protected readonly source: Source;
  protected readonly allowance: Allowance;
  readonly #frames: Frame[] = [];
  #top: Frame | null = null;
  #root: Value | null = null;

  constructor(reader: EventReader, source: Source, allowance: Allowance) {
    this.reader = reader;
    this.source = source;
    this.allowance = allowance;
  }

  /** The key a scalar stands for, or null when it cannot be one. */
  protected abstract keyText(): string | null;
  /** Puts the value of an alias at the place given. */
  protected abstract alias(parent: Value | null, key: string | number | null): Value;
  /** Called with each value that carries an anchor. */
  protected abstract anchored(name: string, value: Value): void;
  /** Puts a value, which may still be growing, into its map. */
  protected abstract addEntry(map: MapValue, key: string, keyStart: number, value: Value): void;
  /** Called when a map is complete. */
  protected abstract closeMap(map: MapValue, badKeyAt: number): void;
  /** Key of the map that a tagged node stands for; undefined when the tag means nothing. */
  protected abstract functionName(tag: string, kind: 'scalar' | 'list' | 'map'): string | undefined;
  /** Called for a scalar whose `!!int` or `!!float` tag does not fit it. */
  protected abstract badScalar(value: StringValue): void;

  /**
   * Reads the rest of a document whose start has been read.
   *
   * @throws {YamlSyntaxError | ExcessError}
   */
  build(): Value {
    const { reader } = this;
    this.#root = null;
    for (;;) {
      switch (reader.next()) {
        case Event.Scalar:
          this.#scalarOrKey();
          break;
        case Event.MappingStart:
          this.#openMap();
          break;
        case Event.SequenceStart:
          this.#openList();
          break;
        case Event.MappingEnd:
        case Event.SequenceEnd:
          this.#closeTop();
          break;
        case Event.Alias:
          this.#aliasOrKey();
          break;
        default:
          return this.#root!;
      }
    }
  }

  /** The innermost open collection. */
  protected get innermost(): Value | null {
    return this.#top === null ? null : this.#top.container;
  }

  protected get depth(): number {
    return this.#frames.length;
  }

  #scalarOrKey(): void {
    const top = this.#top;
    if (top?.awaitsKey) {
      const text = this.keyText();
      this.#setKey(top, text);
      if (this.reader.anchor !== null && text !== null)
        this.anchored(
          this.reader.anchor,
          makeValue('string', text, top.container, text, this.reader.start, this.source),
        );
      return;
    }
    this.allowance.count(this.reader.start);
    const value = this.scalar(this.innermost, this.#childKey());
    this.#attach(value);
    if (this.reader.anchor !== null) this.anchored(this.reader.anchor, value);
  }

  #aliasOrKey(): void {
    const top = this.#top;
    if (!top?.awaitsKey) {
      this.#attach(this.alias(this.innermost, this.#childKey()));
      return;
    }
    const value = this.alias(top.container, null);
    this.#setKey(top, value.kind === 'string' ? value.value : null);
  }

  #setKey(top: Frame, text: string | null): void {
    top.key = text;
    top.keyStart = this.reader.start;
    top.awaitsKey = false;
    if (text === null && top.badKeyAt === -1) top.badKeyAt = this.reader.start;
  }

  /** Key or index of the node that comes next. */
  #childKey(): string | number | null {
    const top = this.#top;
    if (top === null) return null;
    return top.container.kind === 'list' ? top.container.value.length : top.key;
  }

  #attach(value: Value): void {
    const top = this.#top;
    if (top === null) {
      this.#root = value;
    } else if (top.container.kind === 'list') {
      (top.container.value as Value[]).push(value);
    } else {
      if (top.key !== null) this.addEntry(top.container, top.key, top.keyStart, value);
      top.awaitsKey = true;
    }
  }

  /** Attaches a collection that begins; one that stands as a key belongs nowhere. */
  #place(value: Value): void {
    const top = this.#top;
    if (top?.awaitsKey) this.#setKey(top, null);
    else this.#attach(value);
    if (this.reader.anchor !== null) this.anchored(this.reader.anchor, value);
  }

  #openMap(): void {
    const { start, tag } = this.reader;
    const call = tag === null ? undefined : this.#openCall(this.functionName(tag, 'map'));
    const map = makeValue(
      'map',
      new Entries(),
      call?.parent ?? this.innermost,
      call?.key ?? this.#childKey(),
      start,
      this.source,
    );
    this.#open(map, call);
  }

  #openList(): void {
    const { start, tag } = this.reader;
    const call = tag === null ? undefined : this.#openCall(this.functionName(tag, 'list'));
    const parent = call?.parent ?? this.innermost;
    // Native knows the place of a list from its parent, so a list at the root stands at the very beginning.
    const at = parent === null ? 0 : start;
    this.#open(makeValue('list', [], parent, call?.key ?? this.#childKey(), at, this.source), call);
  }

  /** The map that a tag stands for, and the key in it of what is tagged. */
  #openCall(name: string | undefined): { readonly parent: MapValue; readonly key: string } | undefined {
    if (name === undefined) return undefined;
    const { start } = this.reader;
    const parent = makeValue('map', new Entries(), this.innermost, this.#childKey(), start, this.source);
    return { parent, key: name };
  }

  #open(
    container: ListValue | MapValue,
    call: { readonly parent: MapValue; readonly key: string } | undefined,
  ): void {
    call?.parent.value.set(call.key, this.reader.start, container);
    this.#place(call?.parent ?? container);
    this.#push(container);
  }

  #push(container: ListValue | MapValue): void {
    this.allowance.count(this.reader.start);
    this.allowance.enter(this.#frames.length, this.reader.start);
    this.#top = { container, awaitsKey: container.kind === 'map', key: null, keyStart: -1, badKeyAt: -1 };
    this.#frames.push(this.#top);
  }

  #closeTop(): void {
    const closed = this.#frames.pop()!;
    this.#top = this.#frames[this.#frames.length - 1] ?? null;
    if (closed.container.kind !== 'map') return;
    closed.container.value.trim();
    this.closeMap(closed.container, closed.badKeyAt);
  }

  /** Makes the value of the scalar at the reader. */
  protected scalar(parent: Value | null, key: string | number | null): Value {
    const { text, tag, start } = this.reader;
    if (tag !== null) return this.#taggedScalar(tag, parent, key);
    const kind = this.reader.isPlain ? plainKind(text) : 'string';
    switch (kind) {
      case 'int':
        return makeValue('int', parseInt64(text)!, parent, key, start, this.source);
      case 'float':
        return makeValue('float', parseFloatText(text), parent, key, start, this.source);
      case 'bool':
        return makeValue('bool', parseBoolText(text), parent, key, start, this.source);
      case 'null':
        return makeValue('null', null, parent, key, start, this.source);
      default:
        return makeValue('string', text, parent, key, start, this.source);
    }
  }

  #taggedScalar(tag: string, parent: Value | null, key: string | number | null): Value {
    const { text, start } = this.reader;
    const { source } = this;
    const name = this.functionName(tag, 'scalar');
    if (name !== undefined) {
      const map = makeValue('map', new Entries(), parent, key, start, source);
      map.value.set(name, start, makeValue('string', text, map, name, start, source));
      return map;
    }
    const type = localName(tag) === undefined ? tag.replace(/^!+/, '') : '';
    switch (type) {
      case `${YAML_TAG}bool`:
        if (text !== 'true' && text !== 'false') break;
        return makeValue('bool', text === 'true', parent, key, start, source);
      case `${YAML_TAG}int`: {
        const int = parseInt64(text);
        if (int === undefined) return this.#badScalar(parent, key);
        return makeValue('int', int, parent, key, start, source);
      }
      case `${YAML_TAG}float`:
        if (!isFloatText(text)) return this.#badScalar(parent, key);
        return makeValue('float', parseFloatText(text), parent, key, start, source);
      case `${YAML_TAG}null`:
        return makeValue('null', null, parent, key, start, source);
    }
    return makeValue('string', text, parent, key, start, source);
  }

  #badScalar(parent: Value | null, key: string | number | null): Value {
    const value = makeValue('string', this.reader.text, parent, key, this.reader.start, this.source);
    this.badScalar(value);
    return value;
  }
}
