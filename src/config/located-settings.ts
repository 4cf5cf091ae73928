import { type Diagnostic, DiagnosticError, diagnosticOf } from '../source/diagnostic.ts';
import type { Position } from '../source/source.ts';
import { loadTemplates } from '../template/templates.ts';
import type { BoolValue, Value } from '../value/value.ts';
import { mistakesIn, type SettingsPath } from './mistakes.ts';
import type { Settings } from './settings.ts';
import { MANIFEST, MANIFEST_KEY, type SettingsText } from './settings-file.ts';

/**
 * The settings, read so that it is known where everything stands.
 *
 * @param name of the file, without folders
 * @param shown how to call the file in diagnostics
 * @param packs names that `packs` may hold
 * @returns null for a manifest without settings
 */
export function locatedSettings(
  name: string,
  shown: string,
  bytes: Uint8Array,
  packs: readonly string[],
): SettingsText | null {
  let root: Value | undefined;
  try {
    root = settingsRoot(name, shown, bytes);
  } catch (error) {
    const diagnostic = diagnosticOf(error);
    if (diagnostic === undefined) throw error;
    return unusable([{ ...diagnostic, code: 'configuration' }]);
  }
  if (root === undefined) return name === MANIFEST ? null : unusable([emptyFile(shown)]);
  const settings = plainData(root);
  const mistakes = mistakesIn(settings, packs);
  if (mistakes.length > 0)
    return unusable(
      mistakes.map(({ path, inKey, message, help }) => {
        const place = inKey ? keyPosition(root, path) : positionOf(valueAt(root, path));
        return { code: 'configuration', file: shown, ...place, message, help };
      }),
    );
  const suppressions = valueAt(root, ['suppressions']);
  return {
    settings: settings as Settings,
    suppressions: suppressions?.kind === 'list' ? suppressions.value.map(positionOf) : [],
    mistakes: [],
  };
}

/** Where a key of the settings stands; undefined when the file has no such key. */
export function settingsKeyPosition(
  name: string,
  bytes: Uint8Array,
  path: SettingsPath,
): Position | undefined {
  const root = settingsRoot(name, name, bytes);
  return root === undefined || valueAt(root, path) === undefined ? undefined : keyPosition(root, path);
}

/** @throws {DiagnosticError} when the file cannot be read */
function settingsRoot(name: string, shown: string, bytes: Uint8Array): Value | undefined {
  // The template loader reads JSON too, and knows where everything stands.
  const [first, second] = loadTemplates(shown, bytes);
  if (second !== undefined)
    throw new DiagnosticError({
      code: 'configuration',
      file: shown,
      ...positionOf(second.root),
      message: 'the settings file has a second document',
      help: 'keep all settings in one',
    });
  const root = first?.root;
  return root !== undefined && name === MANIFEST ? valueAt(root, [MANIFEST_KEY]) : root;
}

function unusable(mistakes: readonly Diagnostic[]): SettingsText {
  return { settings: null, suppressions: [], mistakes };
}

function emptyFile(shown: string): Diagnostic {
  return {
    code: 'configuration',
    file: shown,
    message: 'the settings file is empty',
    help: 'delete it, or write `{}`',
  };
}

/** As `JSON.parse` would give it. */
function plainData(value: Value): unknown {
  if (value.kind === 'list') return value.value.map(plainData);
  if (value.kind === 'bool') return boolOrWord(value);
  if (value.kind !== 'map') return value.value;
  return Object.fromEntries(value.value.values.map((inner) => [inner.key, plainData(inner)]));
}

/** Templates go by YAML 1.1, where `off` is a truth value; in settings, as in YAML 1.2 and its editors, it is a word. */
function boolOrWord({ value, source, start }: BoolValue): boolean | string {
  const word = /^\w+/.exec(source?.text.slice(start, start + 6) ?? '')?.[0] ?? '';
  return /^(true|false)$/i.test(word) ? value : word;
}

function valueAt(root: Value, path: SettingsPath): Value | undefined {
  return path.reduce<Value | undefined>((value, step) => {
    if (value?.kind === 'map') return value.value.get(String(step));
    return value?.kind === 'list' ? value.value[Number(step)] : undefined;
  }, root);
}

function positionOf(value: Value | undefined): Position {
  return value?.source?.position(value.start) ?? START;
}

function keyPosition(root: Value, path: SettingsPath): Position {
  const map = valueAt(root, path.slice(0, -1));
  if (map?.kind !== 'map' || map.source === null) return START;
  const start = map.value.keyStarts[map.value.keys.indexOf(String(path.at(-1)))];
  return start === undefined ? START : map.source.position(start);
}

const START: Position = { line: 1, column: 1 };
