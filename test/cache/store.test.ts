import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { diskStore } from '../../src/cache/store.ts';
import { temporaryFolder } from '../support/repo.ts';

/** Bytes that no test needs. */
const ROOMY = 10_000_000;

const bytes = (text: string) => Buffer.from(text);

test('what was written is read back, by any store of the same folder', (t) => {
  const folder = join(temporaryFolder(t), 'made', 'on', 'demand');
  diskStore(folder, ROOMY).write('key', bytes('payload'));
  assert.equal(diskStore(folder, ROOMY).read('key')?.toString(), 'payload');
});

test('an unknown key and a missing folder are misses', (t) => {
  const folder = temporaryFolder(t);
  assert.equal(diskStore(folder, ROOMY).read('key'), undefined);
  assert.equal(diskStore(join(folder, 'missing'), ROOMY).read('key'), undefined);
});

test('an entry that was changed, cut or swapped is a miss', (t) => {
  const folder = temporaryFolder(t);
  const store = diskStore(folder, ROOMY);
  store.write('key', bytes('payload'));
  const entry = readFileSync(join(folder, 'key'));
  const changed = Buffer.from(entry);
  changed[changed.length - 1]! ^= 1;
  for (const damaged of [changed, entry.subarray(0, -1), entry.subarray(0, 5), bytes(''), bytes('\n')]) {
    writeFileSync(join(folder, 'key'), damaged);
    assert.equal(store.read('key'), undefined);
  }
  writeFileSync(join(folder, 'other'), entry);
  assert.equal(store.read('other'), undefined);
});

test('a damaged entry is replaced by the next write', (t) => {
  const folder = temporaryFolder(t);
  const store = diskStore(folder, ROOMY);
  writeFileSync(join(folder, 'key'), 'damaged');
  store.write('key', bytes('payload'));
  assert.equal(store.read('key')?.toString(), 'payload');
});

test('a folder that cannot be made or written to is no error', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'file'), '');
  const inFile = diskStore(join(folder, 'file', 'cache'), ROOMY);
  inFile.write('key', bytes('payload'));
  assert.equal(inFile.read('key'), undefined);

  const readOnly = join(folder, 'read-only');
  mkdirSync(readOnly);
  chmodSync(readOnly, 0o500);
  diskStore(readOnly, ROOMY).write('key', bytes('payload'));
});

test('the oldest entries go when the size limit is reached', (t) => {
  const folder = temporaryFolder(t);
  const store = diskStore(folder, 1000);
  for (const [age, key] of ['old', 'middle', 'new'].entries()) {
    store.write(key, Buffer.alloc(125));
    utimesSync(join(folder, key), age, age);
  }
  store.write('newest', Buffer.alloc(125));
  assert.deepEqual(readdirSync(folder).sort(), ['middle', 'new', 'newest']);
});

test('an entry larger than the limit is not kept, and nothing is removed for it', (t) => {
  const folder = temporaryFolder(t);
  const store = diskStore(folder, 1000);
  store.write('small', bytes('payload'));
  store.write('huge', Buffer.alloc(2000));
  assert.deepEqual(readdirSync(folder), ['small']);
});

test('writers of one key at the same time leave one whole entry and nothing else', async (t) => {
  const folder = temporaryFolder(t);
  const module = new URL('../../src/cache/store.ts', import.meta.url).href;
  const script = `
    const { diskStore } = await import(${JSON.stringify(module)});
    const store = diskStore(${JSON.stringify(folder)}, ${ROOMY});
    for (let i = 0; i < 50; i++) {
      store.write('key', Buffer.alloc(100_000, process.argv[1]));
      const kept = store.read('key');
      if (kept === undefined || kept.some((byte) => byte !== kept[0])) process.exit(1);
    }`;
  const writers = ['a', 'b', 'c'].map((letter) =>
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script, letter], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      stdio: 'inherit',
    }),
  );
  const exits = await Promise.all(writers.map((writer) => once(writer, 'exit')));
  assert.deepEqual(exits, [
    [0, null],
    [0, null],
    [0, null],
  ]);
  assert.deepEqual(readdirSync(folder), ['key']);
});
