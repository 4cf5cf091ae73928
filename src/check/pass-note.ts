import { existsSync, lstatSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Store } from '../cache/store.ts';
import { MANIFEST, SETTINGS_FILES } from '../config/settings-file.ts';
import type { ListedWorktree } from '../git/worktree.ts';
import { BUILD_ID } from '../package.ts';
import { mayBeTemplate } from '../template/detect.ts';
import { displayPath } from './paths.ts';
import { isContentOfGit } from './project-files.ts';
import type { RuleSelection, RuleSet } from './rule-set.ts';

/*
 * A note of what has passed, by which `passed_before` in hooks/pre-commit lets exactly the same pass again without starting
 * Node. All contents that count for it are in git's index, whose ids say whether they have changed, and files on disk
 * count only if git does not know them, which a shell can find out. A pass that rests on anything else, such as a rule file
 * that git does not track, has no note and is judged each time.
 */

const NAME = 'passed';

/** What some of the staged files were judged by. */
export interface Grounds {
  readonly selection: RuleSelection;
  readonly rules: RuleSet;
}

/**
 * Keeps a note of what has passed, if a shell can tell that nothing has changed.
 *
 * @param cwd where the hook runs
 * @param grounds of everything that is staged
 * @param message what the hook says on a terminal when the same passes again; empty for nothing
 */
export function keepPassNote(
  store: Store,
  cwd: string,
  worktree: ListedWorktree,
  grounds: readonly Grounds[],
  message: string,
): void {
  // Only at the top are settings and rule files called what git calls them.
  if (BUILD_ID === null || cwd !== worktree.top || !gitHasAll(worktree, grounds)) return;
  const [first = '', ...others] = recordsOf(worktree.listed.policyFiles);
  const lines = [
    `//${BUILD_ID}`,
    ...(message === '' ? [] : [`says ${message}`]),
    ...settingsFolders(worktree).map((folder) => `settings in ${folder}`),
    ...ruleFolders(worktree, grounds).map((folder) => `rules below ${folder}`),
    ...candidateLines(worktree),
    `policies:${first}`,
    ...others,
  ];
  // Git puts unusual names in quotes, so that notes with them are never found to fit. A name with a line break could be taken
  // for other lines, and one that is not UTF-8 for another name.
  if (lines.some((line) => line.includes('\n') || line.includes('\ufffd'))) return;
  store.write(NAME, Buffer.from(`${lines.join('\n')}\n`));
}

/**
 * Whether settings and rules have all been taken from the index, by the names that git has for them. That nothing else has
 * come up since, the shell finds out.
 */
function gitHasAll(worktree: ListedWorktree, grounds: readonly Grounds[]): boolean {
  const { top, policyFiles, listed } = worktree;
  const isKnown = (path: string) => policyFiles.has(path);
  const isRegular = recordsOf(listed.policyFiles).length === policyFiles.size;
  const folders = settingsFolders(worktree);
  const settings = folders.flatMap((folder) => [...SETTINGS_FILES, MANIFEST].map((name) => folder + name));
  return (
    isRegular &&
    [...policyFiles.values()].every(isContentOfGit) &&
    folders.every((folder) => isFolderOrNothing(resolve(top, folder))) &&
    settings.every((path) => isKnown(path) || !existsSync(resolve(top, path))) &&
    grounds.every(({ rules }) => rules.files.every(({ path }) => isKnown(path)))
  );
}

/** Whether neither a link nor a file stands there, or further up. */
function isFolderOrNothing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== false;
  } catch {
    return false;
  }
}

/** Where the settings of candidates are looked for: each with a slash behind it, but the top is empty. */
function settingsFolders({ staged }: ListedWorktree): string[] {
  const candidates = staged.filter(({ path }) => mayBeTemplate(path));
  return [...new Set(candidates.flatMap(({ path }) => foldersAbove(path)))];
}

function foldersAbove(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [''] : [`${folder}/`, ...foldersAbove(folder)];
}

/** What the settings name that is no file of git's, as seen from the top. */
function ruleFolders({ top, policyFiles }: ListedWorktree, grounds: readonly Grounds[]): string[] {
  const named = grounds.flatMap(({ selection: { base, rules } }) =>
    rules.map((path) => displayPath(top, resolve(base, path))),
  );
  return [...new Set(named)].filter((path) => !policyFiles.has(path));
}

/** What git prints without `-z`, of pairs of records such as `:100644 100755 7898192… 2e65efe… M` and `infra/a.yml`. */
function candidateLines({ listed }: ListedWorktree): string[] {
  const records = recordsOf(listed.staged);
  return records.flatMap((path, at) =>
    at % 2 === 1 && mayBeTemplate(path) ? [`${records[at - 1]}\t${path}`] : [],
  );
}

function recordsOf(listed: Buffer): string[] {
  return listed.toString().split('\0').slice(0, -1);
}
