import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTemplate, mayBeTemplate, mayHoldTemplate, templateKind } from '../../src/template/detect.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import { fixture } from './data.ts';

function kindOf(text: string): string | undefined {
  return templateKind(loadTemplates('', Buffer.from(text))[0]!.root);
}

describe('templateKind', () => {
  const cases: Array<[title: string, text: string, expected: string | undefined]> = [
    ['a resource with a type', 'Resources: {A: {Type: AWS::SQS::Queue}}', 'cloudformation'],
    ['a custom resource among others', 'Resources: {A: {}, B: {Type: Custom::X}}', 'cloudformation'],
    ['no resources', 'Resources: {}', undefined],
    ['resources without types', 'Resources: {cpu: 5}', undefined],
    ['resources that are a list', 'Resources: [{Type: AWS::SQS::Queue}]', undefined],
    ['a container orchestrator file', 'kind: Pod\nspec: {resources: {limits: {cpu: 1}}}', undefined],
    ['a task definition', '{"family": "f", "containerDefinitions": []}', 'task-definition'],
    [
      'a described task definition',
      '{"taskDefinition": {"containerDefinitions": [{"image": "x"}]}}',
      'task-definition',
    ],
    ['a list of containers', '[{"name": "a", "image": "x"}]', 'task-definition'],
    ['a list of images to deploy', '[{"name": "a", "imageUri": "x"}]', undefined],
    ['text', 'hello', undefined],
  ];
  for (const [title, text, expected] of cases)
    it(`sees ${title}`, () => assert.equal(kindOf(text), expected));

  it('lets a template win', () => {
    const [template] = loadTemplates('', fixture('templates/worker.yaml'));
    assert.ok(isTemplate(template!.root));
  });
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
      assert.equal(kindOf(text), 'cloudformation');
      assert.ok(holds(text), key);
    }
  });
  it('lets UTF-16 through to its diagnostic', () => assert.ok(holds('\ufeffResources: {}', 'utf16le')));
});
