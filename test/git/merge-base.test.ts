import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { mergeBases } from '../../src/git/merge-base.ts';
import { DiagnosticError } from '../../src/source/diagnostic.ts';
import { type Cleanup, openRepo, type Repo, withRepo } from '../support/repo.ts';

const idOf = (repo: Repo, ref: string) => repo.git('rev-parse', ref).stdout.trim();
const basesOf = (repo: Repo, ref: string) => mergeBases({ cwd: repo.path, env: repo.env }, ref);

function commit(repo: Repo, name: string): void {
  repo.stage({ [name]: name });
  repo.git('commit', '-qm', name);
}

/** `main` and `side` with one commit in common and one each; `side` is checked out. */
function diverged(t: Cleanup): Repo {
  const repo = withRepo(t, { committed: true });
  repo.git('checkout', '-qb', 'side');
  commit(repo, 'side');
  repo.git('checkout', '-q', 'main');
  commit(repo, 'main');
  repo.git('checkout', '-q', 'side');
  return repo;
}

async function refused(repo: Repo, ref: string) {
  const error = await basesOf(repo, ref).catch((reason: unknown) => reason);
  assert.ok(error instanceof DiagnosticError);
  return error.diagnostic;
}

test('the base is where HEAD left the branch, by whatever name that goes', async (t) => {
  const repo = diverged(t);
  const first = idOf(repo, 'HEAD~1');
  for (const ref of ['main', 'refs/heads/main', idOf(repo, 'main'), 'HEAD~1'])
    assert.deepEqual(await basesOf(repo, ref), [first], ref);
  repo.git('checkout', '-q', '--detach');
  assert.deepEqual(await basesOf(repo, 'main'), [first]);
});

test('branches that were merged crosswise have two bases', async (t) => {
  const repo = diverged(t);
  const [main, side] = [idOf(repo, 'main'), idOf(repo, 'side')];
  repo.git('merge', '-q', '-m', 'x', main);
  repo.git('checkout', '-q', 'main');
  repo.git('merge', '-q', '-m', 'y', side);
  assert.deepEqual((await basesOf(repo, 'side')).sort(), [main, side].sort());
});

test('a name that this clone does not know is told, with the command that fetches it', async (t) => {
  const repo = diverged(t);
  const diagnostic = await refused(repo, 'origin/feature/x');
  assert.equal(diagnostic.message, '`origin/feature/x` is no commit that this clone has');
  assert.match(diagnostic.help ?? '', /`git fetch origin feature\/x`; .*`fetch-depth: 0`/);
  for (const ref of ['', 'nothing', '--all', '--octopus', 'main..side', 'HEAD:side', 'HEAD^{tree}'])
    assert.match((await refused(repo, ref)).message, /is no commit that this clone has$/);
});

test('branches without a common past have no base', async (t) => {
  const repo = diverged(t);
  repo.git('checkout', '-q', '--orphan', 'other');
  commit(repo, 'other');
  assert.equal((await refused(repo, 'main')).message, 'HEAD and `main` have no commit in common');
});

test('a clone that lacks the common past says so, and fetches nothing', async (t) => {
  const origin = diverged(t);
  const clone = openRepo(join(origin.path, '../clone'), origin.env);
  origin.git('clone', '-q', '--depth=1', '--no-single-branch', `file://${origin.path}`, clone.path);
  const before = clone.git('count-objects', '-v').stdout;
  const { message, help } = await refused(clone, 'origin/main');
  assert.equal(message, 'HEAD and `origin/main` have no commit in common in this clone, which is shallow');
  assert.match(help ?? '', /`git fetch --unshallow`/);
  assert.equal(clone.git('count-objects', '-v').stdout, before);
  clone.git('fetch', '-q', '--unshallow');
  assert.deepEqual(await basesOf(clone, 'origin/main'), [idOf(origin, 'main~1')]);
});
