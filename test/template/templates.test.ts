import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DiagnosticError } from '../../src/source/diagnostic.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import { jsonForm } from '../../src/value/display.ts';
import { locatedPathOf } from '../../src/value/path.ts';
import type { Value } from '../../src/value/value.ts';
import { fixture, show, walk } from './data.ts';

function roots(text: string): Value[] {
  return loadTemplates('t.yaml', Buffer.from(text)).map(({ root }) => root);
}

function shown(text: string): string[] {
  return roots(text).map(show);
}

function diagnose(bytes: Uint8Array | string): DiagnosticError['diagnostic'] {
  try {
    loadTemplates('template.yaml', Buffer.from(bytes));
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostic;
    throw error;
  }
  throw new assert.AssertionError({ message: 'no diagnostic' });
}

describe('documents', () => {
  it('are all read', () => assert.deepEqual(shown('a: 1\n---\nb: 2\n...\n'), ['{a: int 1}', '{b: int 2}']));
  it('without content are left out', () => {
    for (const text of ['', '\n', '# comment\n', '---\n', '---\n---\n']) assert.deepEqual(shown(text), []);
  });
  it('may begin with a byte order mark', () =>
    assert.deepEqual(shown('\ufeffa: 1\nb: 2\n'), ['{a: int 1, b: int 2}']));
  it('may be JSON with surrogate escapes', () =>
    assert.deepEqual(shown('{"a": "\\uD83D\\ude00"}'), ['{a: string "😀"}']));
});

describe('keys', () => {
  it('are their text, whatever it looks like', () => {
    const [root] = shown('123456789012: 1\ny: 2\ntrue: 3\n~: 4\n!Ref x: 5\n');
    assert.equal(root, '{123456789012: int 1, y: int 2, true: int 3, ~: int 4, x: int 5}');
  });
});

describe('aliases', () => {
  it('stand for copies that belong where they are used and point at the anchored text', () => {
    const [root] = roots('a: &x\n  k: [1]\nb: *x\n');
    assert.deepEqual([...walk(root!)].map(locatedPathOf), [
      '[L:0,C:0]',
      '/a[L:0,C:3]',
      '/a/k[L:1,C:5]',
      '/a/k/0[L:1,C:6]',
      '/b[L:0,C:3]',
      '/b/k[L:1,C:5]',
      '/b/k/0[L:1,C:6]',
    ]);
  });
  it('name the latest anchor, in their own document', () => {
    assert.deepEqual(shown('a: &x 1\nb: &x 2\nc: *x\n'), ['{a: int 1, b: int 2, c: int 2}']);
    assert.match(diagnose('a: &x 1\n---\nb: *x\n').message, /no anchor `&x`/);
  });
  it('may be keys', () =>
    assert.deepEqual(shown('&k key: 1\nm: {*k : 2}\n'), ['{key: int 1, m: {key: int 2}}']));
  it('cannot unfold without bound', () => {
    let text = 'a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n';
    for (let level = 1; level < 12; level++)
      text += `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]\n`;
    assert.equal(diagnose(text).code, 'template-too-large');
  });
});

describe('short forms of functions', () => {
  it('stand for the long ones, whatever is behind them', () => {
    assert.deepEqual(
      shown('a: !ImportValue {Fn::Sub: x}\nb: !Transform {Name: v}\nc: !Length [1]\nd: !ToJsonString z\n'),
      [
        '{a: {Fn::ImportValue: {Fn::Sub: string "x"}}, b: {Fn::Transform: {Name: string "v"}}, c: {Fn::Length: [int 1]}, d: {Fn::ToJsonString: string "z"}}',
      ],
    );
  });
  it('may be anchored and repeated', () =>
    assert.deepEqual(shown('a: &x !Transform {Name: v}\nb: *x\n'), [
      '{a: {Fn::Transform: {Name: string "v"}}, b: {Fn::Transform: {Name: string "v"}}}',
    ]));
  it('of other tools are no functions', () =>
    assert.deepEqual(shown('a: !Other {b: c}\nd: !Other e\n'), ['{a: {b: string "c"}, d: string "e"}']));
});

describe('merge keys', () => {
  it('add what the map has not', () => {
    assert.deepEqual(shown('a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\n'), [
      '{a: {p: int 1, q: int 2}, b: {q: int 3, p: int 1}}',
    ]);
  });
  it('prefer the first of several maps', () => {
    assert.deepEqual(shown('b: {<<: [{p: 1}, {p: 2, q: 3}]}\n'), ['{b: {p: int 1, q: int 3}}']);
  });
  it('are ordinary keys in quotes', () => assert.deepEqual(shown('{"<<": {a: 1}}'), ['{<<: {a: int 1}}']));
});

describe('pairs of YAML and JSON', () => {
  for (const name of ['worker', 'shared-defaults'])
    it(`load to equal values: ${name}`, () => {
      const [yaml] = loadTemplates('', fixture(`templates/${name}.yaml`));
      const [json] = loadTemplates('', fixture(`templates/${name}.json`));
      const withoutOrder = (value: Value) =>
        [...walk(value)]
          .map(
            (each) =>
              `${locatedPathOf(each).replace(/\[L:.*/, '')} ${each.kind} ${each.kind === 'list' || each.kind === 'map' ? '' : String(each.value)}`,
          )
          .sort();
      assert.deepEqual(withoutOrder(yaml!.root), withoutOrder(json!.root));
    });
});

describe('malformed files', () => {
  for (const name of readdirSync(new URL('../../fixtures/malformed/', import.meta.url)))
    it(`are explained: ${name}`, () => {
      const expected: unknown = JSON.parse(fixture(`malformed/${name}/expected.json`).toString());
      assert.deepEqual(diagnose(fixture(`malformed/${name}/template.yaml`)), expected);
    });

  it('are explained however deep they nest', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), `${'{a: '.repeat(100_000)}`])
      assert.equal(diagnose(text).code, 'template-too-large');
  });
});

describe('JSON that libyaml refuses', () => {
  const cases = {
    'a line break between key and colon': '{"Resources"\n:\n{"A": {"Type"\n: "T"}}}',
    'a key of more than 1024 characters': `{"${'k'.repeat(2000)}": 1, "a": {"b": 2}}`,
    'surrogate escapes': '{"a": "\\ud83d\\ude00"}',
  };
  for (const [what, text] of Object.entries(cases)) {
    it(`is read: ${what}`, () => {
      const [template] = loadTemplates('t.json', Buffer.from(text));
      assert.equal(jsonForm(template!.root), JSON.stringify(JSON.parse(text)));
    });
  }
});
