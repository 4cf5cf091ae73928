import { type DiagnosticCode, DiagnosticError } from '../source/diagnostic.ts';
import { type Limits, MIB, raising, STANDARD_LIMITS } from '../source/limits.ts';
import { Source } from '../source/source.ts';
import type { MapValue, Value } from '../value/value.ts';
import { AliasTable } from './alias-table.ts';
import { Allowance, ExcessError } from './allowance.ts';
import { decodeUtf8, describeInvalidByte } from './decode.ts';
import { DocumentBuilder } from './document-builder.ts';
import { longNameForCloudFormation } from './short-tags.ts';
import { explainSyntaxError } from './syntax-help.ts';
import type { Template } from './template.ts';
import { findForbidden } from './yaml/characters.ts';
import { Event, EventReader } from './yaml/event-reader.ts';
import { YamlSyntaxError } from './yaml/syntax-error.ts';

/**
 * Loads all documents of a template file as CloudFormation and its tools read them: aliases and merge keys resolved,
 * keys taken by their text. Values are typed as Guard types them. Documents without content are left out.
 *
 * @param name path for messages
 * @throws {DiagnosticError} when the file is no UTF-8 or no YAML, or exceeds a limit
 */
export function loadTemplates(name: string, bytes: Uint8Array, limits: Limits = STANDARD_LIMITS): Template[] {
  if (bytes.length > limits.fileSize * MIB) throw tooLarge(name, limits);
  const source = new Source(name, decode(name, bytes));
  try {
    return readDocuments(source, new Allowance(limits));
  } catch (error) {
    throw asDiagnostic(source, error);
  }
}

function tooLarge(file: string, { fileSize }: Limits): DiagnosticError {
  return new DiagnosticError({
    code: 'template-too-large',
    file,
    message: `the file is larger than ${fileSize} MiB`,
    help: `CloudFormation takes templates of 1 MB at most; if it is none, leave it out: see \`exclude\` in the settings; ${raising('fileSize')}`,
  });
}

function decode(name: string, bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const { line, message } = describeInvalidByte(bytes);
  throw new DiagnosticError({
    code: 'template-encoding',
    file: name,
    line,
    message: isUtf16 ? 'the file is UTF-16, but templates must be UTF-8' : message,
    help: 'save the file as UTF-8',
  });
}

function readDocuments(source: Source, allowance: Allowance): Template[] {
  const forbidden = findForbidden(source.text);
  if (forbidden !== -1) throw forbiddenCharacter(source, forbidden);
  const templates: Template[] = [];
  const reader = new EventReader(source.text, true);
  while (reader.next() === Event.DocumentStart) {
    const root = new TemplateBuilder(reader, source, allowance).build();
    if (root.kind !== 'string' || root.value !== '') templates.push({ source, root });
  }
  return templates;
}

/** A diagnostic at an offset of a template. */
function diagnosticAt(
  source: Source,
  offset: number,
  code: DiagnosticCode,
  message: string,
  help: string,
): DiagnosticError {
  const { line, column } = source.position(offset);
  return new DiagnosticError({ code, file: source.name, line, column, message, help });
}

function forbiddenCharacter(source: Source, at: number): DiagnosticError {
  const hex = source.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  const message = `the character U+${hex} is not allowed in YAML`;
  return diagnosticAt(
    source,
    at,
    'template-syntax',
    message,
    'remove it, or write it as an escape in double quotes',
  );
}

/** Turns what the reader throws into a diagnostic; anything else passes unchanged. */
function asDiagnostic(source: Source, error: unknown): unknown {
  if (error instanceof YamlSyntaxError) {
    const explained = explainSyntaxError(source, error);
    return diagnosticAt(source, error.problemAt, 'template-syntax', explained.message, explained.help);
  }
  if (error instanceof ExcessError) return error.asDiagnostic(source);
  return error;
}

class TemplateBuilder extends DocumentBuilder {
  readonly #aliases = new AliasTable(this.allowance);
  /** Offsets of merge keys whose values are still to come. */
  readonly #mergeKeys = new Set<number>();
  /** What the merge keys of unfinished maps bring. */
  readonly #merges = new Map<MapValue, Array<{ at: number; value: Value }>>();

  protected override keyText(): string {
    const { text, tag, isPlain, start } = this.reader;
    if (text === '<<' && isPlain && tag === null) this.#mergeKeys.add(start);
    return text;
  }

  protected override alias(parent: Value | null, key: string | number | null): Value {
    const { text, start } = this.reader;
    const value = this.#aliases.get(text);
    if (value === undefined)
      throw this.#problem(
        start,
        `the alias \`*${text}\` has no anchor \`&${text}\` before it`,
        'define the anchor earlier in the same document',
      );
    for (let outer = this.innermost; outer !== null; outer = outer.parent)
      if (outer === value)
        throw this.#problem(
          start,
          `the alias \`*${text}\` stands inside the value of its own anchor`,
          'write the value out instead of repeating it within itself',
        );
    return this.#aliases.copy(value, parent, key, this.depth, start);
  }

  protected override anchored(name: string, value: Value): void {
    this.#aliases.set(name, value);
  }

  protected override addEntry(map: MapValue, key: string, keyStart: number, value: Value): void {
    if (this.#mergeKeys.size === 0 || !this.#mergeKeys.delete(keyStart)) {
      map.value.set(key, keyStart, value);
      return;
    }
    const merges = this.#merges.get(map) ?? [];
    merges.push({ at: keyStart, value });
    this.#merges.set(map, merges);
  }

  protected override closeMap(map: MapValue, badKeyAt: number): void {
    if (badKeyAt !== -1)
      throw this.#problem(badKeyAt, 'a list or map is used as a key', 'keys in a template must be text');
    const merges = this.#merges.get(map);
    if (merges === undefined) return;
    this.#merges.delete(map);
    for (const { at, value } of merges)
      for (const origin of this.#mergeSources(value, at)) this.#merge(origin, map, at);
  }

  protected override functionName(tag: string): string | undefined {
    return longNameForCloudFormation(tag);
  }

  protected override badScalar(): void {
    // CloudFormation takes the text as it stands, and so do we.
  }

  #mergeSources(value: Value, at: number): MapValue[] {
    const candidates = value.kind === 'list' ? value.value : [value];
    return candidates.map((candidate) => {
      if (candidate.kind === 'map') return candidate;
      throw this.#problem(
        at,
        'the merge key `<<` is given something that is not a map',
        'give it the alias of a map, or a list of such aliases',
      );
    });
  }

  /** Adds the entries of `origin` that `map` has not. */
  #merge(origin: MapValue, map: MapValue, at: number): void {
    const { keys, keyStarts, values } = origin.value;
    const hasDuplicates = keys.length > values.length;
    for (const [index, value] of values.entries()) {
      const name = value.key as string;
      if (map.value.get(name) !== undefined) continue;
      const keyStart = keyStarts[hasDuplicates ? keys.indexOf(name) : index]!;
      map.value.set(name, keyStart, this.#aliases.copy(value, map, name, this.depth, at));
    }
  }

  #problem(at: number, message: string, help: string): DiagnosticError {
    return diagnosticAt(this.source, at, 'template-syntax', message, help);
  }
}
