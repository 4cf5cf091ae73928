import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { installBuilt, linkTool } from '../support/installed.ts';
import { type Outcome, openRepo, type Repo, type RepoOptions, withRepo } from '../support/repo.ts';

/* What becomes of commits when their hook repairs. */

const FIX = 'node node_modules/ecs-guard-staged/dist/cli.cjs --fix';
const FILE = 'infra/worker.yml';

const BAD = `Resources:
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: app
          ReadonlyRootFilesystem: false
          User: '1000:1000'
          Essential: true
`;
const GOOD = BAD.replace('false', 'true');

function guarded(t: TestContext, options: RepoOptions = {}): Repo {
  const repo = withRepo(t, options);
  installBuilt(repo);
  repo.stage({ '.gitignore': 'node_modules\n', 'README.md': 'first\n' });
  repo.git('commit', '--quiet', '--message', 'first');
  repo.write('.git/hooks/pre-commit', `#!/bin/sh\nexec ${FIX}\n`, 0o755);
  return repo;
}

function accepted({ status, stdout, stderr }: Outcome): void {
  assert.equal(status, 0, stdout + stderr);
}

function assertRepaired(repo: Repo, status = ''): void {
  assert.equal(repo.git('cat-file', 'blob', `HEAD:${FILE}`).stdout, GOOD);
  assert.equal(repo.read(FILE), GOOD);
  assert.equal(repo.git('status', '--short').stdout, status);
}

test('a commit takes what its hook has repaired', (t) => {
  const repo = guarded(t);
  repo.stage({ [FILE]: BAD });
  accepted(repo.commit());
  assertRepaired(repo);
});

test('a commit of all changes takes what its hook has repaired', (t) => {
  const repo = guarded(t);
  repo.stage({ [FILE]: GOOD });
  repo.git('commit', '--quiet', '--message', 'good');
  repo.write(FILE, BAD);
  accepted(repo.commit('--all', '--allow-empty'));
  assertRepaired(repo);
});

test('a commit that includes more files takes what its hook has repaired', (t) => {
  const repo = guarded(t);
  repo.stage({ [FILE]: BAD });
  repo.write('README.md', 'second\n');
  accepted(repo.commit('--include', 'README.md'));
  assertRepaired(repo);
});

test('a commit of some files only is rejected, with nothing changed and a way out', (t) => {
  const repo = guarded(t);
  repo.stage({ [FILE]: BAD, 'README.md': 'second\n' });
  const { status, stdout, stderr } = repo.commit('--only', FILE);
  assert.equal(status, 1, stdout + stderr);
  assert.match(stdout + stderr, /nothing was fixed, since this commit is of some files only/);
  assert.equal(repo.read(FILE), BAD);
  assert.equal(repo.git('cat-file', 'blob', `:${FILE}`).stdout, BAD);
  assert.equal(repo.git('status', '--short').stdout, `M  README.md\nA  ${FILE}\n`);
});

test('a commit in a linked worktree and from a folder takes what its hook has repaired', (t) => {
  const repo = guarded(t);
  repo.git('worktree', 'add', '--quiet', '../linked');
  const linked = openRepo(repo.at('../linked'), repo.env);
  installBuilt(linked);
  linked.stage({ [FILE]: BAD });
  accepted(linked.run('git', ['commit', '--message', 'change'], { cwd: linked.at('infra') }));
  assertRepaired(linked);
});

test('an amended commit takes what its hook has repaired, and keeps edits that are not staged', (t) => {
  const repo = guarded(t);
  repo.stage({ [FILE]: BAD });
  repo.write(FILE, `${BAD}# mine\n`);
  accepted(repo.commit('--amend'));
  assert.equal(repo.git('cat-file', 'blob', `HEAD:${FILE}`).stdout, GOOD);
  assert.equal(repo.read(FILE), `${GOOD}# mine\n`);
});

test('through lint-staged the repaired file is committed, and edits that are not staged come back', (t) => {
  const repo = guarded(t);
  linkTool(repo, 'lint-staged');
  repo.stage({ '.lintstagedrc.json': JSON.stringify({ '*.yml': FIX }) });
  repo.write(
    '.git/hooks/pre-commit',
    '#!/bin/sh\nexec node node_modules/lint-staged/bin/lint-staged.js\n',
    0o755,
  );
  repo.stage({ [FILE]: BAD });
  repo.write(FILE, `${BAD}# mine\n`);
  accepted(repo.commit());
  assert.equal(repo.git('cat-file', 'blob', `HEAD:${FILE}`).stdout, GOOD);
  assert.equal(repo.read(FILE), `${GOOD}# mine\n`);
});
