import { isAbsolute, join } from 'node:path';

/**
 * Where the cache is: in the repository's common directory, so that worktrees and branches share it and nobody commits
 * it; outside of a repository in the user's cache folder. Never in a folder that other users may write to, because a
 * forged entry could turn a violation into a pass.
 *
 * @param commonDirectory git's, or null outside of a repository
 * @returns null when there is no such place
 */
export function cacheDirectory(
  commonDirectory: string | null,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (commonDirectory !== null) return join(commonDirectory, 'ecs-guard');
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = env;
  if (XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'ecs-guard');
  if (HOME !== undefined && isAbsolute(HOME)) return join(HOME, '.cache', 'ecs-guard');
  return LOCALAPPDATA === undefined ? null : join(LOCALAPPDATA, 'ecs-guard', 'cache');
}
