import { DiagnosticError } from '../source/diagnostic.ts';
import { nearest } from '../source/nearest.ts';
import { loadTemplates } from '../template/templates.ts';
import type { Value } from '../value/value.ts';
import {
  type CheckedSettings,
  MANIFEST,
  MANIFEST_KEY,
  SETTINGS_FILE,
  type SettingsTexts,
} from './settings.ts';

const KEYS = ['packs', 'rules'] as const;

/**
 * The settings, read so that it is known where everything stands.
 *
 * @throws {DiagnosticError} for what is wrong with them
 */
export function locatedSettings<Pack extends string>(
  texts: SettingsTexts,
  packs: readonly Pack[],
): CheckedSettings<Pack> {
  const own = load(SETTINGS_FILE, texts.own);
  const manifest = load(MANIFEST, texts.manifest);
  const inManifest = manifest?.kind === 'map' ? manifest.value.get(MANIFEST_KEY) : undefined;
  if (own !== undefined && inManifest !== undefined)
    fail(inManifest, `there are settings both here and in \`${SETTINGS_FILE}\``, 'keep one of them');
  const settings = own ?? inManifest;
  return settings === undefined ? {} : validate(settings, packs);
}

function load(name: string, bytes: Buffer | undefined): Value | undefined {
  if (bytes === undefined) return undefined;
  try {
    // The template loader reads JSON too, and knows where everything stands.
    return loadTemplates(name, bytes)[0]?.root ?? emptyFile(name);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    throw new DiagnosticError({ ...error.diagnostic, code: 'configuration' });
  }
}

function emptyFile(name: string): never {
  throw new DiagnosticError({
    code: 'configuration',
    file: name,
    message: 'the settings file is empty',
    help: 'delete it, or write `{}`',
  });
}

function validate<Pack extends string>(settings: Value, packs: readonly Pack[]): CheckedSettings<Pack> {
  if (settings.kind !== 'map') return fail(settings, 'the settings must be an object', example());
  const { value: entries } = settings;
  for (const entry of entries.values) {
    const key = String(entry.key);
    if ((KEYS as readonly string[]).includes(key)) continue;
    const meant = nearest(key, KEYS);
    fail(
      entry,
      `there is no setting \`${key}\``,
      meant === undefined
        ? `the settings are ${KEYS.map((known) => `\`${known}\``).join(' and ')}`
        : `did you mean \`${meant}\`?`,
    );
  }
  const chosen = entries.get('packs');
  const rules = entries.get('rules');
  return {
    ...(chosen === undefined ? {} : { packs: textsOf(chosen, 'packs').map((text) => packOf(text, packs)) }),
    ...(rules === undefined ? {} : { rules: textsOf(rules, 'rules').map(({ value }) => value) }),
  };
}

type Text = Extract<Value, { kind: 'string' }>;

function textsOf(value: Value, name: string): Text[] {
  if (value.kind !== 'list') return fail(value, `\`${name}\` must be a list of texts`, example());
  return value.value.map((item) =>
    item.kind === 'string' ? item : fail(item, `\`${name}\` must hold texts only`, example()),
  );
}

function packOf<Pack extends string>(text: Text, packs: readonly Pack[]): Pack {
  const pack = packs.find((name) => name === text.value);
  const known = packs.map((name) => `\`${name}\``).join(' and ');
  return pack ?? fail(text, `there is no pack \`${text.value}\``, `the packs are ${known}`);
}

function example(): string {
  return 'for example: { "packs": ["baseline"], "rules": ["rules"] }';
}

function fail(at: Value, message: string, help: string): never {
  const position = at.source?.position(at.start);
  throw new DiagnosticError({
    code: 'configuration',
    message,
    help,
    ...(at.source === null ? {} : { file: at.source.name, ...position }),
  });
}
