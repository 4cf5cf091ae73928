import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { installBuilt } from '../support/installed.ts';
import { type Outcome, openRepo, type Repo, type RepoOptions, withRepo } from '../support/repo.ts';
import { copyHook } from '../support/stand-in.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

/* What git does with hooks that really judge, in every state that a repository can be in. */

const CLI = 'node_modules/ecs-guard-staged/dist/cli.cjs';

/** A template with one task definition of some containers, by the users that they run as. */
function tasks(containers: Readonly<Record<string, string>>, comment = ''): string {
  const definitions = Object.entries(containers).map(
    ([name, user]) => `        - Name: ${name}\n          Image: busybox\n          User: ${user}\n`,
  );
  const head = taskDefinition('x').split('        - Name')[0];
  return `${comment}${head}${definitions.join('')}`;
}

/** Lines by which git takes two templates for the same file although they differ. */
const LONG = '# a line of a long text\n'.repeat(40);

interface Setting extends RepoOptions {
  readonly report?: 'all' | 'new';
}

/** A repository that is guarded, with a bad template that nobody stopped. */
function guarded(t: TestContext, { report = 'new', ...options }: Setting = {}): Repo {
  const repo = withRepo(t, options);
  installBuilt(repo);
  for (const hook of ['pre-commit', 'pre-merge-commit']) copyHook(repo, `.git/hooks/${hook}`);
  repo.stage({
    '.gitignore': 'node_modules\n',
    'no-root.guard': NO_ROOT,
    '.ecs-guardrc.json': JSON.stringify({ packs: [], rules: ['no-root.guard'], report }),
    'app.yml': tasks({ app: 'root', log: 'log' }, LONG),
  });
  unguarded(repo, 'first');
  return repo;
}

/** Commits what is staged, whatever it is. */
function unguarded(repo: Repo, message: string): void {
  repo.git('commit', '--quiet', '--no-verify', '--message', message);
}

function accepted({ status, stdout, stderr }: Outcome): void {
  assert.equal(status, 0, stdout + stderr);
}

function rejected({ status, stdout, stderr }: Outcome, what = /no_root/): void {
  assert.notEqual(status, 0, stdout + stderr);
  assert.match(stdout + stderr, what);
}

/** What the build server says about the last commit. */
function onServer(repo: Repo, base = 'HEAD~1'): Outcome {
  return repo.run(process.execPath, [CLI, '--base', base, '--new']);
}

test('an old violation stops no commit that touches its file, and is counted in one line', (t) => {
  const repo = guarded(t);
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'log', side: 'side' }, `# shifted\n${LONG}`) });
  const commit = repo.commit();
  accepted(commit);
  assert.match(commit.stdout + commit.stderr, /1 old/);
  assert.doesNotMatch(commit.stdout + commit.stderr, /no_root/);
  accepted(onServer(repo));
});

test('a new violation is stopped, and only it is listed', (t) => {
  const repo = guarded(t);
  repo.stage({ 'app.yml': tasks({ log: 'root', app: 'root' }, LONG) });
  const commit = repo.commit();
  rejected(commit, /Worker › log .*no_root/);
  assert.doesNotMatch(commit.stdout + commit.stderr, /Worker › app/);
  unguarded(repo, 'all the same');
  rejected(onServer(repo));
});

test('a template that is moved and changed keeps its old violations, and gets no new ones', (t) => {
  const repo = guarded(t);
  repo.git('mv', 'app.yml', 'moved.yml');
  repo.stage({ 'moved.yml': tasks({ side: 'side', app: 'root', log: 'log' }, LONG) });
  accepted(repo.commit());
  accepted(onServer(repo));
  repo.git('mv', 'moved.yml', 'again.yml');
  repo.stage({ 'again.yml': tasks({ side: 'root', app: 'root', log: 'log' }, LONG) });
  rejected(repo.commit(), /Worker › side/);
});

test('in the first commit everything is new', (t) => {
  const repo = guarded(t);
  repo.git('update-ref', '-d', 'HEAD');
  rejected(repo.commit(), /Worker › app/);
});

test('a detached HEAD is the start of a change like any other', (t) => {
  const repo = guarded(t);
  repo.git('checkout', '--quiet', '--detach');
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'log' }) });
  accepted(repo.commit());
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'root' }) });
  rejected(repo.commit());
});

test('git commit -a, -p, --include and -- path are judged by what they commit', (t) => {
  const repo = guarded(t);
  repo.stage({ 'b.yml': tasks({ b: 'b' }) });
  unguarded(repo, 'second');
  repo.write('app.yml', tasks({ app: 'root', log: 'root' }, LONG));
  rejected(repo.commit('-a'));
  rejected(repo.commit('--', 'app.yml'));
  rejected(repo.commit('--include', '--', 'app.yml'));
  rejected(repo.tryGit(['commit', '-m', 'x', '-p'], { input: 'y\n' }));
  repo.git('reset', '--quiet');
  repo.write('b.yml', tasks({ b: 'c' }));
  repo.git('add', 'app.yml');
  accepted(repo.commit('--', 'b.yml'));
});

test('what is unstaged and comes back from the stash is judged when it is committed', (t) => {
  const repo = guarded(t);
  repo.write('app.yml', tasks({ app: 'root', log: 'root' }, LONG));
  repo.git('stash', '--quiet');
  repo.stage({ 'readme.md': 'text\n' });
  accepted(repo.commit());
  repo.git('stash', 'pop', '--quiet', '--index');
  repo.git('add', 'app.yml');
  rejected(repo.commit());
});

test('an amended commit is judged by what is staged on top of it, and on the server as a whole', (t) => {
  const repo = guarded(t);
  repo.stage({ 'bad.yml': tasks({ bad: 'root' }) });
  unguarded(repo, 'unseen');
  repo.stage({ 'readme.md': 'text\n' });
  accepted(repo.commit('--amend'));
  accepted(repo.commit('--amend', '--only'));
  rejected(onServer(repo), /Worker › bad/);
  repo.stage({ 'bad.yml': tasks({ bad: 'root', more: 'root' }) });
  rejected(repo.commit('--amend'), /Worker › more/);
});

/** `main` and `side` have each changed what the other one has not, `side` for the worse and past all hooks. */
function diverged(t: TestContext, setting: Setting = {}): Repo {
  const repo = guarded(t, setting);
  repo.git('checkout', '--quiet', '-b', 'side');
  repo.stage({ 'side.yml': tasks({ side: 'root' }) });
  unguarded(repo, 'side');
  repo.git('checkout', '--quiet', 'main');
  repo.stage({ 'readme.md': 'main\n' });
  unguarded(repo, 'main');
  return repo;
}

for (const report of ['all', 'new'] as const) {
  test(`report ${report}: what a merge takes over as it is was judged elsewhere`, (t) => {
    for (const objectFormat of ['sha1', 'sha256'] as const) {
      const repo = diverged(t, { report, objectFormat });
      accepted(repo.tryGit(['merge', '--no-edit', 'side']));
      assert.equal(repo.git('rev-list', '--count', '--merges', 'HEAD').stdout, '1\n');
    }
  });

  test(`report ${report}: a merge that is forwarded, and one of several branches, are not judged again`, (t) => {
    const repo = diverged(t, { report });
    repo.git('checkout', '--quiet', '-b', 'other', 'main~1');
    repo.stage({ 'other.yml': tasks({ other: 'root' }) });
    unguarded(repo, 'other');
    repo.git('checkout', '--quiet', 'main');
    accepted(repo.tryGit(['merge', '--no-edit', 'side', 'other']));
    repo.git('checkout', '--quiet', 'side');
    accepted(repo.tryGit(['merge', '--no-edit', 'main']));
  });

  test(`report ${report}: what a merge puts together is judged`, (t) => {
    const repo = guarded(t, { report });
    repo.stage({ 'app.yml': `${tasks({ app: 'app' })}${LONG}  Other: { Type: 'AWS::S3::Bucket' }\n` });
    unguarded(repo, 'sound');
    repo.git('checkout', '--quiet', '-b', 'side');
    repo.stage({ 'app.yml': `${tasks({ app: 'root' })}${LONG}  Other: { Type: 'AWS::S3::Bucket' }\n` });
    unguarded(repo, 'side');
    repo.git('checkout', '--quiet', 'main');
    repo.stage({ 'app.yml': `${tasks({ app: 'app' })}${LONG}  Other: { Type: 'AWS::SNS::Topic' }\n` });
    unguarded(repo, 'main');
    const merge = repo.tryGit(['merge', '--no-edit', 'side']);
    if (report === 'new') return accepted(merge);
    rejected(merge);
    rejected(repo.tryGit(['commit', '--no-edit']));
    repo.stage({ 'app.yml': `${tasks({ app: 'app' })}${LONG}  Other: { Type: 'AWS::SNS::Topic' }\n` });
    accepted(repo.tryGit(['commit', '--no-edit']));
  });
}

/** A merge of `side` into `main` that stops, since both have changed the user of one container. */
function conflicting(t: TestContext, setting: Setting = {}): Repo {
  const repo = guarded(t, setting);
  repo.git('checkout', '--quiet', '-b', 'side');
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'root' }, LONG) });
  unguarded(repo, 'side');
  repo.git('checkout', '--quiet', 'main');
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'main' }, LONG) });
  unguarded(repo, 'main');
  return repo;
}

test('after a conflict what any side had is old, and what the solution adds is new', (t) => {
  const repo = conflicting(t);
  assert.equal(repo.tryGit(['merge', 'side']).status, 1);
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'root', more: 'root' }, LONG) });
  const commit = repo.tryGit(['commit', '--no-edit']);
  rejected(commit, /Worker › more/);
  assert.doesNotMatch(commit.stdout + commit.stderr, /Worker › (log|app)/);
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'root', more: 'more' }, LONG) });
  accepted(repo.tryGit(['commit', '--no-edit']));
});

test('without `report: new` a solution has to be sound, unless it is that of one side', (t) => {
  const repo = conflicting(t, { report: 'all' });
  assert.equal(repo.tryGit(['merge', 'side']).status, 1);
  repo.stage({ 'app.yml': tasks({ app: 'root', log: 'log', more: 'more' }, LONG) });
  rejected(repo.tryGit(['commit', '--no-edit']), /Worker › app/);
  repo.git('checkout', '--quiet', 'side', '--', 'app.yml');
  accepted(repo.tryGit(['commit', '--no-edit']));
});

test('a merge in a linked worktree is one like any other', (t) => {
  const repo = conflicting(t);
  const linked = openRepo(repo.at('../linked'), repo.env);
  repo.git('worktree', 'add', '--quiet', '--detach', linked.path, 'main');
  assert.equal(linked.tryGit(['merge', 'side']).status, 1);
  linked.stage({ 'app.yml': tasks({ app: 'root', log: 'root', more: 'root' }, LONG) });
  rejected(linked.tryGit(['commit', '--no-edit']), /Worker › more/);
  linked.stage({ 'app.yml': tasks({ app: 'root', log: 'root' }, `${LONG}# both\n`) });
  accepted(linked.tryGit(['commit', '--no-edit']));
});

test('a squashed merge is a change by whoever commits it', (t) => {
  const repo = diverged(t);
  repo.git('merge', '--quiet', '--squash', 'side');
  rejected(repo.commit(), /Worker › side/);
});

for (const [command, args] of [
  ['cherry-pick', ['cherry-pick', 'side']],
  ['rebase', ['rebase', '--onto', 'main', 'side~1', 'side']],
] as const)
  test(`a ${command} that stops is judged by what it adds to HEAD`, (t) => {
    const repo = conflicting(t);
    assert.equal(repo.tryGit(args).status, 1);
    repo.stage({ 'app.yml': tasks({ app: 'root', log: 'root' }, LONG) });
    const commit = repo.commit();
    rejected(commit, /Worker › log/);
    assert.doesNotMatch(commit.stdout + commit.stderr, /Worker › app/);
    repo.stage({ 'app.yml': tasks({ app: 'root', log: 'other' }, LONG) });
    accepted(repo.commit());
  });

test('a revert that brings back what was put right is stopped when a hook runs', (t) => {
  const repo = guarded(t);
  repo.stage({ 'app.yml': tasks({ app: 'app', log: 'log' }, LONG) });
  accepted(repo.commit());
  repo.git('revert', '--no-commit', 'HEAD');
  rejected(repo.commit(), /Worker › app/);
  unguarded(repo, 'all the same');
  rejected(onServer(repo), /Worker › app/);
});

test('commands that make commits go on as git lets them', (t) => {
  const repo = diverged(t);
  accepted(repo.tryGit(['cherry-pick', 'side']));
  accepted(repo.tryGit(['revert', '--no-edit', 'HEAD']));
  accepted(repo.tryGit(['rebase', '--quiet', 'main', 'side']));
});
