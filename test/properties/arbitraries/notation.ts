import type { Choices } from './choices.ts';
import { type Data, isInteger } from './data.ts';
import {
  writeBoolean,
  writeFloat,
  writeInteger,
  writeJsonText,
  writeKey,
  writeNull,
  writeText,
} from './scalar-notation.ts';

/** Data as a text, and where in it each value stands. */
export interface Written {
  readonly text: string;
  /** By {@link placeOf} of the keys and indices that lead to a value. What an alias repeats stands nowhere. */
  readonly places: ReadonlyMap<string, Place>;
}

/** Offsets. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** Where the key or dash of it stands; of the root, where it does. */
  readonly entry: number;
}

export type Path = readonly (string | number)[];

export function placeOf(path: Path): string {
  return JSON.stringify(path);
}

/** What may be made use of. */
export interface YamlOptions {
  /** Whether the same data may stand there once with an anchor, and then as an alias. */
  readonly aliases: boolean;
}

/** Data as JSON on one line. */
export function jsonOf(data: Data): string {
  return writeJson(data, '', false).text;
}

/**
 * @param indent of each level; none: all on one line
 * @param isAscii whether everything else is written as an escape
 */
export function writeJson(data: Data, indent: string, isAscii: boolean): Written {
  const places = new Map<string, Place>();
  let text = '';
  const write = (value: Data, path: Path, entry: number) => {
    const start = text.length;
    const lineBreak = (depth: number) => (indent === '' ? '' : `\n${indent.repeat(depth)}`);
    if (typeof value === 'string') text += writeJsonText(value, isAscii);
    else if (typeof value !== 'object' || value === null) text += String(value);
    else {
      const isList = Array.isArray(value);
      text += isList ? '[' : '{';
      for (const [at, [key, child]] of Object.entries(value).entries()) {
        text += `${at === 0 ? '' : ','}${lineBreak(path.length + 1)}`;
        const from = text.length;
        if (!isList) text += `${writeJsonText(key, isAscii)}:${indent === '' ? '' : ' '}`;
        write(child, [...path, isList ? at : key], from);
      }
      text += `${Object.keys(value).length === 0 ? '' : lineBreak(path.length)}${isList ? ']' : '}'}`;
    }
    places.set(placeOf(path), { start, end: text.length, entry });
  };
  write(data, [], 0);
  return { text, places };
}

/** Data as YAML, in a notation that the choices make: without any, as people write it. */
export function writeYaml(data: Data, choices: Choices, options: YamlOptions): Written {
  return new YamlWriter(choices, options).write(data);
}

/** What a tag may stand for, by the key of a map with nothing else in it. */
const SCALAR_TAGS = ['Ref', 'Condition', 'Fn::Sub', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::Base64'];
const LIST_TAGS = [
  ...['Fn::If', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not'],
  ...['Fn::FindInMap', 'Fn::Sub', 'Fn::GetAtt'],
];

/** Behind what a value stands. */
type Lead = 'root' | 'key' | 'dash' | 'decoration';

class YamlWriter {
  readonly #choices: Choices;
  readonly #options: YamlOptions;
  readonly #places = new Map<string, Place>();
  readonly #anchors = new Map<string, string>();
  readonly #lineBreak: string;
  #text = '';
  #comments = 0;
  #anchorCount = 0;

  constructor(choices: Choices, options: YamlOptions) {
    this.#choices = choices;
    this.#options = options;
    this.#lineBreak = choices.rarely(5) ? '\r\n' : '\n';
  }

  write(data: Data): Written {
    if (this.#choices.rarely(4)) this.#text = `# head${this.#lineBreak}---${this.#lineBreak}`;
    this.#node(data, [], -1, 'root', this.#text.length);
    // What ends a literal text is part of it.
    if (this.#blockTextEnd === this.#text.length || !this.#choices.rarely(5)) this.#text += this.#lineBreak;
    return { text: this.#text, places: this.#places };
  }

  /** @param indent column of the map or list around; -1 for none */
  #node(data: Data, path: Path, indent: number, lead: Lead, entry: number): void {
    const json = jsonOf(data);
    const known = this.#anchors.get(json);
    if (known !== undefined && this.#choices.rarely(2)) {
      this.#separate(lead, `*${known}`);
      return;
    }
    const start = this.#text.length + (lead === 'root' ? 0 : 1);
    const anchor = this.#options.aliases && this.#choices.rarely(12) ? `a${this.#anchorCount++}` : undefined;
    if (anchor !== undefined) this.#separate(lead, `&${anchor}`);
    this.#untied(data, path, indent, anchor === undefined ? lead : 'decoration', {
      entry,
      start: anchor === undefined ? undefined : start,
    });
    if (anchor !== undefined) this.#anchors.set(json, anchor);
  }

  #separate(lead: Lead, text: string): void {
    this.#text += lead === 'root' ? text : ` ${text}`;
  }

  /** @param begun where the value begins, when that is before what is written next */
  #untied(
    data: Data,
    path: Path,
    indent: number,
    lead: Lead,
    begun: { entry: number; start: number | undefined },
  ): void {
    if (typeof data !== 'object' || data === null) {
      const before = this.#text.length + (lead === 'root' ? 0 : 1);
      const written = this.#scalar(data, indent, false);
      this.#separate(lead, written);
      if (/^[|>]/.test(written)) this.#blockTextEnd = this.#text.length;
      this.#note(path, begun.start ?? before, begun.entry);
      return;
    }
    const tagged = this.#tagOf(data);
    if (tagged !== undefined) {
      const start = begun.start ?? this.#text.length + (lead === 'root' ? 0 : 1);
      this.#separate(lead, tagged.tag);
      this.#untied(tagged.value, [...path, tagged.key], indent, 'decoration', { entry: start, start });
      this.#note(path, start, begun.entry);
      return;
    }
    const isEmpty = Object.keys(data).length === 0;
    if (isEmpty || this.#choices.rarely(5)) {
      const before = this.#text.length + (lead === 'root' ? 0 : 1);
      this.#separate(lead, '');
      this.#flow(data, path, indent);
      this.#note(path, begun.start ?? before, begun.entry);
    } else this.#block(data, path, indent, lead, begun);
  }

  #note(path: Path, start: number, entry: number): void {
    this.#places.set(placeOf(path), { start, end: this.#text.length, entry });
  }

  /** Maps with one key that a short tag may stand for. */
  #tagOf(data: object): { readonly tag: string; readonly key: string; readonly value: Data } | undefined {
    const [only, ...others] = Object.entries(data) as [string, Data][];
    if (only === undefined || others.length > 0 || Array.isArray(data)) return undefined;
    const [key, value] = only;
    const isFitting =
      typeof value === 'string' ? SCALAR_TAGS.includes(key) : Array.isArray(value) && LIST_TAGS.includes(key);
    return isFitting && !this.#choices.rarely(3)
      ? { tag: `!${key.replace('Fn::', '')}`, key, value }
      : undefined;
  }

  #block(
    data: Data[] | { [key: string]: Data },
    path: Path,
    indent: number,
    lead: Lead,
    begun: { entry: number; start: number | undefined },
  ): void {
    const isList = Array.isArray(data);
    // The dashes of a list may stand in the column of its key.
    const step =
      isList && lead === 'key' && this.#choices.rarely(2) ? 0 : 1 + this.#choices.pick([1, 3, 0, 2]);
    const column = lead === 'dash' ? indent + 2 : lead === 'root' ? 0 : Math.max(indent, 0) + step;
    const pad = ' '.repeat(column);
    let start = -1;
    for (const [at, [key, child]] of Object.entries(data).entries()) {
      if (at === 0 && lead === 'dash') this.#text += ' ';
      else if (at > 0 || lead !== 'root') {
        this.#comment();
        this.#text += this.#lineBreak;
        if (this.#choices.rarely(8)) this.#text += `${pad}# above ${this.#comments++}${this.#lineBreak}`;
        this.#text += pad;
      }
      const entry = this.#text.length;
      if (at === 0) start = entry;
      const inner = [...path, isList ? at : key];
      if (isList) {
        this.#text += '-';
        this.#node(child, inner, column, 'dash', entry);
      } else if (this.#choices.rarely(20)) {
        this.#text += `? ${writeKey(key, this.#choices)}${this.#lineBreak}${pad}:`;
        this.#node(child, inner, column, 'key', entry);
      } else {
        this.#text += `${writeKey(key, this.#choices)}:`;
        this.#node(child, inner, column, 'key', entry);
      }
    }
    this.#note(path, begun.start ?? start, begun.entry);
  }

  /** A comment at the end of a line, unless that would be text of a value. */
  #comment(): void {
    const line = this.#text.slice(this.#text.lastIndexOf('\n') + 1);
    const isText = this.#blockTextEnd === this.#text.length;
    if (!isText && line.trim() !== '' && this.#choices.rarely(8))
      this.#text += ` # behind ${this.#comments++}`;
  }

  /** Offset behind the literal or folded text that was written last. */
  #blockTextEnd = -1;

  #flow(data: Data, path: Path, indent: number): void {
    if (typeof data !== 'object' || data === null) {
      this.#text += this.#scalar(data, indent, true);
      return;
    }
    const isList = Array.isArray(data);
    const inLines = this.#choices.rarely(4);
    const space = inLines ? `${this.#lineBreak}${' '.repeat(indent + 2)}` : this.#choices.pick(['', ' ']);
    this.#text += isList ? '[' : '{';
    for (const [at, [key, child]] of Object.entries(data).entries()) {
      this.#text += `${at === 0 ? '' : ','}${at === 0 || inLines ? space : ' '}`;
      const entry = this.#text.length;
      if (!isList) this.#text += `${writeKey(key, this.#choices)}: `;
      const inner = [...path, isList ? at : key];
      const start = this.#text.length;
      this.#flow(child, inner, indent);
      this.#note(inner, start, entry);
    }
    this.#text += `${Object.keys(data).length === 0 ? '' : space}${isList ? ']' : '}'}`;
  }

  #scalar(data: Exclude<Data, object>, indent: number, isFlow: boolean): string {
    const choices = this.#choices;
    if (typeof data === 'boolean') return writeBoolean(data, choices);
    if (data === null) return writeNull(choices);
    if (typeof data !== 'string')
      return isInteger(data) ? writeInteger(data, choices) : writeFloat(Number(data), choices);
    return writeText(data, choices, { isFlow, indent: Math.max(indent, 0), lineBreak: this.#lineBreak });
  }
}
