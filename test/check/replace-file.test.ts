import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readPlainFile, replaceFile } from '../../src/check/replace-file.ts';
import { temporaryFolder } from '../support/repo.ts';

const OLD = Buffer.from('old');
const NEW = Buffer.from('new');

function folderWithFile(t: TestContext): { readonly folder: string; readonly file: string } {
  const folder = temporaryFolder(t);
  const file = join(folder, 'a.yml');
  writeFileSync(file, OLD);
  return { folder, file };
}

test('a file gets its new content and keeps its mode', (t) => {
  const { folder, file } = folderWithFile(t);
  chmodSync(file, 0o751);
  assert.equal(replaceFile(file, OLD, NEW), true);
  assert.equal(readFileSync(file, 'utf8'), 'new');
  assert.equal(statSync(file).mode & 0o7777, 0o751);
  assert.deepEqual(readdirSync(folder), ['a.yml']);
});

test('a file that holds something else by now stays as it is', (t) => {
  const { folder, file } = folderWithFile(t);
  assert.equal(replaceFile(file, Buffer.from('older'), NEW), false);
  assert.equal(readFileSync(file, 'utf8'), 'old');
  assert.deepEqual(readdirSync(folder), ['a.yml']);
});

test('a file that is gone is not made again', (t) => {
  const { folder } = folderWithFile(t);
  assert.equal(replaceFile(join(folder, 'b.yml'), OLD, NEW), false);
  assert.deepEqual(readdirSync(folder), ['a.yml']);
});

test('neither a link nor a folder is a plain file', (t) => {
  const { folder, file } = folderWithFile(t);
  symlinkSync('a.yml', join(folder, 'link.yml'));
  mkdirSync(join(folder, 'folder.yml'));
  assert.equal(readPlainFile(join(folder, 'link.yml')), null);
  assert.equal(readPlainFile(join(folder, 'folder.yml')), null);
  assert.equal(replaceFile(join(folder, 'link.yml'), OLD, NEW), false);
  assert.equal(readPlainFile(file)?.toString(), 'old');
});
