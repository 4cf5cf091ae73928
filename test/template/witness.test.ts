import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  type CollectionTag,
  Pair,
  parseAllDocuments,
  Scalar,
  type ScalarTag,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { loadTemplates } from '../../src/template/templates.ts';
import { pathOf } from '../../src/value/path.ts';
import type { Value } from '../../src/value/value.ts';

/*
 * Another YAML library as an independent witness: both read the same files, and may only differ in what plain scalars
 * mean, where Guard has rules of its own.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['fixtures/templates', 'fixtures/ecs', '../shared/templates'];

/** In worker.yaml, text in quotes goes on left of its key, which libyaml allows and the witness does not. */
const LEFT_OF_KEY = /^ {2}(?=over two lines")/m;

const OF_SCALARS = ['Ref', 'Base64', 'Sub', 'GetAZs', 'ImportValue', 'GetAtt', 'Condition'];
const OF_LISTS = [
  'GetAtt',
  'Sub',
  'Select',
  'Split',
  'Join',
  'FindInMap',
  'And',
  'Equals',
  'If',
  'Not',
  'Or',
];
const longName = (name: string) => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

const CLOUDFORMATION_TAGS: (ScalarTag | CollectionTag)[] = [
  ...OF_SCALARS.map((name): ScalarTag => {
    const resolve = (text: string) => new Map([[longName(name), new Leaf(text, text, false)]]);
    return { tag: `!${name}`, resolve };
  }),
  ...OF_LISTS.map((name): CollectionTag => {
    const resolve: CollectionTag['resolve'] = (list) => {
      const map = new YAMLMap();
      const plain = new YAMLSeq();
      plain.items = list.items;
      map.items.push(new Pair(new Scalar(longName(name)), plain));
      return map;
    };
    return { tag: `!${name}`, collection: 'seq', resolve };
  }),
];

/** A scalar of the witness: its text, and what that means by YAML 1.1. Integers are bigints. */
class Leaf {
  readonly text: string;
  readonly value: unknown;
  readonly isPlain: boolean;

  constructor(text: string, value: unknown, isPlain: boolean) {
    this.text = text;
    this.value = value;
    this.isPlain = isPlain;
  }
}

/** The documents of a file as maps, lists and leaves, with aliases and merge keys resolved and keys by their text. */
function witnessed(text: string): unknown[] {
  const documents = parseAllDocuments(text, {
    ...{ version: '1.1', schema: 'yaml-1.1', merge: true, intAsBigInt: true, uniqueKeys: false },
    customTags: (tags) => [...tags, ...CLOUDFORMATION_TAGS],
  });
  assert.ok(Array.isArray(documents));
  return documents.flatMap((document) => {
    assert.deepEqual(document.errors, []);
    if (document.contents === null) return [];
    visit(document, { Scalar: keepText });
    return [document.toJS({ mapAsMap: true })];
  });
}

function keepText(place: unknown, scalar: Scalar): void {
  const isPlain = scalar.type === 'PLAIN' && scalar.tag === undefined;
  const text = scalar.source ?? String(scalar.value);
  if (place !== 'key') {
    if (!(scalar.value instanceof Map)) scalar.value = new Leaf(text, scalar.value, isPlain);
  } else if (!isPlain || text !== '<<') {
    scalar.value = text;
  }
}

interface Difference {
  readonly because: string;
  readonly text: RegExp;
  readonly ours: Value['kind'];
  readonly examples: readonly string[];
}

/** Where Guard types plain scalars differently from YAML 1.1 (fixtures/conformance/04-yaml-scalars.json). */
const DIFFERENCES: readonly Difference[] = [
  { because: 'nothing is an empty string', text: /^$/, ours: 'string', examples: [''] },
  {
    because: 'booleans are written in lower case',
    text: /^(?:y|yes|n|no|true|false|on|off)$/i,
    ours: 'string',
    examples: ['Yes', 'TRUE', 'Off', 'N'],
  },
  { because: 'dates are text', text: /^\d{4}-\d\d?-\d\d?/, ours: 'string', examples: ['2010-09-09'] },
  { because: 'integers are decimal', text: /^[+-]?0\d+$/, ours: 'int', examples: ['017'] },
  {
    because: 'other notations of integers are text',
    text: /^[+-]?(?:0b[01_]+|0x[\da-f_]+|\d[\d_]*(?::[0-5]?\d)*)$/i,
    ours: 'string',
    examples: ['0x1F', '0b11', '1_000', '12:30:45'],
  },
  {
    because: 'integers have 64 bits',
    text: /^[+-]?\d{19,}$/,
    ours: 'float',
    examples: ['9223372036854775808'],
  },
  {
    because: 'words for floats have no dot',
    text: /^[+-]?\.(?:inf|nan)$/i,
    ours: 'string',
    examples: ['.inf', '.NaN'],
  },
  {
    because: 'words for floats are those of Rust',
    text: /^[+-]?(?:inf|infinity|nan)$/i,
    ours: 'float',
    examples: ['inf', '-Infinity', 'NaN'],
  },
];

/**
 * What differs beyond the list, one line each.
 *
 * @param ordered whether keys have to be in one order, which YAML does not lay down for those that are merged in
 */
function* disagreements(theirs: unknown, ours: Value, ordered = true): Generator<string> {
  const at = `${pathOf(ours)}: `;
  if (theirs instanceof Map) {
    if (ours.kind !== 'map') return yield `${at}a map is a ${ours.kind}`;
    const keys = ours.value.values.map(({ key }) => key);
    const theirKeys = [...theirs.keys()];
    if (!isDeepStrictEqual(ordered ? keys : keys.toSorted(), ordered ? theirKeys : theirKeys.sort()))
      return yield `${at}keys differ: ${keys}`;
    for (const [key, value] of theirs) yield* disagreements(value, ours.value.get(key)!, ordered);
  } else if (Array.isArray(theirs)) {
    if (ours.kind !== 'list') return yield `${at}a list is a ${ours.kind}`;
    if (ours.value.length !== theirs.length) return yield `${at}${ours.value.length} elements`;
    for (const [index, value] of theirs.entries()) yield* disagreements(value, ours.value[index]!, ordered);
  } else {
    assert.ok(theirs instanceof Leaf);
    if (!agrees(theirs, ours) && !isListed(theirs, ours)) yield `${at}${theirs.text} is a ${ours.kind}`;
  }
}

function agrees({ value }: Leaf, ours: Value): boolean {
  switch (ours.kind) {
    case 'int':
      return typeof value === 'bigint' && value === BigInt(ours.value);
    case 'float':
      return typeof value === 'number' && Object.is(value, ours.value);
    default:
      return value === ours.value;
  }
}

function isListed({ text, isPlain }: Leaf, ours: Value): boolean {
  if (!isPlain || (ours.kind === 'string' && ours.value !== text)) return false;
  return DIFFERENCES.some((difference) => difference.ours === ours.kind && difference.text.test(text));
}

describe('The yaml package as a witness', () => {
  for (const folder of FOLDERS) {
    const path = join(ROOT, folder);
    const skip = existsSync(path) ? false : `there is no folder ${folder}`;
    it(`reads the files of ${folder} as we do`, { skip }, () => {
      const files = readdirSync(path).filter((name) => /\.(ya?ml|json|template)$/.test(name));
      assert.notEqual(files.length, 0);
      for (const name of files) {
        const text = readFileSync(join(path, name), 'utf8').replace(LEFT_OF_KEY, ' '.repeat(10));
        const theirs = witnessed(text);
        const ours = loadTemplates(name, Buffer.from(text));
        assert.equal(ours.length, theirs.length, name);
        const found = ours.flatMap(({ root }, at) => [
          ...disagreements(theirs[at], root, !text.includes('<<:')),
        ]);
        assert.deepEqual(found, [], name);
      }
    });
  }

  it('refuses text in quotes that goes on left of its key', () => {
    const text = readFileSync(join(ROOT, 'fixtures/templates/worker.yaml'), 'utf8');
    assert.match(text, LEFT_OF_KEY);
    assert.throws(() => witnessed(text), assert.AssertionError);
  });

  for (const { because, text, ours, examples } of DIFFERENCES)
    it(`is at odds with Guard because ${because}`, () => {
      for (const example of examples) {
        assert.match(example, text);
        const document = `- ${example}\n`;
        const [template] = loadTemplates('t.yml', Buffer.from(document));
        const [leaf] = witnessed(document)[0] as [Leaf];
        const value = template?.root.kind === 'list' ? template.root.value[0] : undefined;
        assert.equal(value?.kind, ours);
        assert.ok(!agrees(leaf, value), `${example} is read alike by now`);
      }
    });

  it('would notice another value, key, order or kind', () => {
    const ours = loadTemplates('t.yml', Buffer.from('a: 1\nb: [x]\n'))[0]!.root;
    for (const other of [
      'a: 2\nb: [x]',
      'a: 1\nc: [x]',
      'b: [x]\na: 1',
      'a: "1"\nb: [x]',
      'a: 1\nb: x',
      'a: 1\nb: []',
    ])
      assert.notDeepEqual([...disagreements(witnessed(other)[0], ours)], [], other);
  });
});
