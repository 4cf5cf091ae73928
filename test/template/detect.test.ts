import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTemplate, mayBeTemplate, mayHoldTemplate } from '../../src/template/detect.ts';
import { loadTemplates } from '../../src/template/templates.ts';

const rootOf = (text: string) => loadTemplates('', Buffer.from(text))[0]!.root;

describe('isTemplate', () => {
  const cases: Array<[title: string, text: string, expected: boolean]> = [
    ['a resource with a type', 'Resources: {A: {Type: AWS::SQS::Queue}}', true],
    ['a custom resource among others', 'Resources: {A: {}, B: {Type: Custom::X}}', true],
    ['no resources', 'Resources: {}', false],
    ['resources without types', 'Resources: {cpu: 5}', false],
    ['resources that are a list', 'Resources: [{Type: AWS::SQS::Queue}]', false],
    ['a container orchestrator file', 'kind: Pod\nspec: {resources: {limits: {cpu: 1}}}', false],
    ['text', 'hello', false],
  ];
  for (const [title, text, expected] of cases)
    it(`${expected ? 'sees' : 'passes over'} ${title}`, () =>
      assert.equal(isTemplate(rootOf(text)), expected));
});

describe('mayBeTemplate', () => {
  it('goes by the extension in any case', () => {
    for (const path of ['a.yml', 'a/b.YAML', 'a.json', 'x.Template']) assert.ok(mayBeTemplate(path));
    for (const path of ['a.yml.bak', 'yaml', 'a.ts', 'template']) assert.ok(!mayBeTemplate(path));
  });
});

describe('mayHoldTemplate', () => {
  const holds = (text: string, encoding: BufferEncoding = 'utf8') =>
    mayHoldTemplate(Buffer.from(text, encoding));
  it('is false only for files without the key', () => {
    assert.ok(!holds('{"name": "x", "text": "a\\nb \\"c\\" \\/"}'));
    assert.ok(holds('Resources: {}'));
  });
  it('never misses a key that is spelled with escapes', () => {
    const spellings = [
      '"R\\x65sources"',
      '"R\\u0065sources"',
      '"R\\U00000065sources"',
      '"Res\\\n  ources"',
      '"Res\\\r\nources"',
    ];
    for (const key of spellings) {
      const text = `? ${key}\n: {A: {Type: "AWS::SQS::Queue"}}\n`;
      assert.ok(isTemplate(rootOf(text)));
      assert.ok(holds(text), key);
    }
  });
  it('is true for every raw task definition', () => {
    const texts = [
      '{"containerDefinitions": []}',
      '[{"name": "a", "image": "b"}]',
      '\ufeff[{"image": "b"}]',
      '# containers\r\n\r\n- image: b',
      '--- # containers\n- image: b',
      'a: 1\n---\n- image: b',
      'a: 1\n...\n  - image: b',
      '!!seq &all\n- image: b',
      '- "im\\x61ge": b',
    ];
    for (const text of texts) assert.ok(holds(text), text);
  });
  it('costs no more than a look for what has lists and images elsewhere', () => {
    for (const text of [
      'services:\n  web:\n    image: x\n    ports:\n    - 80',
      '---\nspec: [{image: x}]',
      '[1, 2]',
    ])
      assert.ok(!holds(text), text);
  });
  it('lets UTF-16 through to its diagnostic', () => assert.ok(holds('\ufeffResources: {}', 'utf16le')));
});
