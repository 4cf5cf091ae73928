import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { displayPath, displayPaths, isInside } from '../../src/check/paths.ts';

const at = (...names: string[]) => join('/top', ...names);

test('files are shown from where people are, one by one as well as many at once', () => {
  const shown = displayPaths(at('app'));
  const files = ['app/a.yml', 'app/x/b.yml', 'app/x/c.yml', 'd.yml', 'other/e.yml', '../f.yml'].map((file) =>
    at(file),
  );
  const expected = ['a.yml', 'x/b.yml', 'x/c.yml', '../d.yml', '../other/e.yml', '../../f.yml'];
  assert.deepEqual(files.map(shown), expected);
  assert.deepEqual(
    files.map((file) => displayPath(at('app'), file)),
    expected,
  );
});

test('folders may be taken for others', () => {
  const shown = displayPaths(at(), (folder) => folder.replace('link', 'real'));
  assert.equal(shown(at('link', 'link.guard')), 'real/link.guard');
});

test('a folder holds itself and what is below it', () => {
  const inside = [at(), at('a'), at('..a')];
  const outside = [at('..'), at('..', 'other'), at('..', 'topmost')];
  assert.deepEqual(
    [...inside, ...outside].filter((path) => isInside(at(), path)),
    inside,
  );
});
