import { debugFloat, displayFloat, jsonFloat } from './float-text.ts';
import { type Location, locatedPathOf, locationOf, pathOf } from './path.ts';
import type { CharValue, MapValue, Range, RangeValue, Value } from './value.ts';

/*
 * The text forms of values that messages and reports use. Each form is written piece by piece into one list of
 * strings, so that its cost is linear in the size of the value.
 */

const TYPE_NAMES = {
  null: 'null',
  string: 'String',
  regex: 'Regex',
  bool: 'bool',
  int: 'int',
  float: 'float',
  char: 'char',
  list: 'array',
  map: 'map',
} as const;

/** A value's type as error messages name it: `String`, `array`, `range(int, int)`. */
export function typeName(value: Value): string {
  return value.kind === 'range' ? `range(${value.value.of}, ${value.value.of})` : TYPE_NAMES[value.kind];
}

/** The form after `Value=` in messages. Strings are quoted but nothing in them is escaped. */
export function displayForm(value: Value): string {
  const out: string[] = [];
  writeDisplay(value, out);
  return out.join('');
}

/** The display form behind the path: `Path=/a[L:0,C:3] Value="x"`. */
export function fullForm(value: Value): string {
  return `Path=${locatedPathOf(value)} Value=${displayForm(value)}`;
}

function writeDisplay(value: Value, out: string[]): void {
  switch (value.kind) {
    case 'null':
      out.push('"NULL"');
      return;
    case 'string':
      out.push('"', value.value, '"');
      return;
    case 'regex':
      out.push('"/', value.value.text, '/"');
      return;
    case 'float':
      out.push(displayFloat(value.value));
      return;
    case 'char':
      out.push("'", value.value, "'");
      return;
    case 'bool':
    case 'int':
      out.push(String(value.value));
      return;
    case 'range':
      out.push(rangeText(value.value));
      return;
    case 'list':
      writeJoined('[', value.value, ']', out, (element) => writeDisplay(element, out));
      return;
    case 'map':
      writeJoined('{', value.value.values, '}', out, (entry) => {
        out.push('"', String(entry.key), '":');
        writeDisplay(entry, out);
      });
      return;
  }
}

function rangeText(range: Range): string {
  const { lower, upper } = range;
  const ends =
    range.of === 'float' ? [displayFloat(lower as number), displayFloat(upper as number)] : [lower, upper];
  return `${range.lowerInclusive ? '[' : '('}${ends.join(',')}${range.upperInclusive ? ']' : ')'}`;
}

/** The nested form with a path at every node, as some reasons print it: `String((Path("/a", Location { … }), "x"))`. */
export function debugForm(value: Value): string {
  const out: string[] = [];
  writeDebug(value, out);
  return out.join('');
}

/** {@link debugForm} behind the value's own path, as a pair. */
export function debugPair(value: Value): string {
  return `(${pathDebug(pathOf(value), locationOf(value))}, ${debugForm(value)})`;
}

const VARIANTS = {
  null: 'Null',
  string: 'String',
  regex: 'Regex',
  bool: 'Bool',
  int: 'Int',
  float: 'Float',
  char: 'Char',
  list: 'List',
  map: 'Map',
} as const;

function writeDebug(value: Value, out: string[]): void {
  const path = pathDebug(pathOf(value), locationOf(value));
  if (value.kind === 'null') {
    out.push(`Null(${path})`);
    return;
  }
  out.push(value.kind === 'range' ? rangeVariant(value) : VARIANTS[value.kind], '((', path, ', ');
  switch (value.kind) {
    case 'string':
      out.push(debugString(value.value));
      break;
    case 'regex':
      out.push(debugString(value.value.text));
      break;
    case 'float':
      out.push(debugFloat(value.value));
      break;
    case 'char':
      out.push(debugChar(value.value));
      break;
    case 'bool':
    case 'int':
      out.push(String(value.value));
      break;
    case 'range':
      out.push(rangeDebug(value.value));
      break;
    case 'list':
      writeJoined('[', value.value, ']', out, (element) => writeDebug(element, out), ', ');
      break;
    case 'map':
      writeMapDebug(value, out);
      break;
  }
  out.push('))');
}

function pathDebug(path: string, { line, column }: Location): string {
  return `Path(${debugString(path)}, Location { line: ${line}, col: ${column} })`;
}

function rangeVariant({ value }: RangeValue): string {
  return value.of === 'int' ? 'RangeInt' : value.of === 'float' ? 'RangeFloat' : 'RangeChar';
}

function rangeDebug(range: Range): string {
  const end = (bound: Range['lower']) => {
    if (range.of === 'int') return String(bound);
    return range.of === 'float' ? debugFloat(bound as number) : debugChar(bound as string);
  };
  const inclusive = (range.lowerInclusive ? 1 : 0) + (range.upperInclusive ? 2 : 0);
  return `RangeType { upper: ${end(range.upper)}, lower: ${end(range.lower)}, inclusive: ${inclusive} }`;
}

function writeMapDebug(map: MapValue, out: string[]): void {
  const { keys, keyStarts, values } = map.value;
  const path = pathOf(map);
  out.push('MapValue { keys: ');
  writeJoined(
    '[',
    keys,
    ']',
    out,
    (key, index) =>
      out.push(`String((${keyPathDebug(map, path, key, keyStarts[index] ?? -1)}, ${debugString(key)}))`),
    ', ',
  );
  out.push(', values: ');
  writeJoined(
    '{',
    values,
    '}',
    out,
    (value) => {
      out.push(debugString(String(value.key)), ': ');
      writeDebug(value, out);
    },
    ', ',
  );
  out.push(' }');
}

/** A key that was read from a text stands at the path of its map; one without a place at its value's path. */
function keyPathDebug(map: MapValue, path: string, key: string, start: number): string {
  if (map.source === null || start < 0) return pathDebug(`${path}/${key}`, { line: 0, column: 0 });
  const { line, column } = map.source.position(start);
  return pathDebug(path, { line: line - 1, column: column - 1 });
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\t': '\\t',
  '\r': '\\r',
  '\n': '\\n',
  '\\': '\\\\',
  '"': '\\"',
};

/** A string in double quotes with escapes for what does not print. */
export function debugString(text: string): string {
  return `"${text.replace(/[^ !#-[\]-~]/gu, escaped)}"`;
}

function debugChar(character: CharValue['value']): string {
  if (character === '"') return `'"'`;
  if (character === "'") return `'\\''`;
  return `'${escaped(character)}'`;
}

function escaped(character: string): string {
  return ESCAPES[character] ?? (isUnprintable(character) ? unicodeEscape(character) : character);
}

/** Control, format, unassigned and blank characters other than the space, and marks that extend a grapheme. */
function isUnprintable(character: string): boolean {
  return /[\p{C}\p{Zl}\p{Zp}\p{Grapheme_Extend}]|(?! )\p{Zs}/u.test(character);
}

function unicodeEscape(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** A number that JSON has no notation for. The message is the native tool's. */
export class JsonConversionError extends Error {
  override readonly name = 'JsonConversionError';
  readonly #value: number;

  /** @param document what the number was to be printed in; default: a text of its own */
  constructor(value: number, document?: 'JSON' | 'YAML') {
    const detail = `Could not convert float ${displayFloat(value)} to serde::Value::Number`;
    const place = document === undefined ? '' : `Error parsing incoming ${document} context `;
    super(`${place}Types or variable assignments are incompatible \`${detail}\``);
    this.#value = value;
  }

  inDocument(document: 'JSON' | 'YAML'): JsonConversionError {
    return new JsonConversionError(this.#value, document);
  }
}

/**
 * JSON text. Integers are exact, floats keep their `.0`; characters, regular expressions and ranges become strings.
 *
 * @param depth levels of two blanks that lines of the pretty layout start with, for a value inside a larger text
 * @throws {JsonConversionError} for a float that is not finite
 */
export function jsonForm(value: Value, layout: 'compact' | 'pretty' = 'compact', depth = 0): string {
  const out: string[] = [];
  writeJson(value, layout === 'pretty' ? depth : undefined, out);
  return out.join('');
}

/** `depth` is undefined for the compact layout. */
function writeJson(value: Value, depth: number | undefined, out: string[]): void {
  switch (value.kind) {
    case 'null':
    case 'bool':
    case 'int':
      out.push(String(value.value));
      return;
    case 'string':
    case 'char':
      out.push(JSON.stringify(value.value));
      return;
    case 'regex':
      out.push(JSON.stringify(`/${value.value.text}/`));
      return;
    case 'range':
      out.push(JSON.stringify(rangeText(value.value)));
      return;
    case 'float':
      if (!Number.isFinite(value.value)) throw new JsonConversionError(value.value);
      out.push(jsonFloat(value.value));
      return;
    case 'list':
      writeJsonItems('[', value.value, ']', depth, out);
      return;
    case 'map':
      writeJsonItems('{', value.value.values, '}', depth, out);
      return;
  }
}

function writeJsonItems(
  open: string,
  items: readonly Value[],
  close: string,
  depth: number | undefined,
  out: string[],
): void {
  const pretty = depth !== undefined && items.length > 0;
  const inner = depth === undefined ? undefined : depth + 1;
  const lineStart = pretty ? `\n${'  '.repeat(depth + 1)}` : '';
  const end = pretty ? `\n${'  '.repeat(depth)}${close}` : close;
  const colon = depth === undefined ? ':' : ': ';
  writeJoined(
    open + lineStart,
    items,
    end,
    out,
    (item) => {
      if (open === '{') out.push(JSON.stringify(item.key), colon);
      writeJson(item, inner, out);
    },
    `,${lineStart}`,
  );
}

function writeJoined<T>(
  open: string,
  items: readonly T[],
  close: string,
  out: string[],
  write: (item: T, index: number) => void,
  separator = ',',
): void {
  out.push(open);
  for (const [index, item] of items.entries()) {
    if (index > 0) out.push(separator);
    write(item, index);
  }
  out.push(close);
}
