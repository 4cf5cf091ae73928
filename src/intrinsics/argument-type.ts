import { canonicalInt, makeValue, type Value } from '../value/value.ts';

/** Keys whose values are text whatever that says, and keys of maps of such values. */
const TEXT_KEYS: ReadonlySet<unknown> = new Set(['Name', 'User', 'Value']);
const TEXT_MAPS: ReadonlySet<unknown> = new Set([
  'DockerLabels',
  'DriverOpts',
  'Labels',
  'Options',
  'Variables',
]);

/**
 * The value of a parameter as the property takes it that refers to it. CloudFormation has no boolean parameters: it makes
 * a boolean of the text where the property is one.
 *
 * @param text what the parameter is
 * @param isNumber whether it is declared as a number
 * @param place where the reference stands, which is the place of the result
 */
export function typedArgument(
  text: string,
  isNumber: boolean,
  { parent, key, start, source }: Pick<Value, 'parent' | 'key' | 'start' | 'source'>,
): Value {
  const isText = TEXT_KEYS.has(key) || TEXT_MAPS.has(parent?.key);
  if (!isText && (text === 'true' || text === 'false'))
    return makeValue('bool', text === 'true', parent, key, start, source);
  if (!isText && isNumber && /^[+-]?\d+$/.test(text))
    return makeValue('int', canonicalInt(BigInt(text)), parent, key, start, source);
  if (!isText && isNumber && text.trim() !== '' && Number.isFinite(Number(text)))
    return makeValue('float', Number(text), parent, key, start, source);
  return makeValue('string', text, parent, key, start, source);
}
