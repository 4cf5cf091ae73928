import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathText } from '../../src/git/path-name.ts';

test('a name in UTF-8 stands for itself', () => {
  for (const name of ['a.yml', 'ü 日本.yml', 'a\\b.yml', 'C:\\a.yml', 'new\nline\t"x".yml', 'a\\012.yml'])
    assert.equal(pathText(Buffer.from(name)), name);
});

test('other bytes are written as git quotes them', () => {
  assert.equal(pathText(Buffer.from('caf\xe9.yml', 'latin1')), 'caf\\351.yml');
  assert.equal(pathText(Buffer.from('\\\xff', 'latin1')), '\\\\\\377');
});

test('no two names look the same', () => {
  const parts = ['', 'a', '\\', '3', '51', '\\351', '\xe9', 'Ã', 'é'];
  const names = parts.flatMap((a) => parts.flatMap((b) => parts.map((c) => a + b + c)));
  const rows = new Set(
    names.flatMap((name) =>
      [Buffer.from(name), Buffer.from(name, 'latin1')].map((row) => row.toString('hex')),
    ),
  );
  const texts = new Set([...rows].map((row) => pathText(Buffer.from(row, 'hex'))));
  assert.equal(texts.size, rows.size);
});
