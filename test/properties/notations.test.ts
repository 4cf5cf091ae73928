import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCore } from '../../src/template/core-reader.ts';
import { loadGuardData } from '../../src/template/guard-data.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import type { Value } from '../../src/value/value.ts';
import { Choices, decisions } from './arbitraries/choices.ts';
import { type Data, data, document, isInteger } from './arbitraries/data.ts';
import { type Path, placeOf, type Written, writeJson, writeYaml } from './arbitraries/notation.ts';
import { holds, weighted } from './property.ts';

/* The same data in JSON and in YAML, written by a writer of our own that notes where it puts each value. */

type Writer = (value: Data) => Written;

const json = fc.constantFrom('', ' ', '  ', '\t').map(
  (indent): Writer =>
    (value) =>
      writeJson(value, indent, false),
);
/** The native tool refuses the two escapes that JSON has for a character beyond 16 bits. */
const asciiJson = fc.constantFrom('', '  ').map(
  (indent): Writer =>
    (value) =>
      writeJson(value, indent, true),
);
const yaml = (aliases: boolean) =>
  decisions.map(
    (numbers): Writer =>
      (value) =>
        writeYaml(value, new Choices(numbers), { aliases }),
  );

const asHook = (text: string) => loadTemplates('t', Buffer.from(text))[0]?.root;
const asNative = (text: string) => loadGuardData('t', Buffer.from(text)).root;
/** Values without places. */
const asUnitTest = (text: string) => readCore(text, null);

/** An empty text is no document to the hook. */
const documents = weighted<Data>([1, document], [1, data(4)]).filter((value) => value !== '');

for (const [what, writers, read] of [
  ['JSON', json, asHook],
  ['JSON in ASCII', asciiJson, asHook],
  ['YAML', yaml(false), asHook],
  ['YAML with aliases', yaml(true), asHook],
  ['JSON, to the native commands,', json, asNative],
  ['YAML, to the native commands,', yaml(false), asNative],
  ['JSON, to unit tests,', json, asUnitTest],
] as const)
  test(`${what} says what was written, and where`, () =>
    holds(
      100,
      fc.tuple(documents, writers).map(([value, write]) => ({ value, written: write(value) })),
      ({ value, written }) => assertReads(read(written.text), value, written),
      ({ written }) => written.text,
    ));

function assertReads(read: Value | undefined, value: Data, written: Written, path: Path = []): void {
  const about = placeOf(path);
  assert.ok(read !== undefined, `${about} is not there`);
  const place = written.places.get(about);
  // A list at the root has no place of its own.
  if (read.source !== null && place !== undefined && !(Array.isArray(value) && path.length === 0))
    assert.equal(read.start, place.start, `${about} stands elsewhere`);
  if (Array.isArray(value)) {
    assert.equal(read.kind, 'list', about);
    const elements = read.value as readonly Value[];
    assert.equal(elements.length, value.length, about);
    for (const [at, element] of value.entries()) assertReads(elements[at], element, written, [...path, at]);
  } else if (typeof value === 'object' && value !== null) {
    assert.ok(read.kind === 'map', about);
    assert.deepEqual(read.value.keys, Object.keys(value), about);
    for (const [key, entry] of Object.entries(value))
      assertReads(read.value.get(key), entry, written, [...path, key]);
  } else assert.deepEqual({ kind: read.kind, value: read.value }, scalarOf(value), about);
}

function scalarOf(value: Exclude<Data, object>): Pick<Value, 'kind' | 'value'> {
  if (value === null) return { kind: 'null', value };
  switch (typeof value) {
    case 'boolean':
      return { kind: 'bool', value };
    case 'string':
      return { kind: 'string', value };
    default:
      return { kind: isInteger(value) ? 'int' : 'float', value };
  }
}
