import fc from 'fast-check';
import type { Literal } from '../../../src/language/ast.ts';
import { weighted } from '../property.ts';
import { KEYS, ODD_KEYS, STRINGS } from './vocabulary.ts';

/** Texts that Guard can write: no string ends in a backslash. */
const anyText = fc.string({ unit: 'binary', maxLength: 5 }).filter((text) => !text.endsWith('\\'));

export const text = weighted<string>(
  [12, fc.constantFrom(...STRINGS)],
  [1, fc.constantFrom(...ODD_KEYS)],
  [1, anyText],
);

/** Keys of data, most of them such that generated data has them. */
export const key = weighted<string>([15, fc.constantFrom(...KEYS)], [1, fc.constantFrom(...ODD_KEYS)]);

/** A message ends at the first `>>`. */
export const message = weighted<string | null>(
  [6, fc.constant(null)],
  [2, fc.constantFrom('must hold', ' Violation: no\n  Fix: yes ', 'é; ü', '', '<<', '"', "'", '{ # }', '/')],
  [1, anyText.filter((said) => !said.includes('>>') && !said.endsWith('>'))],
);

const digits = fc.stringMatching(/^[0-9]{1,3}$/);
const integer = weighted<string>(
  [8, fc.integer({ min: -3, max: 20 }).map(String)],
  [1, fc.constantFrom('007', '-0', '9223372036854775807', '-9223372036854775807', '9007199254740993')],
);
const float = weighted<string>(
  [4, fc.constantFrom('0.5', '1.25', '10.0', '3.0', '2.500')],
  [1, fc.tuple(digits, digits).map(([whole, fraction]) => `${whole}.${fraction}`)],
  [
    1,
    fc.tuple(digits, fc.constantFrom('e+', 'E-'), fc.constantFrom('1', '02')).map((parts) => parts.join('')),
  ],
);

/** A pattern that can be written: no slash or backslash at the end, no two slashes together. */
export const regex = weighted<string>(
  [6, fc.constantFrom('web', '^a', '(?i)WEB', '\\d+$', '(?!x)e', '^[A-Z]', 'a|b', '.*', '^$', '\\bweb\\b')],
  [
    1,
    fc
      .array(
        fc.constantFrom('a', '\\w+', '[^a-z]', '(b|c)?', '/', '\\/', '"', '\\\\', '.{1,2}', '\\p{L}', 'é'),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((parts) => parts.join(''))
      .filter((pattern) => !/[/\\]$|\/\//.test(pattern)),
  ],
).map((pattern): Literal => ({ kind: 'regex', pattern }));

const character = weighted<string>(
  [4, fc.constantFrom('a', 'b', 'e', 'z')],
  [1, fc.constantFrom('é', ',', ')', ']', '-', '"', '\n', '🎉')],
);

const range = weighted<readonly ['int' | 'float' | 'char', string, string]>(
  [3, fc.tuple(fc.constant('int'), integer, integer)],
  [2, fc.tuple(fc.constant('float'), float, float)],
  [1, fc.tuple(fc.constant('char'), character, character)],
).chain(([of, lower, upper]) =>
  fc.record<Extract<Literal, { kind: 'range' }>>({
    kind: fc.constant('range'),
    of: fc.constant(of),
    lower: fc.constant(lower),
    upper: fc.constant(upper),
    lowerInclusive: fc.boolean(),
    upperInclusive: fc.boolean(),
  }),
);

const string = text.map((value): Literal => ({ kind: 'string', value }));

const scalar = weighted<Literal>(
  [5, string],
  [3, integer.map((number) => ({ kind: 'int', text: number }))],
  [2, float.map((number) => ({ kind: 'float', text: number }))],
  [2, fc.boolean().map((value) => ({ kind: 'bool', value }))],
  [1, fc.constant({ kind: 'null' })],
  [2, regex],
  [1, range],
);

/** A literal with lists and maps of so many levels. */
export const literal: (depth: number) => fc.Arbitrary<Literal> = fc.memo((depth) =>
  depth <= 0
    ? scalar
    : weighted<Literal>(
        [10, scalar],
        [3, fc.array(literal(depth - 1), { maxLength: 3 }).map((items) => ({ kind: 'list', items }))],
        [1, entries(depth).map((pairs) => ({ kind: 'map', entries: pairs }))],
      ),
);

const entries = (depth: number) =>
  fc.uniqueArray(fc.record({ key, value: literal(depth - 1) }), {
    maxLength: 3,
    selector: (entry) => entry.key,
  });

const strings = fc.array(string, { maxLength: 3 }).map((items): Literal => ({ kind: 'list', items }));

/** What the keys of a map are tested by. */
export const keyTest = weighted<Literal>(
  [2, string],
  [2, regex],
  [1, strings],
  [1, strings.map((list) => ({ kind: 'list', items: [list] }))],
);
