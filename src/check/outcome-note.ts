import { existsSync, lstatSync } from 'node:fs';
import { isAbsolute, join, posix, resolve } from 'node:path';
import type { Store } from '../cache/store.ts';
import { MANIFEST, SETTINGS_FILES } from '../config/settings-file.ts';
import { blobId } from '../git/blob-id.ts';
import type { ListedWorktree } from '../git/worktree.ts';
import { BUILD_ID } from '../package.ts';
import { mayBeTemplate } from '../template/detect.ts';
import type { PolicyWithRules } from './job.ts';
import { displayPath } from './paths.ts';
import { isContentOfGit } from './project-files.ts';

/*
 * Notes of what was said, by which hooks/tell-again.sh says the same of exactly the same without starting Node. Nearly
 * all contents that count for one are in git's index, whose ids say whether they have changed. Files on disk count only if git
 * does not know them: the shell can find out whether there are others, and git the ids of those in the note. What rests on
 * anything else, such as rules outside of the repository or what is being merged, has no note and is judged each time.
 */

/** What some of the staged files were judged by. */
type Grounds = Pick<PolicyWithRules, 'selection' | 'ruleSet'>;

/** What a run prints and returns. */
export interface Said {
  /** Whole lines, or nothing. */
  readonly stdout: Buffer;
  /** One whole line, or nothing. */
  readonly stderr: string;
  readonly exitCode: number;
}

/** A note that is not written yet. */
export interface OutcomeNote {
  /** Where the shell looks for it. */
  readonly name: string;
  readonly text: Buffer;
}

/**
 * Makes a note of what is going to be said. That is best done before it is said, which may take as long as somebody reads:
 * what is on disk has to be as it was when it was judged.
 *
 * @param cwd where the hook runs
 * @param grounds of everything that is staged
 * @param viewer all that the look of the report depends on, as the hook puts it
 * @returns null when a shell could not tell that nothing has changed
 */
export function outcomeNote(
  cwd: string,
  worktree: ListedWorktree,
  grounds: readonly Grounds[],
  viewer: string,
  { stdout, stderr, exitCode }: Said,
): OutcomeNote | null {
  const lists = isPlainCommit(cwd, worktree) ? factsOf(worktree, grounds, viewer) : null;
  const name = lists && noteName(lists);
  if (!name || stdout.length > LONG) return null;
  // Git puts unusual names in quotes, so that notes with them are never found to fit. A name with a line break could be taken
  // for other lines, and one that is not UTF-8 for another name.
  if (lists.flat().some((line) => line.includes('\n') || line.includes('\ufffd'))) return null;
  const facts = lists.map((lines) => lines.join('\n'));
  // The shell adds the ends of the last lines.
  const said = [stdout.toString().slice(0, -1), stderr.slice(0, -1), String(exitCode)];
  const fields = [...facts, ...said];
  if (fields.some((field) => field.includes(SEPARATOR))) return null;
  return { name, text: Buffer.from(fields.map((field) => SEPARATOR + field).join('')) };
}

export function keepOutcomeNote(store: Store, { name, text }: OutcomeNote): void {
  store.write(name, text);
}

/**
 * By the first digit of the first candidate's id: what people go back and forth between mostly has notes of its own, and the
 * cache few files to look through. Undefined without any candidate.
 */
function noteName([[first]]: Facts): string | undefined {
  const id = first?.split(' ')[3];
  return id && `outcome-${id.charAt(0)}`;
}

const SEPARATOR = '\x1e';

/** Bytes: some hundred violations, which a pipe takes at once, so that the shell is not left with a part of them. */
const LONG = 60 * 1024;

/** Bytes of files on disk: more than rules of a team have, and few enough for SHA-1 without Node's cryptography. */
const SOON_HASHED = 60 * 1024;

/** What the shell compares: lines of the candidates, about settings, rules and the rest, and of the policy files. */
type Facts = readonly [candidates: string[], conditions: string[], policyFiles: string[]];

/** @returns null when what was said rests on more than facts can say */
function factsOf(worktree: ListedWorktree, grounds: readonly Grounds[], viewer: string): Facts | null {
  const { top, policyFiles, listed } = worktree;
  const onDisk = filesOnDisk(top, grounds);
  const isKnown = (path: string) => policyFiles.has(path) || onDisk.has(path);
  const rules = namedRules(top, grounds).filter((path) => !isKnown(path));
  const settings = settingsFolders(worktree);
  const ways = [...new Set(rules.flatMap((folder) => foldersAbove(`${folder}/`)))];
  const policies = recordsOf(listed.policyFiles);
  // What is a link or in conflict git lists as well, but has no content of it that would count.
  const isListed = policies.length === policyFiles.size;
  if (BUILD_ID === null || !isListed || !areAllKnown(worktree, grounds, settings, isKnown)) return null;
  if (![...settings, ...ways].every((folder) => isFolderOrNothing(resolve(top, folder)))) return null;
  if (!isQuicklyChecked(worktree, rules, settings) || !canTellIds(onDisk)) return null;
  const conditions = [
    `//${BUILD_ID}`,
    `viewer ${viewer}`,
    ...[...onDisk].map(([path, content]) => `on disk ${path}\t${blobId(content)}`),
    ...settings.map((folder) => `settings in ${folder}`),
    ...ways.map((folder) => `way through ${folder}`),
    ...rules.map((folder) => `rules below ${folder}`),
  ];
  return [candidateLines(worktree), conditions, policies];
}

/** Settings and rules that git has no content for, by their path from the top. */
function filesOnDisk(top: string, grounds: readonly Grounds[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const { selection, ruleSet } of grounds) {
    for (const [path, content] of selection.files.unknownToGit) files.set(displayPath(top, path), content);
    for (const { path, content } of ruleSet.files) if (Buffer.isBuffer(content)) files.set(path, content);
  }
  return files;
}

/** Whether ids of files are soon found, and git takes their names from a list as they are. */
function canTellIds(files: ReadonlyMap<string, Buffer>): boolean {
  const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  return (
    size <= SOON_HASHED && ![...files.keys()].some((path) => path.startsWith('"') || path.includes('\t'))
  );
}

/**
 * Whether the note would be found, names in it are what git calls the files, and all that is staged was judged: of a merge,
 * what a parent has as well is not.
 */
function isPlainCommit(cwd: string, { top, commonDirectory, mergeHeads }: ListedWorktree): boolean {
  return cwd === top && commonDirectory === join(top, '.git') && mergeHeads.length === 0;
}

/**
 * Whether all settings and rules are known, by names that do not depend on where the worktree is. That nothing else has come up
 * since, the shell finds out.
 */
function areAllKnown(
  { top, policyFiles }: ListedWorktree,
  grounds: readonly Grounds[],
  settingsFolders: readonly string[],
  isKnown: (path: string) => boolean,
): boolean {
  const settings = settingsFolders.flatMap((folder) =>
    [...SETTINGS_FILES, MANIFEST].map((name) => folder + name),
  );
  return (
    [...policyFiles.values()].every(isContentOfGit) &&
    settings.every((path) => isKnown(path) || !existsSync(resolve(top, path))) &&
    grounds.every(
      ({ selection: { base, rules }, ruleSet: { files } }) =>
        rules.every((path) => staysBelow(top, base, path)) && files.every(({ path }) => isKnown(path)),
    )
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

/** Whether a path that is relative to a folder leads below the top, and not out of it and in again. */
function staysBelow(top: string, base: string, path: string): boolean {
  const way = posix.join(displayPath(top, base), path);
  return !isAbsolute(path) && way !== '.' && way !== '..' && !way.startsWith('../');
}

/** A shell goes through the list of policy files for each file that it finds. */
function isQuicklyChecked(
  { policyFiles, listed }: ListedWorktree,
  ruleFolders: readonly string[],
  settingsFolders: readonly string[],
): boolean {
  const found = settingsFolders.length + (ruleFolders.length === 0 ? 0 : policyFiles.size);
  return found * listed.policyFiles.length <= QUICK;
}

/** Bytes: 200 manifests of a large repository, which take a shell less time than Node takes to start. */
const QUICK = 4e6;

/** Where the settings of candidates are looked for: each with a slash behind it, but the top is empty. */
function settingsFolders({ staged }: ListedWorktree): string[] {
  const candidates = staged.filter(({ path }) => mayBeTemplate(path));
  return [...new Set(['', ...candidates.flatMap(({ path }) => foldersAbove(path))])];
}

/** All but the top, of a file or, with a slash behind it, of a folder and with itself. */
function foldersAbove(path: string): string[] {
  const slash = path.lastIndexOf('/');
  if (slash === -1) return [];
  const folder = path.slice(0, slash);
  return [`${folder}/`, ...foldersAbove(folder)];
}

/** What the settings name, as seen from the top. */
function namedRules(top: string, grounds: readonly Grounds[]): string[] {
  const named = grounds.flatMap(({ selection: { base, rules } }) =>
    rules.map((path) => displayPath(top, resolve(base, path))),
  );
  return [...new Set(named)];
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
