import { type GitPlace, runGit } from './exec.ts';

export interface GitVersion {
  readonly major: number;
  readonly minor: number;
}

/** @throws {GitError} when git cannot start */
export async function gitVersion(place: GitPlace): Promise<GitVersion | null> {
  return parseGitVersion((await runGit(place, ['version'])).toString());
}

/** Reads what `git version` prints, additions of distributors included; null when that is something else. */
export function parseGitVersion(text: string): GitVersion | null {
  const [, major, minor] = /^git version (\d+)\.(\d+)(?=\D|$)/.exec(text) ?? [];
  return major === undefined || minor === undefined ? null : { major: Number(major), minor: Number(minor) };
}

/** Whether git runs the commands of `hook.<name>.command` in its configuration, as it does since version 2.54. */
export function runsConfiguredHooks(version: GitVersion | null): boolean {
  return version !== null && (version.major > 2 || (version.major === 2 && version.minor >= 54));
}
