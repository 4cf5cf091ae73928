import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { missingBlob, parseBatch, readBlobs } from '../../src/git/blobs.ts';
import { readLooseBlob } from '../../src/git/loose.ts';
import { stagedFiles } from '../../src/git/staged.ts';
import { InternalError } from '../../src/source/invariant.ts';
import { openRepo, type Repo, withRepo } from '../support/repo.ts';

const placeOf = (repo: Repo) => ({ cwd: repo.path, env: repo.env });

const wanted = (ids: readonly string[]) => ids.map((blob) => ({ blob }));

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
  const blobs = await readBlobs(placeOf(repo), repo.at('.git/objects'), wanted(ids));
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
  const blobs = await readBlobs(placeOf(repo), repo.at('.git/objects'), files);
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
  assert.equal(
    String((await readBlobs(placeOf(repo), repo.at('.git/objects'), wanted([id]))).get(id)),
    'packed\n',
  );
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
    assert.equal(await readLooseBlob(repo.at('.git/objects'), id), undefined);
  }
});

test('an id that is asked for twice is read once', async (t) => {
  const repo = withRepo(t);
  const id = store(repo, 'x\n');
  assert.deepEqual(
    [...(await readBlobs(placeOf(repo), repo.at('.git/objects'), wanted([id, id]))).keys()],
    [id],
  );
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
  assert.equal(
    String((await readBlobs(placeOf(repo), repo.at('.git/objects'), wanted([id]))).get(id)),
    'quiet\n',
  );
});

test('a missing object is absent, the others are there, and the message names the file', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'a.yml': 'a\n', 'b.yml': 'b\n' });
  const [a, b] = await stagedFiles(placeOf(repo));
  assert.ok(a !== undefined && b !== undefined);
  rmSync(repo.at(`.git/objects/${a.blob.slice(0, 2)}/${a.blob.slice(2)}`));
  const blobs = await readBlobs(placeOf(repo), repo.at('.git/objects'), [a, b]);
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
  const here = store(clone, 'here\n');
  const blobs = await readBlobs(placeOf(clone), clone.at('nowhere'), wanted([id, here]));
  assert.deepEqual([...blobs.keys()], [here]);
  assert.match(clone.git('rev-list', '--objects', '--missing=print', 'HEAD').stdout, new RegExp(`\\?${id}`));
});

test('a damaged object is absent wherever git has it, and hides no other one', async (t) => {
  for (const objectFormat of ['sha1', 'sha256'] as const) {
    const repo = withRepo(t, { objectFormat });
    const sound = store(repo, 'sound content\n');
    const id = store(repo, 'content that will be damaged\n');
    const path = join('.git/objects', id.slice(0, 2), id.slice(2));
    chmodSync(repo.at(path), 0o644);
    const whole = readFileSync(repo.at(path));
    for (const damaged of [
      deflateSync('blob 5\0other'),
      deflateSync('tree 0\0'),
      whole.subarray(0, -4),
      Buffer.from('not zlib'),
      Buffer.alloc(0),
    ]) {
      repo.write(path, damaged);
      for (const ids of [
        [id, sound],
        [sound, id],
      ]) {
        const blobs = await readBlobs(placeOf(repo), repo.at('nowhere'), wanted(ids));
        assert.deepEqual([...blobs.keys()], [sound], String(damaged));
      }
    }
  }
});

test('git is not asked for ever when it stumbles over every object', async (t) => {
  const repo = withRepo(t);
  const ids = Array.from({ length: 120 }, (_, at) => {
    const id = at.toString(16).padStart(40, 'a');
    repo.write(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`, deflateSync('blob 9\0').subarray(0, -2));
    return id;
  });
  const place = placeOf(repo);
  assert.equal((await readBlobs(place, repo.at('nowhere'), wanted(ids.slice(0, 5)))).size, 0);
  await assert.rejects(readBlobs(place, repo.at('nowhere'), wanted(ids)), /`git cat-file` failed: /);
});

test('an answer that is cut off counts up to there', () => {
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
  const whole = `${a} blob 2\nxy\n${b} blob 1\nz\n`;
  for (const [length, answered] of [
    [0, 0],
    [44, 0],
    [50, 0],
    [51, 1],
    [70, 1],
    [whole.length - 1, 1],
    [whole.length, 2],
  ] as const) {
    const blobs = new Map<string, Buffer>();
    assert.equal(parseBatch(Buffer.from(whole.slice(0, length)), [a, b], blobs), answered, `${length}`);
    assert.deepEqual([...blobs.keys()], [a, b].slice(0, answered));
  }
});

test('an answer that does not fit the question is a bug, not an empty file', () => {
  const id = 'a'.repeat(40);
  for (const answer of [`${'b'.repeat(40)} blob 1\nx\n`, `${id} blob 1\nxyz\n`])
    assert.throws(() => parseBatch(Buffer.from(answer), [id], new Map()), InternalError);
});
