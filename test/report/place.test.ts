import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../src/report/place.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import type { Value } from '../../src/value/value.ts';

/** The place of the string `here` in a document. */
function placeIn(text: string) {
  const find = (value: Value): Value | undefined => {
    if (value.kind === 'string' && value.value === 'here') return value;
    const children = value.kind === 'list' ? value.value : value.kind === 'map' ? value.value.values : [];
    return children.map(find).find((found) => found !== undefined);
  };
  return placeOf(find(loadTemplates('', Buffer.from(text))[0]!.root)!);
}

test('a value in a template is in its resource, and perhaps in a container', () => {
  assert.deepEqual(
    placeIn('Resources: {Web: {Properties: {ContainerDefinitions: [{Name: app, User: here}]}}}'),
    {
      resource: 'Web',
      container: 'app',
    },
  );
  assert.deepEqual(placeIn('Resources: {Web: {Properties: {Family: here}}}'), {
    resource: 'Web',
    container: null,
  });
  assert.deepEqual(placeIn('Parameters: {A: {Default: here}}'), { resource: null, container: null });
});

test('a value in a raw task definition is in its family', () => {
  assert.deepEqual(placeIn('{family: web, containerDefinitions: [{name: app, user: here}]}'), {
    resource: 'web',
    container: 'app',
  });
  assert.deepEqual(placeIn('{taskDefinition: {family: web, containerDefinitions: [{cpu: 1, user: here}]}}'), {
    resource: 'web',
    container: '[0]',
  });
  assert.deepEqual(placeIn('[{name: app, image: a, user: root, entryPoint: [here]}]'), {
    resource: null,
    container: 'app',
  });
});

test('a resource that CDK made is known by its construct as well', () => {
  assert.deepEqual(
    placeIn(
      'Resources: {WebTask1A2B: {Metadata: {"aws:cdk:path": Shop/Web/Task/Resource}, Properties: {Family: here}}}',
    ),
    { resource: 'WebTask1A2B', construct: 'Shop/Web/Task/Resource', container: null },
  );
});
