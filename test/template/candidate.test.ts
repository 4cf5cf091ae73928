import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayHoldTemplate } from '../../src/template/candidate.ts';
import { isTemplate } from '../../src/template/detect.ts';
import { loadTemplates } from '../../src/template/templates.ts';

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
      assert.ok(isTemplate(loadTemplates('', Buffer.from(text))[0]!.root));
      assert.ok(holds(text), key);
    }
  });
  it('is true for every raw task definition', () => {
    const texts = [
      '{"containerDefinitions": []}',
      '[{"name": "a", "image": "b", "cpu": 1}]',
      '\ufeff[{"image":"b","user" :"c"}]',
      '# containers\r\n\r\n- image: b\r\n  essential: true',
      '--- # containers\n- image: b\n  ? user\n  : root',
      "a: 1\n---\n- image: b\n  'cpu': 1",
      'a: 1\n...\n  - image: b\n    memory: 5',
      '!!seq &all\n- image: b\n  links: []',
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
