import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FILES_ON_DISK } from '../../src/check/project-files.ts';
import { findRuleFiles, ruleFilesBelow } from '../../src/check/rule-files.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import { temporaryFolder } from '../support/repo.ts';

/** What is read of a folder on disk, as `path: text`, and what is complained about. */
async function read(folder: string): Promise<string[]> {
  const complaints: string[] = [];
  const complain = ({ file, message }: Diagnostic) => void complaints.push(`${file}: ${message}`);
  const found = await findRuleFiles(['.'], { base: folder, cwd: folder, files: FILES_ON_DISK }, complain);
  return [...found.map(({ path, content }) => `${path}: ${content}`), ...complaints];
}

test('rule files are found in all folders, in the order of their names', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'b', 'deep.guard'), { recursive: true });
  for (const name of ['c.guard', 'b.ruleset', 'b/deep.guard/x.guard', 'b/a.guard', 'b/notes.md'])
    writeFileSync(join(folder, name), '');
  const expected = ['b.ruleset', 'b/a.guard', 'b/deep.guard/x.guard', 'c.guard'];
  assert.deepEqual(
    ruleFilesBelow(folder),
    expected.map((name) => join(folder, name)),
  );
  assert.deepEqual(
    await read(folder),
    expected.map((name) => `${name}: `),
  );
});

test('what links lead to is read, and what cannot be read as a file is complained about', {
  skip: process.platform === 'win32',
}, async (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(other, 'a.guard'), 'text');
  symlinkSync(join(other, 'a.guard'), join(folder, 'a.guard'));
  symlinkSync('/dev/zero', join(folder, 'b.guard'));
  symlinkSync('missing', join(folder, 'c.guard'));
  execFileSync('mkfifo', [join(folder, 'd.guard')]);
  assert.deepEqual(await read(folder), [
    'a.guard: text',
    'b.guard: the rules cannot be read: EINVAL',
    'c.guard: the rules cannot be read: ENOENT',
    'd.guard: the rules cannot be read: EINVAL',
  ]);
});

test('links to files and folders are followed, and those that lead nowhere are left to be complained about', {
  skip: process.platform === 'win32',
}, (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(other, 'a.guard'), '');
  symlinkSync(other, join(folder, 'linked'));
  symlinkSync(join(other, 'a.guard'), join(folder, 'b.guard'));
  symlinkSync(join(other, 'missing'), join(folder, 'c.guard'));
  symlinkSync('itself', join(folder, 'itself'));
  const expected = ['b.guard', 'c.guard', 'linked/a.guard'];
  assert.deepEqual(
    ruleFilesBelow(folder),
    expected.map((name) => join(folder, name)),
  );
});

test('a link that leads back to a folder that it is in adds nothing', {
  skip: process.platform === 'win32',
}, (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'b'));
  writeFileSync(join(folder, 'a.guard'), '');
  writeFileSync(join(folder, 'b', 'c.guard'), '');
  symlinkSync('.', join(folder, 'again'));
  symlinkSync('..', join(folder, 'b', 'up'));
  assert.deepEqual(
    ruleFilesBelow(folder),
    ['a.guard', 'b/c.guard'].map((name) => join(folder, name)),
  );
});
