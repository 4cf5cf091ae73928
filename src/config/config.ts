import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../source/diagnostic.ts';
import {
  type CheckedSettings,
  MANIFEST,
  MANIFEST_KEY,
  SETTINGS_FILE,
  type SettingsTexts,
} from './settings.ts';

/**
 * Reads the settings at the top of the repository: `.ecs-guardrc.json`, or the key `ecs-guard` of `package.json`.
 *
 * @param packs names that `packs` may hold
 * @throws {DiagnosticError} for settings that cannot be used: they are never ignored, since rules might go with them
 */
export async function readSettings<Pack extends string>(
  top: string,
  packs: readonly Pack[],
): Promise<CheckedSettings<Pack>> {
  const texts = { own: read(top, SETTINGS_FILE), manifest: read(top, MANIFEST, `"${MANIFEST_KEY}"`) };
  const plain = plainSettings(texts, packs);
  if (plain !== undefined) return plain;
  const { locatedSettings } = await import('./located-settings.ts');
  return locatedSettings(texts, packs);
}

/** The file's content; undefined when it does not exist, or does not hold the text `needed`. */
function read(top: string, name: string, needed = ''): Buffer | undefined {
  try {
    const bytes = readFileSync(join(top, name));
    return bytes.includes(needed) ? bytes : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new DiagnosticError({
      code: 'configuration',
      file: name,
      message: `the settings cannot be read: ${code}`,
      help: 'check that it is a file and that you may read it',
    });
  }
}

/**
 * The settings if there is nothing to say about them. JSON with anything in it that has to be explained, and what is
 * not JSON, is left to the reader that knows where everything stands, which takes much longer to load.
 */
function plainSettings<Pack extends string>(
  { own, manifest }: SettingsTexts,
  packs: readonly Pack[],
): CheckedSettings<Pack> | undefined {
  try {
    const inManifest = manifest && JSON.parse(manifest.toString())[MANIFEST_KEY];
    if (own === undefined) return isUsable(inManifest ?? {}, packs) ? (inManifest ?? {}) : undefined;
    const settings = JSON.parse(own.toString());
    return inManifest === undefined && isUsable(settings, packs) ? settings : undefined;
  } catch {
    return undefined;
  }
}

function isUsable<Pack extends string>(
  settings: unknown,
  known: readonly Pack[],
): settings is CheckedSettings<Pack> {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return false;
  const { packs = [], rules = [], ...others } = settings as Record<string, unknown>;
  return (
    Object.keys(others).length === 0 &&
    Array.isArray(packs) &&
    packs.every((pack) => known.includes(pack)) &&
    Array.isArray(rules) &&
    rules.every((rule) => typeof rule === 'string')
  );
}
