import { dirname, join } from 'node:path';
import { settingsKey } from '../cache/key.ts';
import type { Store } from '../cache/store.ts';
import type { SettingsPath } from '../config/mistakes.ts';
import type { Settings } from '../config/settings.ts';
import {
  MANIFEST,
  mayHoldSettings,
  plainSettings,
  SETTINGS_FILES,
  type SettingsText,
} from '../config/settings-file.ts';
import { blobId } from '../git/blob-id.ts';
import { BUILD_ID } from '../package.ts';
import { type Diagnostic, diagnosticOf } from '../source/diagnostic.ts';
import type { Position } from '../source/source.ts';
import { PACKS } from './pack-names.ts';
import { displayPath, isInside } from './paths.ts';
import type { ProjectFiles } from './project-files.ts';

/** The settings that count for the files of a folder. */
export interface FoundSettings {
  /** Absolute path of the folder that paths and globs in them are relative to. */
  readonly folder: string;
  /** The file, as the user knows it; null: there is none, and everything has its default. */
  readonly file: string | null;
  /** Null: they cannot be used, and the mistakes say why. */
  readonly settings: Settings | null;
  readonly mistakes: readonly Diagnostic[];
  /** Where each suppression begins. */
  readonly suppressions: readonly Position[];
  /** Where a key of them stands. */
  locate(key: SettingsPath): Promise<Position | undefined>;
}

/**
 * Finds settings: those of the nearest folder that has any, from a folder up to the top. What stands above them does not
 * count, so that one file says everything about the files below it.
 */
export class SettingsFinder {
  readonly #files: ProjectFiles;
  readonly #top: string;
  readonly #cwd: string;
  readonly #store: Store;
  readonly #found = new Map<string, Promise<FoundSettings>>();

  /**
   * @param top absolute path of the folder where the search ends; it also counts for what is outside of it
   * @param cwd what the names of files are relative to
   * @param store for settings that take long to read
   */
  constructor(files: ProjectFiles, top: string, cwd: string, store: Store) {
    this.#files = files;
    this.#top = top;
    this.#cwd = cwd;
    this.#store = store;
  }

  /** @param folder absolute */
  find(folder: string): Promise<FoundSettings> {
    const start = isInside(this.#top, folder) ? folder : this.#top;
    const known = this.#found.get(start);
    if (known !== undefined) return known;
    const finding = this.#search(start);
    this.#found.set(start, finding);
    return finding;
  }

  async #search(folder: string): Promise<FoundSettings> {
    const found = await this.#inFolder(folder);
    if (found !== null) return found;
    return folder === this.#top ? noSettings(folder) : this.find(dirname(folder));
  }

  async #inFolder(folder: string): Promise<FoundSettings | null> {
    const found: FoundSettings[] = [];
    for (const name of [...SETTINGS_FILES, MANIFEST]) {
      const settings = await this.#inFile(folder, name);
      if (settings !== null) found.push(settings);
    }
    const [first, second] = found;
    if (first === undefined || second === undefined) return first ?? null;
    return unusable(folder, second.file!, {
      code: 'configuration',
      file: second.file!,
      message: `there are settings both here and in \`${first.file}\``,
      help: 'keep one of them',
    });
  }

  async #inFile(folder: string, name: string): Promise<FoundSettings | null> {
    const path = join(folder, name);
    const file = displayPath(this.#cwd, path);
    let bytes: Buffer | undefined;
    try {
      bytes = await this.#files.read(path);
    } catch (error) {
      return unusable(folder, file, unreadable(file, error));
    }
    if (bytes === undefined || !mayHoldSettings(name, bytes)) return null;
    const content = bytes;
    const text = await this.#parse(name, file, content);
    if (text === null) return null;
    const locate = async (key: SettingsPath) => {
      const { settingsKeyPosition } = await import('../config/located-settings.ts');
      return settingsKeyPosition(name, content, key);
    };
    return { folder, file, ...text, locate };
  }

  async #parse(name: string, file: string, bytes: Buffer): Promise<SettingsText | null> {
    const plain = plainSettings(name, bytes, PACKS);
    if (plain !== undefined) return plain && { settings: plain, suppressions: [], mistakes: [] };
    const key = BUILD_ID === null ? null : settingsKey(BUILD_ID, name, blobId(bytes));
    const kept = key === null ? undefined : this.#store.read(key);
    if (kept !== undefined) return JSON.parse(kept.toString()) as SettingsText;
    const { locatedSettings } = await import('../config/located-settings.ts');
    const text = locatedSettings(name, file, bytes, PACKS);
    // Mistakes name the file as it is seen from the working directory.
    if (key !== null && text?.mistakes.length === 0)
      this.#store.write(key, Buffer.from(JSON.stringify(text)));
    return text;
  }
}

function noSettings(folder: string): FoundSettings {
  return { folder, file: null, settings: {}, mistakes: [], suppressions: [], locate: async () => undefined };
}

function unusable(folder: string, file: string, mistake: Diagnostic): FoundSettings {
  return { ...noSettings(folder), file, settings: null, mistakes: [mistake] };
}

/** @throws the error itself when it is a bug */
function unreadable(file: string, error: unknown): Diagnostic {
  const diagnostic = diagnosticOf(error);
  if (diagnostic !== undefined) return diagnostic;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return {
    code: 'configuration',
    file,
    message: `the settings cannot be read: ${code}`,
    help: 'check that it is a file and that you may read it',
  };
}
