import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { installBuilt } from './installed.ts';
import { type Cleanup, type Outcome, openRepo, type Repo, type RepoOptions, withRepo } from './repo.ts';
import { copyHook } from './stand-in.ts';
import { NO_ROOT, taskDefinition } from './templates.ts';

/** The program, from the top of a guarded repository. */
export const CLI = 'node_modules/ecs-guard-staged/dist/cli.cjs';

export const BAD = taskDefinition('root');
export const GOOD = taskDefinition('app');

/** What the repositories of one test file share. */
export interface Guard {
  /** A repository with the package, its hooks, and one commit of a rule and the settings that name it. */
  repo(t: Cleanup, options?: RepoOptions): Repo;
  /** Makes the package and its hooks known to a repository that somebody else has made, such as a clone. */
  install(repo: Repo): void;
}

/** Builds what is out of date and installs the package once, for all repositories of a test file. */
export function guard(t: Cleanup): Guard {
  const home = withRepo(t);
  installBuilt(home, 'package');
  const install = (repo: Repo) => {
    mkdirSync(repo.at('node_modules'), { recursive: true });
    symlinkSync(home.at('package'), repo.at('node_modules/ecs-guard-staged'), 'junction');
    const hooks = resolve(repo.path, repo.git('rev-parse', '--git-path', 'hooks').stdout.trim());
    for (const hook of ['pre-commit', 'pre-merge-commit'])
      copyHook(repo, relative(repo.path, join(hooks, hook)));
  };
  return {
    install,
    repo(t, options) {
      const repo = withRepo(t, options);
      install(repo);
      repo.stage(POLICY);
      unguarded(repo, 'first');
      return repo;
    },
  };
}

/** A rule, and the settings by which it is the only one. */
export const POLICY = {
  '.gitignore': 'node_modules\n',
  'no-root.guard': NO_ROOT,
  '.ecs-guardrc.json': JSON.stringify({ packs: [], rules: ['no-root.guard'] }),
};

/** The same repository, seen by somebody with other variables. */
export function withVariables(repo: Repo, variables: Readonly<Record<string, string>>): Repo {
  return openRepo(repo.path, { ...repo.env, ...variables });
}

/** Commits what is staged, whatever it is. */
export function unguarded(repo: Repo, message: string): void {
  repo.git('commit', '--quiet', '--no-verify', '--message', message);
}

export function accepted({ status, stdout, stderr }: Outcome): void {
  assert.equal(status, 0, stdout + stderr);
}

/** @param file with the one violation of {@link BAD} */
export function rejected({ status, stdout, stderr }: Outcome, file: string): void {
  assert.notEqual(status, 0, stdout + stderr);
  const lines = `\n${stdout}${stderr}`;
  assert.ok(lines.includes(`\n${file}:8:17  Worker › app  no_root`), lines);
}

/** Nothing was let through, and the reason is one that a person can act on. */
export function cannotTell({ status, stdout, stderr }: Outcome, reason: RegExp): void {
  assert.notEqual(status, 0, stdout + stderr);
  assert.match(stdout + stderr, reason);
  assert.doesNotMatch(stdout + stderr, /this is a bug/);
}

/** A bad template cannot be committed, and a good one can. */
export function assertGuarded(repo: Repo, file = 'infra/app.yml'): void {
  repo.stage({ [file]: BAD });
  rejected(repo.commit(), file);
  repo.stage({ [file]: GOOD });
  accepted(repo.commit());
}
