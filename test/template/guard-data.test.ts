import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DataError, loadGuardData } from '../../src/template/guard-data.ts';
import { locatedPathOf } from '../../src/value/path.ts';
import type { Value } from '../../src/value/value.ts';
import { fixture, show, walk } from './data.ts';

function load(text: string | Uint8Array): Value {
  return loadGuardData('d.yaml', typeof text === 'string' ? Buffer.from(text) : text).root;
}

function refusal(text: string | Uint8Array): string {
  try {
    load(text);
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'accepted';
}

const SYNTAX =
  /^Parser Error when parsing `Error encountered while parsing data file: d\.yaml, data beginning with \n/;

describe('conformance vectors', () => {
  for (const topic of ['04-yaml-scalars', '05-data-structure', '06-cfn-tags']) {
    const cases = JSON.parse(fixture(`conformance/${topic}.json`).toString()) as Array<{
      name: string;
      data: string;
      expect_error?: string;
    }>;
    for (const { name, data, expect_error } of cases) {
      it(`${expect_error === 'parse-data' ? 'refuses' : 'reads'} ${topic}: ${name}`, () => {
        if (expect_error === 'parse-data') assert.notEqual(refusal(data), 'accepted');
        else assert.equal(refusal(data), 'accepted');
      });
    }
  }
});

describe('the first document', () => {
  const cases: Array<[title: string, text: string, expected: string]> = [
    ['ends at a marker, whatever comes behind', 'a: 1\n---\n}{ @', '{a: int 1}'],
    ['ends where a JSON value ends', '{"a": 1} rest', '{a: int 1}'],
    ['ends where a key stands further left', '  a: 1\nb: 2\n', '{a: int 1}'],
    ['is an empty string when only a marker is there', '---\n', 'string ""'],
    [
      'ends behind its first entry when a byte order mark shifts the first line',
      '\ufeffa: 1\nb: 2\n',
      '{a: int 1}',
    ],
    ['is read whole from JSON with a byte order mark', '\ufeff{"a": 1,\n"b": 2}', '{a: int 1, b: int 2}'],
  ];
  for (const [title, text, expected] of cases) it(title, () => assert.equal(show(load(text)), expected));

  it('is not read past an error that the search for its keys runs into', () => {
    assert.match(refusal('{"a": 1} @'), SYNTAX);
  });

  it('suffers from a control character that is decoded together with it, not from a later one', () => {
    assert.match(refusal('a: 1\n---\n\u0001'), SYNTAX);
    assert.equal(show(load(`a: 1\n---\n# ${'x'.repeat(40_000)}\n\u0001`)), '{a: int 1}');
  });
});

describe('the syntax of libyaml', () => {
  const accepted: Array<[title: string, text: string, expected: string]> = [
    ['lets flow collections end left of their key', 'a:\n  b: [\n    x\n  ]\n', '{a: {b: [string "x"]}}'],
    ['lets quoted text go on in the first column', 'a:\n  b: "x\ny"\n', '{a: {b: string "x y"}}'],
    ['lets tabs indent flow collections', '{\n\t"a":\t1\n}', '{a: int 1}'],
    ['needs no blank before a comment behind quotes', 'a: "b"#c\n', '{a: string "b"}'],
    ['breaks lines at NEL', 'a: b\u0085c: d\n', '{a: string "b", c: string "d"}'],
    [
      'keeps LS as a break within text',
      'a: "b\u2028c"\n',
      '{a: string "b\\u2028c"}'.replace('\\u2028', '\u2028'),
    ],
    ['takes a bare minus in a flow list as text', '[-, -1]', '[string "-", int -1]'],
    ['reads CR and CRLF as line breaks', 'a: 1\rb: 2\r\nc: 3', '{a: int 1, b: int 2, c: int 3}'],
    [
      'keeps the breaks a literal asks for',
      'a: |+\n x\n\nb: >-\n y\n z\n',
      '{a: string "x\\n\\n", b: string "y z"}',
    ],
  ];
  for (const [title, text, expected] of accepted) it(title, () => assert.equal(show(load(text)), expected));

  const refused: Array<[title: string, text: string]> = [
    ['keys longer than 1024 characters', `${'k'.repeat(1025)}: 1\n`],
    ['keys longer than 1024 characters in flow style', `{"${'k'.repeat(1100)}": 1}`],
    ['keys over two lines', '{"a\nb": c}'],
    ['tabs behind a dash', '-\ta: 1\n'],
    ['tabs on an otherwise empty line', 'a: b\n\t\nc: d\n'],
    ['surrogate escapes', '{"v": "\\ud83d\\ude00"}'],
    ['YAML 1.3', '%YAML 1.3\n---\na: 1\n'],
    ['unknown directives', '%FOO bar\n---\na: 1\n'],
    ['anchors with a dot', 'a: &x.y b\n'],
    ['an empty key', ': a\n'],
    ['a byte order mark within the text', 'a: b\n\ufeffc: d\n'],
    ['control characters', 'a: "\u007f"\n'],
    ['aliases', 'a: &x 1\nb: *x\n'],
    ['a list on the line of its key', 'key: - a\n'],
  ];
  for (const [title, text] of refused) it(`refuses ${title}`, () => assert.match(refusal(text), SYNTAX));

  it('accepts a key of 1024 characters that are not in the basic plane', () => {
    assert.equal(refusal(`${'😀'.repeat(1024)}: 1\n`), 'accepted');
  });
});

describe('refusals', () => {
  it('say what native says', () => {
    const bytes = Buffer.from([0x61, 0x3a, 0xff]);
    assert.equal(refusal(bytes), 'I/O error when reading stream did not contain valid UTF-8');
    const empty = 'Parser Error when parsing `Unable to parse a template from data file: d.yaml is empty`';
    assert.equal(refusal(' \r\n\t'), empty);
    assert.equal(
      refusal('a:\n  1: x\n'),
      'Parser Error when parsing `non string type detected for key in a map at L:1,C:2, cfn-guard only supports keys that are string types`',
    );
    assert.equal(
      refusal('a: !!int x'),
      'Parser Error when parsing `Bad Value encountered parsing incoming file Value = x, Loc = L:0,C:3`',
    );
  });

  it('quote the first hundred bytes', () => {
    const text = `a: [${'x'.repeat(200)}`;
    assert.ok(refusal(text).endsWith(`data beginning with \n${text.slice(0, 100)}\n ...\``));
  });

  it('are errors where native crashes', () => {
    assert.match(refusal('# only a comment\n'), SYNTAX);
    assert.match(refusal(`[${'é'.repeat(60)}`), SYNTAX);
  });

  it('name the limit where native goes on until its stack ends', () => {
    for (const text of ['['.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`])
      assert.throws(() => load(text), /nested more than 1000 levels deep/);
  });
});

describe('values', () => {
  it('stand where libyaml says', () => {
    const root = load('a: 1\nb:\n  m:\n  t: !Sub [x, {z: 2}]\n  s: &k "q"\n');
    assert.deepEqual([...walk(root)].map(locatedPathOf), [
      '[L:0,C:0]',
      '/a[L:0,C:3]',
      '/b[L:2,C:2]',
      '/b/m[L:2,C:4]',
      '/b/t[L:3,C:5]',
      '/b/t/Fn::Sub[L:3,C:5]',
      '/b/t/Fn::Sub/0[L:3,C:11]',
      '/b/t/Fn::Sub/1[L:3,C:14]',
      '/b/t/Fn::Sub/1/z[L:3,C:18]',
      '/b/s[L:4,C:5]',
    ]);
  });

  it('stand on lines that end at every line break of YAML, not only at a line feed', () => {
    const root = load('a: 1\rb: "x\u0085y"\r\nc: [1,\u20282] # d\u2029d: 2\n');
    assert.deepEqual([...walk(root)].map(locatedPathOf), [
      '[L:0,C:0]',
      '/a[L:0,C:3]',
      '/b[L:1,C:3]',
      '/c[L:3,C:3]',
      '/c/0[L:3,C:4]',
      '/c/1[L:4,C:0]',
      '/d[L:5,C:3]',
    ]);
  });

  it('stand at the very beginning when they are a list at the root', () => {
    assert.deepEqual([...walk(load('\n  - a\n'))].map(locatedPathOf), ['[L:0,C:0]', '/0[L:1,C:4]']);
  });

  it('keep both occurrences of a duplicate key and the last value in the first place', () => {
    const root = load('a: 1\na: 2\nb: 3\n');
    assert.equal(show(root), '{a: int 2, b: int 3}');
    assert.ok(root.kind === 'map');
    assert.deepEqual(root.value.keys, ['a', 'a', 'b']);
    assert.deepEqual(root.value.keyStarts, [0, 5, 10]);
  });

  it('may have keys that mean something to JavaScript', () => {
    assert.equal(
      show(load('__proto__: {x: 1}\nconstructor: 2\n')),
      '{__proto__: {x: int 1}, constructor: int 2}',
    );
  });
});
