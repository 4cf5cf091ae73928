import { delimiter } from 'node:path';
import { openRepo, type Repo } from './repo.ts';

/** The repository seen by a git that says it is of version 2.54, and otherwise is the one of this machine. */
export function withNewGit(repo: Repo): Repo {
  const real = repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  const script = `#!/bin/sh
case " $* " in
  *' version '*) echo 'git version 2.54.0' ;;
  *) exec '${real}' "$@" ;;
esac
`;
  repo.write('../new-git/git', script, 0o755);
  return openRepo(repo.path, { ...repo.env, PATH: repo.at('../new-git') + delimiter + repo.env.PATH });
}
