import { type Limits, STANDARD_LIMITS } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import type { MapValue, StringValue, Value } from '../value/value.ts';
import { Allowance, ExcessError } from './allowance.ts';
import { decodeUtf8 } from './decode.ts';
import { DocumentBuilder } from './document-builder.ts';
import { plainKind } from './scalar.ts';
import { longNameForScalar, longNameForSequence } from './short-tags.ts';
import type { Template } from './template.ts';
import { findForbidden } from './yaml/characters.ts';
import { Event, EventReader } from './yaml/event-reader.ts';
import { YamlSyntaxError } from './yaml/syntax-error.ts';
import { YamlSource } from './yaml/yaml-source.ts';

/** Data that the native tool refuses. The message is the native one. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/**
 * Loads a data file, an input-parameter file or a payload exactly as the native tool does: its first document only,
 * no aliases, no keys but strings.
 *
 * A byte order mark stays part of the text, because to the native tool it is a character of the first line: block
 * mappings then end behind their first entry.
 *
 * @param name file name for messages
 * @throws {DataError}
 * @throws {DiagnosticError} when it exceeds a limit
 */
export function loadGuardData(name: string, bytes: Uint8Array, limits: Limits = STANDARD_LIMITS): Template {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new DataError('I/O error when reading stream did not contain valid UTF-8');
  if (isEmpty(text)) throw parseError(`Unable to parse a template from data file: ${name} is empty`);
  const source = new YamlSource(name, text);
  try {
    return { source, root: readFirstDocument(source, limits) };
  } catch (error) {
    if (error instanceof YamlSyntaxError) throw unreadable(name, text);
    // The native tool has no such limits: it goes on until its stack or the memory ends.
    if (error instanceof ExcessError) throw error.asDiagnostic(source);
    throw error;
  }
}

function parseError(problem: string): DataError {
  return new DataError(`Parser Error when parsing \`${problem}\``);
}

function unreadable(name: string, text: string): DataError {
  const beginning = Buffer.from(text, 'utf8').subarray(0, 100).toString('utf8');
  return parseError(
    `Error encountered while parsing data file: ${name}, data beginning with \n${beginning}\n ...`,
  );
}

/** White space as Rust's `trim` has it. */
function isEmpty(text: string): boolean {
  return /^[\s\x85]*$/.test(text) && !text.includes('\ufeff');
}

function readFirstDocument(source: Source, limits: Limits): Value {
  const forbidden = findForbidden(source.text);
  const readable = forbidden === -1 ? source.text : source.text.slice(0, chunkStart(source.text, forbidden));
  const reader = new EventReader(readable);
  if (reader.next() !== Event.DocumentStart) throw new YamlSyntaxError('no document', 0);
  const builder = new GuardBuilder(reader, source, new Allowance(limits));
  const root = builder.build();
  if (forbidden !== -1 && reader.start >= readable.length)
    throw new YamlSyntaxError('control characters are not allowed', forbidden);
  builder.checkScalars();
  return root;
}

/** Bytes that libyaml decodes, and checks for forbidden characters, in one go. */
const CHUNK_BYTES = 16384;

/**
 * Offset where the piece of text begins that libyaml decodes together with a forbidden character. A document that
 * ends before it is read without complaint.
 */
function chunkStart(text: string, forbidden: number): number {
  const bytes = Buffer.from(text.slice(0, forbidden), 'utf8');
  const start = bytes.length - (bytes.length % CHUNK_BYTES);
  return bytes.subarray(0, start).toString('utf8').length;
}

class GuardBuilder extends DocumentBuilder {
  #badScalar: StringValue | undefined;

  protected override keyText(): string | null {
    const { reader } = this;
    if (reader.tag === null)
      return !reader.isPlain || plainKind(reader.text) === 'string' ? reader.text : null;
    const value = this.scalar(null, null);
    return value.kind === 'string' && value !== this.#badScalar ? value.value : null;
  }

  protected override alias(): Value {
    throw new YamlSyntaxError('aliases are not supported', this.reader.start);
  }

  protected override anchored(): void {
    // Anchors alone are harmless.
  }

  protected override addEntry(map: MapValue, key: string, keyStart: number, value: Value): void {
    map.value.set(key, keyStart, value);
  }

  protected override closeMap(_map: MapValue, badKeyAt: number): void {
    if (badKeyAt === -1) return;
    throw parseError(
      `non string type detected for key in a map at ${place(this.source, badKeyAt)}, cfn-guard only supports keys that are string types`,
    );
  }

  protected override functionName(tag: string, kind: 'scalar' | 'list' | 'map'): string | undefined {
    if (kind === 'map') return undefined;
    return kind === 'list' ? longNameForSequence(tag) : longNameForScalar(tag);
  }

  protected override badScalar(value: StringValue): void {
    this.#badScalar ??= value;
  }

  /** Tags that do not fit their scalars are noticed only when the whole document has been read. */
  checkScalars(): void {
    const bad = this.#badScalar;
    if (bad === undefined) return;
    throw parseError(
      `Bad Value encountered parsing incoming file Value = ${bad.value}, Loc = ${place(this.source, bad.start)}`,
    );
  }
}

function place(source: Source, offset: number): string {
  const { line, column } = source.position(offset);
  return `L:${line - 1},C:${column - 1}`;
}
