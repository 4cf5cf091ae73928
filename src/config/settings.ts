/** What a project settles for everybody who works on it. Absent: the default. */
export interface Settings {
  /** Names of built-in packs; empty for none. */
  readonly packs?: readonly string[];
  /** Rule files and folders, relative to the top of the repository. */
  readonly rules?: readonly string[];
}

/** Files that may hold settings, at the top of the repository, and the key that they have in the second one. */
export const SETTINGS_FILE = '.ecs-guardrc.json';
export const MANIFEST = 'package.json';
export const MANIFEST_KEY = 'ecs-guard';

/** The text of each file; absent where there is no file, or none that has the key. */
export interface SettingsTexts {
  readonly own: Buffer | undefined;
  readonly manifest: Buffer | undefined;
}

/** Settings whose packs are known to exist. */
export type CheckedSettings<Pack extends string> = Settings & { readonly packs?: readonly Pack[] };
