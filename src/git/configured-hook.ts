import { type GitPlace, runGit } from './exec.ts';
import { GitError } from './git-error.ts';

/** The name of our hook in git's configuration. */
const SECTION = 'hook.ecs-guard-staged';

/**
 * The commands of all hooks in git's configuration, of whatever scope and event.
 *
 * @throws {GitError}
 */
export async function configuredHookCommands(place: GitPlace): Promise<string[]> {
  const found = await read(place, ['--null', '--get-regexp', String.raw`^hook\..*\.command$`]);
  return found.map((entry) => entry.slice(entry.indexOf('\n') + 1));
}

/**
 * Makes git run a command for an event, such as `pre-commit`, by the repository's own configuration.
 *
 * @throws {GitError} when the configuration cannot be written
 */
export async function configureHook(place: GitPlace, event: string, command: string): Promise<void> {
  await runGit(place, ['config', '--local', '--add', `${SECTION}.event`, event]);
  await runGit(place, ['config', '--local', `${SECTION}.command`, command]);
}

/**
 * Takes back what {@link configureHook} did, for all events.
 *
 * @returns whether there was anything to take back
 * @throws {GitError} when the configuration cannot be written
 */
export async function unconfigureHook(place: GitPlace): Promise<boolean> {
  let found = false;
  for (const key of [`${SECTION}.command`, `${SECTION}.event`]) {
    if ((await read(place, ['--local', '--get-all', key])).length === 0) continue;
    await runGit(place, ['config', '--local', '--unset-all', key]);
    found = true;
  }
  return found;
}

/** What `git config` answers; nothing when there is no such setting, for which it ends with 1. */
async function read(place: GitPlace, args: readonly string[]): Promise<string[]> {
  try {
    const separator = args.includes('--null') ? '\0' : '\n';
    return (await runGit(place, ['config', ...args])).toString().split(separator).slice(0, -1);
  } catch (error) {
    if (error instanceof GitError && error.failure.exitCode === 1) return [];
    throw error;
  }
}
