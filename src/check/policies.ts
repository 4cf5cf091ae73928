import { dirname, resolve } from 'node:path';
import type { Store } from '../cache/store.ts';
import { globTest } from '../config/glob.ts';
import type { Settings } from '../config/settings.ts';
import type { GitPlace } from '../git/exec.ts';
import type { Worktree } from '../git/worktree.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Input } from './inputs.ts';
import { displayPaths, withoutLinks } from './paths.ts';
import { FILES_ON_DISK, FilesInIndex, type ProjectFiles } from './project-files.ts';
import type { RuleSelection } from './rule-set.ts';
import { type RuleChoice, selectRules } from './selection.ts';
import { type FoundSettings, SettingsFinder } from './settings-finder.ts';

/** The inputs that the same settings count for. */
export interface Policy {
  readonly settings: Settings;
  readonly selection: RuleSelection;
  /** Where the settings are from. */
  readonly origin: FoundSettings;
  /** Those that the settings want to have judged. */
  readonly inputs: readonly Input[];
  /** The path of one of them from the folder of the settings, with forward slashes. */
  pathOf(input: Input): string;
}

export interface Policies {
  /** None only when there are diagnostics. */
  readonly policies: readonly Policy[];
  /** Settings that cannot be used, whose inputs are not judged. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Where settings are looked for. */
export interface SettingsPlace {
  readonly place: GitPlace;
  readonly worktree: Worktree | null;
  readonly store: Store;
  /** Whether the settings and rule files in the index count, since that is what is judged; otherwise those on disk do. */
  readonly fromIndex: boolean;
}

/**
 * Finds out which settings count for each of the inputs. There is one policy at least where settings can be used, so that
 * rules are read and found usable even when nothing is to be judged.
 */
export async function policiesFor(
  choice: RuleChoice,
  where: SettingsPlace,
  inputs: readonly Input[],
): Promise<Policies> {
  const { finder, files, top, base } = settingsIn(where);
  const groups = new Map<FoundSettings, Input[]>();
  const inFolders = new Map<string, FoundSettings>();
  for (const input of inputs) {
    const folder = dirname(input.path);
    const found = inFolders.get(folder) ?? (await finder.find(resolve(base, folder)));
    inFolders.set(folder, found);
    const group = groups.get(found);
    if (group === undefined) groups.set(found, [input]);
    else group.push(input);
  }
  if (inputs.length === 0) groups.set(await finder.find(top), []);
  const policies = [...groups].flatMap(([origin, group]) => {
    const { settings, folder } = origin;
    if (settings === null) return [];
    const isJudged = fileTest(settings);
    const shown = displayPaths(folder);
    const pathOf = ({ path }: Input) => shown(resolve(base, path));
    const judged = isJudged === null ? group : group.filter((input) => isJudged(pathOf(input)));
    return [
      { settings, selection: selectRules(choice, settings, folder, files), origin, inputs: judged, pathOf },
    ];
  });
  const busy = policies.filter((policy) => policy.inputs.length > 0);
  return {
    policies: busy.length > 0 ? busy : policies.slice(0, 1),
    diagnostics: [...groups.keys()].flatMap(({ mistakes }) => mistakes),
  };
}

/**
 * The settings that count in a folder, and the rules that they select; null when they cannot be used.
 *
 * @param folder absolute
 */
export async function policyAt(
  folder: string,
  choice: RuleChoice,
  where: SettingsPlace,
): Promise<{ readonly origin: FoundSettings; readonly selection: RuleSelection | null }> {
  const { finder, files } = settingsIn(where);
  const origin = await finder.find(withoutLinks(folder));
  const { settings } = origin;
  return { origin, selection: settings && selectRules(choice, settings, origin.folder, files) };
}

interface SettingsSearch {
  readonly finder: SettingsFinder;
  readonly files: ProjectFiles;
  readonly top: string;
  /** What the paths of inputs are relative to. */
  readonly base: string;
}

function settingsIn({ place, worktree, store, fromIndex }: SettingsPlace): SettingsSearch {
  const base = withoutLinks(place.cwd);
  const top = worktree?.top ?? base;
  const files = worktree !== null && fromIndex ? new FilesInIndex(place, worktree) : FILES_ON_DISK;
  return { finder: new SettingsFinder(files, top, base, store), files, top, base };
}

/** Tells which files, by their path from the folder of the settings, are to be judged; null: all of them. */
function fileTest({ include, exclude = [] }: Settings): ((path: string) => boolean) | null {
  if (include === undefined && exclude.length === 0) return null;
  const isIncluded = include === undefined ? () => true : globTest(include);
  const isExcluded = globTest(exclude);
  return (path) => isIncluded(path) && !isExcluded(path);
}
