import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export interface InstalledPackage {
  /** Absolute path. */
  readonly folder: string;
  /** From the top of the worktree or of the main worktree, with forward slashes, as a hook needs it. */
  readonly fromTop: string;
}

/**
 * Finds this package where it is installed for a repository: from a folder up to the top of its worktree, then from
 * the top of the main worktree upwards. A linked worktree may lie inside the main one, but it shares its hooks, so
 * what is right for one has to be right for all.
 *
 * @param ownTop top of the worktree around `cwd`
 * @param mainTop top of the main worktree
 */
export function findInstalledPackage(
  cwd: string,
  ownTop: string,
  mainTop: string,
): InstalledPackage | undefined {
  const candidates = [
    ...foldersUp(realpathSync(cwd), ownTop).map((base) => ({ base, top: ownTop })),
    ...foldersUp(mainTop).map((base) => ({ base, top: mainTop })),
  ];
  for (const { base, top } of candidates) {
    const folder = join(base, 'node_modules', 'ecs-guard-staged');
    if (existsSync(join(folder, 'hooks', 'pre-commit')))
      return { folder, fromTop: relative(top, folder).split(sep).join('/') };
  }
  return undefined;
}

/** A folder and those above it, up to `last` or else to the root. */
function foldersUp(first: string, last?: string): string[] {
  const folders = [first];
  for (let folder = first; folder !== last && dirname(folder) !== folder; folder = dirname(folder))
    folders.push(dirname(folder));
  return folders;
}
