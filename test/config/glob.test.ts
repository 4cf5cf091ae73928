import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globTest } from '../../src/config/glob.ts';

/** Which of the paths the glob matches. */
const matched = (glob: string, ...paths: string[]) => paths.filter(globTest([glob]));

test('a star stands for any part of one name, and a question mark for one character', () => {
  assert.deepEqual(matched('infra/*.yml', 'infra/a.yml', 'infra/.yml', 'infra/x/a.yml', 'infra/a.yaml'), [
    'infra/a.yml',
    'infra/.yml',
  ]);
  assert.deepEqual(matched('infra/?.yml', 'infra/a.yml', 'infra/😀.yml', 'infra/ab.yml', 'infra//.yml'), [
    'infra/a.yml',
    'infra/😀.yml',
  ]);
});

test('two stars stand for any number of folders', () => {
  const paths = ['a.yml', 'x/a.yml', 'x/y/a.yml', 'x/ya.yml'];
  assert.deepEqual(matched('**/a.yml', ...paths), ['a.yml', 'x/a.yml', 'x/y/a.yml']);
  assert.deepEqual(matched('x/**/a.yml', ...paths), ['x/a.yml', 'x/y/a.yml']);
  assert.deepEqual(matched('x/**', ...paths, 'x'), ['x/a.yml', 'x/y/a.yml', 'x/ya.yml']);
  assert.deepEqual(matched('**', ...paths), paths);
});

test('the folder of the globs itself stands for all that is in it', () => {
  const paths = ['a.yml', 'x/y/.hidden.yml'];
  for (const glob of ['.', './', '/']) assert.deepEqual(matched(glob, ...paths), paths);
});

test('braces hold alternatives, also within each other, and stand for themselves without a partner', () => {
  assert.deepEqual(matched('*.{yml,json}', 'a.yml', 'b/a.json', 'a.yaml'), ['a.yml', 'b/a.json']);
  assert.deepEqual(matched('/{a,b{c,d}}.yml', 'a.yml', 'bc.yml', 'bd.yml', 'b.yml', 'ab.yml'), [
    'a.yml',
    'bc.yml',
    'bd.yml',
  ]);
  assert.deepEqual(matched('a{,}.yml', 'a.yml'), ['a.yml']);
  assert.deepEqual(matched('}{', '}{', 'a'), ['}{']);
  assert.deepEqual(matched('{a,b', '{a,b', 'a', 'b'), ['{a,b']);
});

test('a glob without a slash is for names in all folders, and any other is for paths from its own folder', () => {
  const paths = ['generated.yml', 'a/generated.yml', 'a/b/generated.yml'];
  assert.deepEqual(matched('generated.yml', ...paths), paths);
  assert.deepEqual(matched('/generated.yml', ...paths), ['generated.yml']);
  assert.deepEqual(matched('./generated.yml', ...paths), ['generated.yml']);
  assert.deepEqual(matched('a/generated.yml', ...paths), ['a/generated.yml']);
});

test('what matches a folder matches everything below it', () => {
  const paths = [
    'examples/a.yml',
    'examples/b/c.yml',
    'x/examples/a.yml',
    'examples.yml',
    'my-examples/a.yml',
  ];
  assert.deepEqual(matched('examples', ...paths), paths.slice(0, 3));
  assert.deepEqual(matched('examples/', ...paths), paths.slice(0, 3));
  assert.deepEqual(matched('/examples/', ...paths), paths.slice(0, 2));
  assert.deepEqual(matched('examples/b', ...paths), ['examples/b/c.yml']);
});

test('characters that mean something elsewhere stand for themselves, and case counts', () => {
  for (const name of [
    '[id].yml',
    'a+b.yml',
    '(a).yml',
    'a$.yml',
    '^a.yml',
    'a|b.yml',
    'a\nb.yml',
    'a,b.yml',
    'ä.yml',
  ])
    assert.deepEqual(matched(name, name, 'i.yml', 'aab.yml'), [name]);
  assert.deepEqual(matched('a.yml', 'axyml', 'A.yml'), []);
});

test('one of several globs is enough, and none match nothing', () => {
  const isIn = globTest(['a/**', '*.json']);
  assert.deepEqual(['a/x.yml', 'b/x.json', 'b/x.yml'].map(isIn), [true, true, false]);
  assert.equal(globTest([])('a'), false);
});
