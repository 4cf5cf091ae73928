import assert from 'node:assert/strict';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { missingBlob, parseBatch, readBlobs } from '../../src/git/blobs.ts';
import { readLooseBlob } from '../../src/git/loose.ts';
import { stagedFiles } from '../../src/git/staged.ts';
import { InternalError } from '../../src/source/invariant.ts';
import { openRepo, type Repo, withRepo } from '../support/repo.ts';

const placeOf = (repo: Repo) => ({ cwd: repo.path, env: repo.env });

function store(repo: Repo, content: string | Buffer): string {
  return repo.run('git', ['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
}

test('contents come back byte for byte', async (t) => {
  const repo = withRepo(t);
  const contents = [
    '',
    '\n',
    'no line break',
    'a\r\nb\r\n',
    'x\0y\0',
    `${'0'.repeat(40)} missing\n`,
    '\xff\xfe',
  ].map((text) => Buffer.from(text, 'latin1'));
  const ids = contents.map((content) => store(repo, content));
  const blobs = await readBlobs(placeOf(repo), repo.at('.git/objects'), ids);
  for (const [index, id] of ids.entries()) assert.deepEqual(blobs.get(id), contents[index]);
});

test('a large blob and a long list of blobs arrive whole', async (t) => {
  const repo = withRepo(t);
  const large = Buffer.alloc(5_000_000, 'Resources:\n\0');
  repo.stage(
    Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`${index}.yml`, `n: ${index}\n`])),
  );
  repo.stage({ 'large.yml': large });
  const files = await stagedFiles(placeOf(repo));
  const blobs = await readBlobs(
    placeOf(repo),
    repo.at('.git/objects'),
    files.map((file) => file.blob),
  );
  assert.equal(blobs.size, 401);
  for (const { path, blob } of files) {
    const expected = path === 'large.yml' ? large : Buffer.from(`n: ${path.replace('.yml', '')}\n`);
    assert.ok(blobs.get(blob)?.equals(expected), path);
  }
});

test('packed objects are read like loose ones', async (t) => {
  const repo = withRepo(t, { committed: true });
  const id = store(repo, 'packed\n');
  repo.stage({ 'a.yml': 'packed\n' });
  repo.git('repack', '-adq');
  repo.git('gc', '-q', '--prune=now');
  assert.equal(String((await readBlobs(placeOf(repo), repo.at('.git/objects'), [id])).get(id)), 'packed\n');
});

test('a damaged loose object is not believed', async (t) => {
  const repo = withRepo(t);
  const id = store(repo, 'sound content\n');
  const path = join('.git/objects', id.slice(0, 2), id.slice(2));
  chmodSync(repo.at(path), 0o644);
  for (const damaged of [
    Buffer.from('not zlib'),
    deflateSync('blob 5\0other'),
    deflateSync('tree 0\0'),
    Buffer.alloc(0),
  ]) {
    repo.write(path, damaged);
    assert.equal(readLooseBlob(repo.at('.git/objects'), id), undefined);
  }
});

test('an id that is asked for twice is read once', async (t) => {
  const repo = withRepo(t);
  const id = store(repo, 'x\n');
  assert.deepEqual([...(await readBlobs(placeOf(repo), repo.at('.git/objects'), [id, id])).keys()], [id]);
});

test('asking for nothing starts no git', async () => {
  assert.equal((await readBlobs({ cwd: '/nonexistent', env: {} }, '/nonexistent', [])).size, 0);
});

test('stored bytes are not converted: no line endings, no filters, no replacements', async (t) => {
  const repo = withRepo(t);
  repo.write('.gitattributes', '* text eol=crlf filter=shout\n');
  repo.git('config', 'filter.shout.smudge', 'tr a-z A-Z');
  const id = store(repo, 'quiet\n');
  repo.git('replace', id, store(repo, 'replaced\n'));
  assert.equal(String((await readBlobs(placeOf(repo), repo.at('.git/objects'), [id])).get(id)), 'quiet\n');
});

test('a missing object is absent, the others are there, and the message names the file', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'a\n', 'b.yml': 'b\n' });
  const [a, b] = await stagedFiles(placeOf(repo));
  assert.ok(a !== undefined && b !== undefined);
  rmSync(repo.at(`.git/objects/${a.blob.slice(0, 2)}/${a.blob.slice(2)}`));
  const blobs = await readBlobs(placeOf(repo), repo.at('.git/objects'), [a.blob, b.blob]);
  assert.equal(blobs.get(a.blob), undefined);
  assert.equal(String(blobs.get(b.blob)), 'b\n');
  const diagnostic = missingBlob(a.path, a.blob);
  assert.equal(diagnostic.file, 'a.yml');
  assert.match(diagnostic.message, new RegExp(a.blob));
  assert.match(diagnostic.help ?? '', /git add/);
});

test('a partial clone is not asked to fetch', async (t) => {
  const origin = withRepo(t);
  origin.stage({ 'a.yml': 'far away\n' });
  origin.git('commit', '-qm', 'first');
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const id = origin.git('rev-parse', 'HEAD:a.yml').stdout.trim();
  const clone = openRepo(join(origin.path, '..', 'clone'), origin.env);
  origin.git('clone', '-q', '--filter=blob:none', '--no-checkout', `file://${origin.path}`, clone.path);
  const outcome = await readBlobs(placeOf(clone), clone.at('.git/objects'), [id]).catch(
    (error: Error) => error,
  );
  if (outcome instanceof Map) assert.equal(outcome.get(id), undefined);
  else assert.match(String(outcome), /not allowed|promisor/);
  assert.match(clone.git('rev-list', '--objects', '--missing=print', 'HEAD').stdout, new RegExp(`\\?${id}`));
});

test('an answer that does not fit the question is a bug, not an empty file', () => {
  const id = 'a'.repeat(40);
  for (const answer of ['', `${'b'.repeat(40)} blob 1\nx\n`, `${id} blob 5\nx\n`, `${id} tree 1\nx\n`])
    assert.throws(() => parseBatch(Buffer.from(answer), [id]), InternalError);
});
