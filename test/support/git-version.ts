import { execFileSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { parseGitVersion } from '../../src/git/version.ts';
import { openRepo, type Repo } from './repo.ts';

/** The repository seen by a git that says it is of another version, and otherwise is the one of this machine. */
export function withGitVersion(repo: Repo, version: string): Repo {
  const real = repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  const script = `#!/bin/sh
case " $* " in
  *' version '*) echo 'git version ${version}' ;;
  *) exec '${real}' "$@" ;;
esac
`;
  repo.write(`../git-${version}/git`, script, 0o755);
  return openRepo(repo.path, { ...repo.env, PATH: repo.at(`../git-${version}`) + delimiter + repo.env.PATH });
}

/** Says to a test that needs a later git why it is left out; false when it is not. */
export function withoutGit(major: number, minor: number): string | false {
  const version = parseGitVersion(execFileSync('git', ['version'], { encoding: 'utf8' }));
  const later =
    version === null || version.major > major || (version.major === major && version.minor >= minor);
  return later ? false : `git has this since version ${major}.${minor}`;
}
