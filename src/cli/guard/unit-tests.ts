import type { Limits } from '../../source/limits.ts';
import { Source } from '../../source/source.ts';
import { ExcessError } from '../../template/allowance.ts';
import { CoreSyntaxError } from '../../template/core-errors.ts';
import { readCore } from '../../template/core-reader.ts';
import { DataError } from '../../template/guard-data.ts';
import { displayFloat } from '../../value/float-text.ts';
import { asRoot } from '../../value/root.ts';
import type { Value } from '../../value/value.ts';
import { Failure } from './failure.ts';
import { JsonError, JsonReader } from './json-reader.ts';

/** One case of a unit-test file. */
export interface UnitTest {
  readonly name: string | null;
  readonly input: Value;
  /** Status expected of each rule, as written. */
  readonly expectations: ReadonlyMap<string, string>;
}

/**
 * Reads a unit-test file: YAML, or JSON where that is no YAML.
 *
 * @throws {JsonError} when it is neither, or has another shape; about YAML the native tool says nothing
 * @throws {Failure} for keys that are no strings
 * @throws {DiagnosticError} when it exceeds a limit
 */
export function readUnitTests(path: string, text: string, limits: Limits): UnitTest[] {
  try {
    return readYaml(text, limits) ?? readJson(text, limits);
  } catch (error) {
    throw error instanceof ExcessError ? error.asDiagnostic(new Source(path, text)) : error;
  }
}

function readYaml(text: string, limits: Limits): UnitTest[] | undefined {
  try {
    return testsOf(readCore(text, null, limits));
  } catch (error) {
    if (error instanceof CoreSyntaxError) return undefined;
    if (!(error instanceof DataError)) throw error;
    throw new Failure(
      'non string type detected for key in a map at , cfn-guard only supports keys that are string types',
    );
  }
}

function readJson(text: string, limits: Limits): UnitTest[] {
  const reader = new JsonReader(text);
  const skip = { read: () => reader.skip() };
  const rules = { read: () => reader.object(() => void reader.string()) };
  reader.list(() =>
    reader.struct('TestSpec', {
      name: { optional: true, read: () => void reader.optionalString() },
      input: skip,
      expectations: { read: () => reader.struct('TestExpectations', { rules }) },
    }),
  );
  reader.end();
  // Written anew it is YAML as well: gone are tabs and the escapes that only JSON has.
  const tests = testsOf(readCore(JSON.stringify(JSON.parse(text)), null, limits));
  if (tests === undefined) throw new JsonError('expected value at line 1 column 1');
  return tests;
}

/** @returns undefined for another shape. Where nothing is written, an empty list or map is read. */
function testsOf(root: Value): UnitTest[] | undefined {
  if (root.kind === 'null') return [];
  if (root.kind !== 'list') return undefined;
  const tests = root.value.map(testOf);
  return tests.every((test) => test !== undefined) ? tests : undefined;
}

function testOf(value: Value): UnitTest | undefined {
  if (value.kind !== 'map') return undefined;
  const name = value.value.get('name');
  const given = value.value.get('input');
  const rules = fieldOf(value.value.get('expectations'), 'rules');
  const expectations = rules === undefined ? undefined : textsOf(rules);
  if (given === undefined || expectations === undefined) return undefined;
  const input = asRoot(given);
  if (name === undefined || name.kind === 'null') return { name: null, input, expectations };
  const text = textOf(name);
  return text === undefined ? undefined : { name: text, input, expectations };
}

function fieldOf(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'map' ? value.value.get(name) : undefined;
}

function textsOf(value: Value): ReadonlyMap<string, string> | undefined {
  if (value.kind === 'null') return new Map();
  if (value.kind !== 'map') return undefined;
  const texts = new Map<string, string>();
  for (const entry of value.value.values) {
    const text = textOf(entry);
    if (text === undefined) return undefined;
    texts.set(String(entry.key), text);
  }
  return texts;
}

/** A scalar as text, whatever its type. */
function textOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'float':
      return displayFloat(value.value);
    case 'int':
    case 'bool':
      return String(value.value);
    case 'null':
      return '';
    default:
      return undefined;
  }
}
