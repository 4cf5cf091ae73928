import { delimiter } from 'node:path';
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
