import { displayForm } from './display.ts';
import type { Value } from './value.ts';

/*
 * Reports are kept in build logs and sent to other services, so what may be a secret is not shown in them. Too much is
 * hidden rather than too little: nobody needs the value of a secret to repair a template.
 */

/** What is shown in the place of a secret. */
export const MASK = '***';

/**
 * The display form of a value without secrets, for which `***` stands. A secret is:
 *
 * - the value of an environment variable, whatever it is called;
 * - what a key or a sibling `Name` calls a password, a token, a key or the like, unless it is called the name, the ARN or
 *   another attribute of one;
 * - what an option of a command line calls so: `--password x`, `token=x`;
 * - the default and the allowed values of a parameter that has `NoEcho`, or is called so;
 * - a text, or a part of one, that has the shape of a credential, such as the password in a URL.
 *
 * Names that `Ref` refers to are shown.
 *
 * @param isFromSecret what else is one, besides what is told by its place
 */
export function shownForm(value: Value, isFromSecret: (value: Value) => boolean = () => false): string {
  const shown = (child: Value) => shownForm(child, isFromSecret);
  switch (value.kind) {
    case 'map':
      return `{${value.value.values.map((entry) => `"${entry.key}":${shown(entry)}`).join(',')}}`;
    case 'list':
      return `[${value.value.map(shown).join(',')}]`;
    case 'string':
      if (isSecret(value) || isFromSecret(value)) return `"${MASK}"`;
      return `"${withoutCredentials(value.value)}"`;
    case 'int':
    case 'float':
      return isSecret(value) || isFromSecret(value) ? MASK : displayForm(value);
    default:
      return displayForm(value);
  }
}

const SECRET_WORD =
  'pass(?:word|wd|phrase|code)|secret|token|api[-_. ]?key|access[-_. ]?key|private[-_. ]?key|credential|authorization';
const SECRET_NAME = new RegExp(`${SECRET_WORD}|(?:^|[-_. ])(?:pwd|pass)$`, 'i');
/** Endings of names that say something about a secret, which is none itself. */
const ATTRIBUTE =
  /(?:arn|count|days|expiry|file|from|id|length|name|parameter|path|policy|ttl|type|ur[il]|version)s?$/i;

/** Whether something of that name is a secret. */
export function isSecretName(name: unknown): boolean {
  return typeof name === 'string' && SECRET_NAME.test(name) && !ATTRIBUTE.test(name);
}

const SECRET_OPTION = new RegExp(`^--?[\\w-]*(?:${SECRET_WORD})[\\w-]*$`, 'i');

/** Whether the place of a value says that it is a secret. */
export function isSecret(value: Value): boolean {
  if (value.key === 'Ref') return false;
  const named = innermostNamed(value);
  return (
    isSecretName(named.key) ||
    isSecretName(siblingName(named)) ||
    followsSecretOption(value) ||
    isEnvironmentValue(named) ||
    isHiddenArgument(named)
  );
}

/** The value itself or the innermost one around it that stands under a key which is no function. */
function innermostNamed(value: Value): Value {
  let at = value;
  while (at.parent !== null && (typeof at.key !== 'string' || /^Fn::|^Ref$/.test(at.key))) at = at.parent;
  return at;
}

/** The name in a pair of a name and a value, by the key of the value. */
const NAME_KEYS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['Value', ['Name', 'Key']],
  ['value', ['name', 'key']],
  ['ParameterValue', ['ParameterKey']],
]);

function siblingName({ parent, key }: Value): unknown {
  if (parent?.kind !== 'map') return undefined;
  for (const nameKey of NAME_KEYS.get(key) ?? []) {
    const name = parent.value.get(nameKey);
    if (name?.kind === 'string') return name.value;
  }
  return undefined;
}

function followsSecretOption({ parent, key }: Value): boolean {
  const before = parent?.kind === 'list' ? parent.value[Number(key) - 1] : undefined;
  return before?.kind === 'string' && SECRET_OPTION.test(before.value);
}

/** A variable of a container, which is an element of a list, or of a function, which is an entry of a map. */
function isEnvironmentValue({ parent, key }: Value): boolean {
  const around = parent?.parent;
  if (parent?.key === 'Variables') return around?.key === 'Environment';
  return (key === 'Value' || key === 'value') && /^environment(?:variables)?$/i.test(String(around?.key));
}

/** What a parameter may be that has `NoEcho` or the name of a secret. */
function isHiddenArgument({ parent: parameter, key }: Value): boolean {
  if (parameter?.kind !== 'map' || (key !== 'Default' && key !== 'AllowedValues')) return false;
  if (parameter.parent?.key !== 'Parameters' || parameter.parent.parent?.parent !== null) return false;
  const noEcho = parameter.value.get('NoEcho');
  return isSecretName(parameter.key) || (noEcho !== undefined && /^true$/i.test(String(noEcho.value)));
}

/** What stands before a credential, if anything does, is in a group. Repetitions are bounded, so that long texts take no longer. */
const CREDENTIALS: readonly RegExp[] = [
  // Ids of AWS access keys, and tokens of GitHub and Slack.
  /()(?:\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[opsur]_\w{20,}|\bgithub_pat_\w{20,}|\bxox[a-z]-[\w-]{10,})/g,
  /()-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*/g,
  // The password of a URL.
  /(:\/\/[^\s/:@]{0,200}:)[^\s/@]{1,999}(?=@)/g,
  new RegExp(
    `((?:${SECRET_WORD})\\w{0,40}["']?(?:\\s{0,4}=\\s{0,4}|:\\s{1,4}|\\s?:(?=["']))["']?)[^\\s"',;&]+`,
    'gi',
  ),
  new RegExp(`(--?[\\w-]{0,40}(?:${SECRET_WORD})[\\w-]{0,40}\\s{1,4})[^\\s"']+`, 'gi'),
];

function withoutCredentials(text: string): string {
  return CREDENTIALS.reduce((masked, credential) => masked.replace(credential, `$1${MASK}`), text);
}
