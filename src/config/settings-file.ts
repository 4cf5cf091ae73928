import type { Diagnostic } from '../source/diagnostic.ts';
import type { Position } from '../source/source.ts';
import { mistakesIn } from './mistakes.ts';
import type { Settings } from './settings.ts';

/** Files that may hold settings, one of them in each folder, and the key that they have in the last one. */
export const SETTINGS_FILES = ['.ecs-guardrc.json', '.ecs-guardrc.yaml', '.ecs-guardrc.yml'] as const;
export const MANIFEST = 'package.json';
export const MANIFEST_KEY = 'ecs-guard';

/** What a file says. Plain data. */
export interface SettingsText {
  /** Null: they cannot be used, and the mistakes say why. */
  readonly settings: Settings | null;
  /** Where each suppression begins. */
  readonly suppressions: readonly Position[];
  readonly mistakes: readonly Diagnostic[];
}

/** Whether a file may hold settings; only a manifest may be without. */
export function mayHoldSettings(name: string, bytes: Buffer): boolean {
  return name !== MANIFEST || bytes.includes(`"${MANIFEST_KEY}"`);
}

/**
 * The settings if there is nothing to say about them. JSON with anything in it that has to be explained or pointed at,
 * and what is not JSON, is left to `locatedSettings`, which takes much longer to load.
 *
 * @param name of the file, without folders
 * @param packs names that `packs` may hold
 * @returns null for a manifest without settings, undefined for what is left
 */
export function plainSettings(
  name: string,
  bytes: Buffer,
  packs: readonly string[],
): Settings | null | undefined {
  if (!name.endsWith('.json')) return undefined;
  try {
    const data: unknown = JSON.parse(bytes.toString());
    const settings = name === MANIFEST ? (data as Record<string, unknown>)[MANIFEST_KEY] : data;
    if (settings === undefined) return null;
    const isPlain =
      mistakesIn(settings, packs).length === 0 && (settings as Settings).suppressions === undefined;
    return isPlain ? (settings as Settings) : undefined;
  } catch {
    return undefined;
  }
}
