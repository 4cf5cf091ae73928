import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { BAD, CLI, cannotTell, GOOD, guard, POLICY, rejected, unguarded } from '../support/guarded.ts';
import type { Outcome, Repo } from '../support/repo.ts';

/* Repositories that lost something. What can still be judged is judged; nothing else passes, and it is said what is wrong. */

const guarded = guard({ after });

const hook = (repo: Repo) => repo.run('sh', ['.git/hooks/pre-commit']);

function idOf(repo: Repo, revision: string): string {
  return repo.git('rev-parse', revision).stdout.trim();
}

/** From the top of the worktree. */
function objectFile(id: string): string {
  return `.git/objects/${id.slice(0, 2)}/${id.slice(2)}`;
}

/** Nothing was let through, and it is told apart from a violation. */
function unjudged(outcome: Outcome, reason: RegExp): void {
  assert.equal(outcome.status, 2, outcome.stdout + outcome.stderr);
  cannotTell(outcome, reason);
}

const DAMAGES: Readonly<Record<string, (whole: Buffer) => Buffer | null>> = {
  'is missing': () => null,
  'is empty': () => Buffer.alloc(0),
  'is cut off': (whole) => whole.subarray(0, -8),
  'has a wrong byte': (whole) => Buffer.from(whole.map((byte, at) => (at === 30 ? byte ^ 0xff : byte))),
  'is not compressed': () => Buffer.from('blob 5\0other'),
  'is that of another file': () => deflateSync(`blob ${Buffer.byteLength(GOOD)}\0${GOOD}`),
  'is a folder': () => deflateSync('tree 0\0'),
};

for (const [title, damage] of Object.entries(DAMAGES))
  test(`a template, settings or a rule whose object ${title} lets nothing through`, (t) => {
    const repo = guarded.repo(t);
    repo.stage({ 'app.yml': `${BAD}# staged\n`, 'other.yml': BAD });
    for (const path of ['app.yml', '.ecs-guardrc.json', 'no-root.guard']) {
      const id = idOf(repo, `:${path}`);
      const file = objectFile(id);
      const whole = readFileSync(repo.at(file));
      const damaged = damage(whole);
      rmSync(repo.at(file));
      if (damaged !== null) repo.write(file, damaged);
      // What is on disk is not what is staged, and cannot stand in for it.
      repo.write(path, `${repo.read(path)}\n`);
      // Verdicts by these contents need not be found again.
      rmSync(repo.at('.git/ecs-guard'), { recursive: true, force: true });
      const outcome = hook(repo);
      unjudged(outcome, new RegExp(`${path.replaceAll('.', '\\.')} .*object ${id}`));
      if (path === 'app.yml') rejected(outcome, 'other.yml');
      unjudged(hook(repo), new RegExp(id));
      rmSync(repo.at(file), { force: true });
      repo.write(file, whole);
      chmodSync(repo.at(file), 0o444);
      repo.git('checkout', '--quiet', '--', path);
      rejected(hook(repo), 'app.yml');
    }
  });

test('a file on disk that is what was staged stands in for lost settings', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'app.yml': BAD });
  rmSync(repo.at(objectFile(idOf(repo, ':.ecs-guardrc.json'))));
  rejected(hook(repo), 'app.yml');
});

test('an index that cannot be read is no empty one', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'app.yml': BAD });
  const whole = readFileSync(repo.at('.git/index'));
  const damages = {
    empty: Buffer.alloc(0),
    'with a wrong signature': Buffer.concat([Buffer.from('DIRT'), whole.subarray(4)]),
    'of a later version': Buffer.concat([whole.subarray(0, 4), Buffer.from([0, 0, 0, 9]), whole.subarray(8)]),
    'with more entries than it has': Buffer.concat([
      whole.subarray(0, 11),
      Buffer.from([99]),
      whole.subarray(12),
    ]),
  };
  for (const damaged of Object.values(damages)) {
    repo.write('.git/index', damaged);
    unjudged(hook(repo), /could not ask git/);
    for (const paths of [[], ['app.yml']])
      unjudged(repo.run(process.execPath, [CLI, ...paths]), /git cannot read its index|`git \S+` failed: /);
  }
});

test('an index without its end, in which git finds what it can, lets nothing through', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'app.yml': BAD });
  const whole = readFileSync(repo.at('.git/index'));
  for (const length of [20, 40, 200, whole.length - 100, whole.length - 10]) {
    repo.write('.git/index', whole.subarray(0, length));
    assert.notEqual(repo.commit().status, 0, `${length}`);
  }
});

test('a HEAD of which something is missing is compared with as far as git can', (t) => {
  for (const lost of ['HEAD', 'HEAD^{tree}']) {
    const repo = guarded.repo(t);
    repo.stage({ 'app.yml': BAD });
    rmSync(repo.at(objectFile(idOf(repo, lost))));
    cannotTell(hook(repo), /^app\.yml:8:17|could not ask git/m);
  }
});

test('a note of a merge that makes no sense is no reason to judge less', (t) => {
  for (const [note, status] of [
    ['', 1],
    ['nonsense\n', 2],
    [`${'a'.repeat(40)}\n`, 2],
    ['--output=written\n', 2],
    ['HEAD', 2],
  ] as const) {
    const repo = guarded.repo(t);
    repo.stage({ 'app.yml': BAD });
    repo.write('.git/MERGE_HEAD', note);
    const outcome = hook(repo);
    assert.equal(outcome.status, status, `${JSON.stringify(note)}: ${outcome.stdout}${outcome.stderr}`);
    cannotTell(outcome, status === 1 ? /^app\.yml:8:17/m : /MERGE_HEAD|`git diff` failed: /);
    assert.throws(() => repo.read('written'), { code: 'ENOENT' });
  }
});

test('an old version that is lost makes nothing old', (t) => {
  const repo = guarded.repo(t);
  repo.stage({
    '.ecs-guardrc.json': POLICY['.ecs-guardrc.json'].replace('{', '{"report":"new",'),
    'app.yml': `${BAD}# old\n`,
  });
  unguarded(repo, 'old');
  rmSync(repo.at(objectFile(idOf(repo, 'HEAD:app.yml'))));
  repo.stage({ 'app.yml': BAD });
  rejected(hook(repo), 'app.yml');
});

test('a repair without a folder for temporary files keeps what was there', (t) => {
  const repo = guarded.repo(t);
  const writable = BAD.replace('User: root', "User: '1:1'\n          ReadonlyRootFilesystem: false");
  repo.stage({ 'app.yml': writable });
  repo.write('app.yml', `# not staged\n${writable}`);
  const outcome = repo.run(process.execPath, [CLI, '--fix', '--pack', 'baseline'], {
    env: { TMPDIR: repo.at('nowhere') },
  });
  assert.doesNotMatch(outcome.stdout + outcome.stderr, /this is a bug/);
  assert.ok(repo.read('app.yml').startsWith('# not staged\n'));
  assert.match(repo.git('show', ':app.yml').stdout, /ReadonlyRootFilesystem/);
});
