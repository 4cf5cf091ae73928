import { isDay } from '../source/day.ts';
import { nearest } from '../source/nearest.ts';
import type { FailOn, Level } from './settings.ts';

/** Something in the settings that cannot be used. */
export interface Mistake {
  /** Keys and indices that lead to the value. */
  readonly path: SettingsPath;
  /** Whether it is the key that is wrong, and not its value. */
  readonly inKey: boolean;
  /** As in a diagnostic. */
  readonly message: string;
  readonly help: string;
}

/** Keys and indices from the settings down to one value of them. */
export type SettingsPath = readonly (string | number)[];

const LEVELS: readonly Level[] = ['error', 'warn', 'info', 'off'];
const FAIL_ON: readonly FailOn[] = ['warn', 'unknown'];
const REPORTS = ['all', 'new'];

/** What may stand in one place of the settings. */
type Check = (value: unknown, path: SettingsPath) => Mistake[];

/**
 * Everything that is wrong with settings, in their order. `ecs-guardrc.schema.json` says the same for editors.
 *
 * @param settings plain data
 * @param packs names that `packs` may hold
 */
export function mistakesIn(settings: unknown, packs: readonly string[]): Mistake[] {
  const check = record({
    $schema: text,
    packs: listOf(oneOf('pack', packs)),
    rules: listOf(text),
    include: listOf(glob),
    exclude: listOf(glob),
    severity: mapOf(oneOf('level', LEVELS)),
    suppressions: listOf(
      record(
        { rule: text, file: glob, resource: text, reason: text, until: day },
        {
          rule: 'name the rule',
          file: 'name a file or glob',
          reason: 'say why the rule does not count there',
        },
      ),
    ),
    report: oneOf('report', REPORTS),
    failOn: listOf(oneOf('reason to fail', FAIL_ON)),
    intrinsics: flag,
  });
  return check(settings, []);
}

/** @param required what to do about keys that are missing */
function record(
  keys: Readonly<Record<string, Check>>,
  required: Readonly<Record<string, string>> = {},
): Check {
  return (value, path) => {
    if (!isObject(value)) return wrong(path, `${placeOf(path)} must be an object`, EXAMPLE);
    const missing = Object.keys(required).filter((key) => !Object.hasOwn(value, key));
    return [
      ...missing.flatMap((key) => wrong(path, `${placeOf(path)} has no \`${key}\``, required[key]!)),
      ...Object.entries(value).flatMap(([key, inner]) =>
        Object.hasOwn(keys, key)
          ? keys[key]!(inner, [...path, key])
          : unknownKey(key, path, Object.keys(keys)),
      ),
    ];
  };
}

function unknownKey(key: string, path: SettingsPath, known: readonly string[]): Mistake[] {
  const message = `there is no setting \`${key}\`${path.length === 0 ? '' : ' here'}`;
  return [{ path: [...path, key], inKey: true, message, help: choice(key, known, 'the settings are') }];
}

function mapOf(check: Check): Check {
  return (value, path) => {
    if (!isObject(value)) return wrong(path, `${placeOf(path)} must be an object`, EXAMPLE);
    return Object.entries(value).flatMap(([key, inner]) => check(inner, [...path, key]));
  };
}

function listOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return wrong(path, `${placeOf(path)} must be a list`, EXAMPLE);
    return value.flatMap((inner, at) => check(inner, [...path, at]));
  };
}

function oneOf(what: string, choices: readonly string[]): Check {
  return (value, path) => {
    if (!isText(value)) return wrong(path, emptyText(path), choice('', choices, 'choose one of'));
    if (choices.includes(value)) return [];
    return wrong(path, `there is no ${what} \`${value}\``, choice(value, choices, 'choose one of'));
  };
}

function text(value: unknown, path: SettingsPath): Mistake[] {
  return isText(value) ? [] : wrong(path, emptyText(path), EXAMPLE);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && /\S/.test(value);
}

function emptyText(path: SettingsPath): string {
  return `${placeOf(path)} must be a text that is not empty`;
}

function glob(value: unknown, path: SettingsPath): Mistake[] {
  if (!isText(value)) return text(value, path);
  if (value.startsWith('!'))
    return wrong(path, `the glob \`${value}\` begins with \`!\``, 'say what is not meant in `exclude`');
  if (value.includes('\\'))
    return wrong(path, `the glob \`${value}\` has a backslash`, 'write `/` between folders, on every system');
  if (value.split('/').includes('..'))
    return wrong(
      path,
      `the glob \`${value}\` leads out of the folder of the settings`,
      'write settings for those files in a folder above them',
    );
  return [];
}

function day(value: unknown, path: SettingsPath): Mistake[] {
  if (typeof value === 'string' && isDay(value)) return [];
  return wrong(
    path,
    `${placeOf(path)} must be a day of the calendar`,
    'write it as in `"until": "2027-03-31"`',
  );
}

function flag(value: unknown, path: SettingsPath): Mistake[] {
  return typeof value === 'boolean' ? [] : wrong(path, `${placeOf(path)} must be true or false`, EXAMPLE);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(path: SettingsPath, message: string, help: string): Mistake[] {
  return [{ path, inKey: false, message, help }];
}

/** How to call a place at the beginning of a sentence. */
function placeOf(path: SettingsPath): string {
  const [last, list] = path.toReversed();
  if (last === undefined) return 'the settings';
  return typeof last === 'string' ? `\`${last}\`` : `an entry of \`${list}\``;
}

function choice(given: string, known: readonly string[], otherwise: string): string {
  const meant = nearest(given, known);
  return meant === undefined
    ? `${otherwise} ${known.map((name) => `\`${name}\``).join(', ')}`
    : `did you mean \`${meant}\`?`;
}

const EXAMPLE =
  'for example: { "packs": ["baseline"], "rules": ["policies"], "exclude": ["examples"], "severity": { "some_rule": "warn" } }';
