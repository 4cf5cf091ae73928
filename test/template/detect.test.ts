import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTemplate, mayBeTemplate } from '../../src/template/detect.ts';
import { loadTemplates } from '../../src/template/templates.ts';

const rootOf = (text: string) => loadTemplates('', Buffer.from(text))[0]!.root;

describe('isTemplate', () => {
  const cases: Array<[title: string, text: string, expected: boolean]> = [
    ['a resource with a type', 'Resources: {A: {Type: AWS::SQS::Queue}}', true],
    ['a custom resource among others', 'Resources: {A: {}, B: {Type: Custom::X}}', true],
    ['a loop', 'Resources: {"Fn::ForEach::Task": [Name, [A], {"${Name}": {Type: AWS::SQS::Queue}}]}', true],
    ['a transform', 'Resources: {"Fn::Transform": {Name: AWS::Include}}', true],
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
