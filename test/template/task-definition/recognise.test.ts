import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rawTaskDefinition } from '../../../src/template/task-definition/recognise.ts';
import { loadTemplates } from '../../../src/template/templates.ts';

const found = (text: string) => rawTaskDefinition(loadTemplates('', Buffer.from(text))[0]!.root);

describe('rawTaskDefinition', () => {
  const taskDefinitions: Array<[title: string, text: string, family: string | null]> = [
    ['what is registered', '{"family": "f", "containerDefinitions": []}', 'f'],
    ['one whose family is given elsewhere', 'containerDefinitions: [{name: a, image: b}]', null],
    [
      'the answer to a question',
      '{"taskDefinition": {"family": "f", "containerDefinitions": []}, "tags": []}',
      'f',
    ],
    ['a list of containers', '[{"name": "a", "image": "b", "essential": true}]', null],
    [
      'a list of containers with properties of no meaning elsewhere',
      '[{name: a, image: b, user: root}]',
      null,
    ],
    [
      'a list of containers of which one lacks its image',
      '[{name: a, image: b, essential: true}, {name: c}]',
      null,
    ],
    [
      'a list of containers with a property that is not known',
      '[{name: a, image: b, portMappings: [], x: 1}]',
      null,
    ],
  ];
  for (const [title, text, family] of taskDefinitions)
    it(`sees ${title}`, () => assert.equal(found(text)?.family, family));

  const others: Array<[title: string, text: string]> = [
    ['a list of images to deploy', '[{"name": "a", "imageUri": "b"}]'],
    ['a list of goods', '[{"name": "Chair", "image": "chair.png", "user": "ann"}]'],
    ['a list of people', '[{"name": "Ann", "image": "https://example.com/ann", "user": "ann"}]'],
    ['a list of names and images', '[{"name": "a", "image": "b"}]'],
    ['a list of products with prices', '[{"name": "a", "image": "b", "memory": 8, "price": 5}]'],
    ['a list in which not all have images', '[{"name": "a", "image": "b", "user": "root"}, {"name": "c"}]'],
    ['a list in which not all are maps', '[{"name": "a", "image": "b", "essential": true}, "c"]'],
    ['an empty list', '[]'],
    ['a compose file', 'services: {web: {image: nginx, user: root, privileged: true}}'],
    ['a pod', 'kind: Pod\nspec: {containers: [{name: a, image: b}]}'],
    ['a package', '{"name": "a", "image": "b", "dependencies": {}}'],
    ['container definitions as text', '{"family": "f", "containerDefinitions": "[]"}'],
    ['container definitions of something else', '{"containerDefinitions": [1, { "width": 5 }]}'],
    ['a service that names a task definition', '{"taskDefinition": "web:3", "serviceName": "web"}'],
    ['text', 'containerDefinitions'],
  ];
  for (const [title, text] of others) it(`passes over ${title}`, () => assert.equal(found(text), undefined));
});
