import fc from 'fast-check';
import { weighted } from '../property.ts';
import { key, text } from './literals.ts';
import { KEYS, TYPES } from './vocabulary.ts';

/** What a document can hold. Integers beyond those that numbers hold exactly are bigints. */
export type Data = null | boolean | number | bigint | string | Data[] | { [key: string]: Data };

export type DataMap = { [key: string]: Data };

/** Whether a number is one that Guard has as an integer. */
export function isInteger(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isSafeInteger(value);
}

const scalar = weighted<Data>(
  [5, text],
  [3, fc.integer({ min: -3, max: 20 })],
  [1, fc.integer({ min: -20, max: 40 }).map((eighths) => eighths / 8)],
  [2, fc.boolean()],
  [1, fc.constant(null)],
  [1, fc.constantFrom<Data>(2 ** 53 - 1, 2n ** 53n + 1n, -(2n ** 63n), 1e300, 1e-7)],
);

/** Data of at most so many levels. */
export const data: (depth: number) => fc.Arbitrary<Data> = fc.memo((depth) =>
  depth <= 0
    ? scalar
    : weighted<Data>([6, scalar], [4, map(depth)], [3, fc.array(data(depth - 1), { maxLength: 3 })]),
);

/** Some of the keys that rules know, and now and then another one. */
export const map: (depth: number) => fc.Arbitrary<DataMap> = fc.memo((depth) =>
  fc
    .tuple(
      fc.subarray(KEYS.filter((name) => name !== 'Type')),
      fc.array(data(depth - 1), { minLength: KEYS.length, maxLength: KEYS.length }),
      weighted<string[]>([3, fc.constant([])], [1, fc.array(key, { maxLength: 2 })]),
    )
    .map(([names, values, more]) =>
      Object.fromEntries([...names, ...more].map((name, at) => [name, values[at % values.length]!])),
    ),
);

const resource = fc
  .tuple(
    fc.constantFrom(...TYPES),
    weighted<DataMap>([9, map(3)], [1, fc.constant({})]),
    weighted<DataMap>([3, fc.constant({})], [1, map(2)]),
  )
  .map(([Type, Properties, rest]): DataMap => ({ ...rest, Type, Properties }));

/** A CloudFormation template, as far as rules see one. */
export const template: fc.Arbitrary<DataMap> = fc
  .tuple(
    fc.dictionary(fc.constantFrom('One', 'Two', 'Three'), resource, { noNullPrototype: true }),
    map(1),
    fc.boolean(),
  )
  .map(([Resources, more, first]) => (first ? { Resources, ...more } : { ...more, Resources }));

/** A map in which most queries lead somewhere, so that filters within filters have something to tell apart. */
const nested: (depth: number) => fc.Arbitrary<DataMap> = fc.memo((depth) => {
  const inner: fc.Arbitrary<Data> = depth > 0 ? nested(depth - 1) : fc.nat({ max: 3 });
  return fc
    .record({ a: fc.nat({ max: 3 }), name: text, within: inner, tags: fc.tuple(inner, inner) })
    .map(({ a, name, within, tags: Tags }): DataMap => ({ a, name, b: { a: within, size: a }, Tags }));
});

/** Documents that generated rules have something to say about. */
export const document: fc.Arbitrary<Data> = weighted<Data>(
  [8, template],
  [3, map(3)],
  [2, nested(3)],
  [1, data(2)],
);
