import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Repository } from '../../git/repository.ts';
import type { HookEvent } from './hook-event.ts';
import { packageNames } from './package-names.ts';

/** The file that has to run the check, and who runs that file. */
export interface HookPlace {
  readonly event: HookEvent;
  readonly file: string;
  /** `husky`: one that husky runs. `elsewhere`: one that does not belong to this repository alone. */
  readonly owner: 'git' | 'husky' | 'elsewhere';
  /** False when git does not yet call the owner. */
  readonly active: boolean;
}

/** What git is configured to run comes first; husky that is only installed comes before git's default. */
export function findHookPlace(repository: Repository, event: HookEvent): HookPlace {
  const { hooks, top, commonDirectory } = repository;
  // Husky 9 leads git to a folder `_` of its own, husky 5 to 8 to the folder of the hooks themselves.
  if (basename(hooks) === '_' && (basename(dirname(hooks)) === '.husky' || existsSync(join(hooks, 'h'))))
    return { event, owner: 'husky', file: join(dirname(hooks), event), active: true };
  if (basename(hooks) === '.husky') return { event, owner: 'husky', file: join(hooks, event), active: true };
  if (hooks === join(commonDirectory, 'hooks') && usesHusky(top))
    return { event, owner: 'husky', file: join(top, '.husky', event), active: false };
  const owner = isInside(top, hooks) || isInside(commonDirectory, hooks) ? 'git' : 'elsewhere';
  return { event, owner, file: join(hooks, event), active: true };
}

function usesHusky(top: string): boolean {
  return existsSync(join(top, '.husky')) || packageNames(top, 'husky');
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
