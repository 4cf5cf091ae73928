/** Short tags that turn a scalar into a map with one entry. */
const SCALAR_TAGS = new Set([
  'Ref',
  'Base64',
  'Sub',
  'GetAZs',
  'ImportValue',
  'GetAtt',
  'Condition',
  'RefAll',
]);

/** Short tags that turn a sequence into a map with one entry. */
const SEQUENCE_TAGS = new Set([
  'GetAtt',
  'Sub',
  'Select',
  'Split',
  'Join',
  'FindInMap',
  'And',
  'Equals',
  'Contains',
  'EachMemberIn',
  'EachMemberEquals',
  'ValueOf',
  'If',
  'Not',
  'Or',
]);

/**
 * Key of the map that a tagged scalar stands for, or undefined when the tag means nothing to Guard
 * (fixtures/conformance/06-cfn-tags.json).
 *
 * @param tag resolved tag, such as `!Ref`
 */
export function longNameForScalar(tag: string): string | undefined {
  const name = localName(tag);
  return name !== undefined && SCALAR_TAGS.has(name) ? longName(name) : undefined;
}

/** Key of the map that a tagged sequence stands for, or undefined. `!Ref [a]` is no such sequence. */
export function longNameForSequence(tag: string): string | undefined {
  const name = localName(tag);
  return name !== undefined && SEQUENCE_TAGS.has(name) ? longName(name) : undefined;
}

/** Key of the map that a tagged node of any kind stands for, as the reader of unit-test inputs has it. */
export function longNameForAny(name: string): string | undefined {
  return SCALAR_TAGS.has(name) || SEQUENCE_TAGS.has(name) ? longName(name) : undefined;
}

/** Functions whose short forms mean nothing to Guard, which takes their arguments for plain data. */
const OTHER_FUNCTIONS = new Set(['Cidr', 'Length', 'ToJsonString', 'Transform']);

/** Key of the map that a tagged node of any kind stands for to CloudFormation, or undefined. */
export function longNameForCloudFormation(tag: string): string | undefined {
  const name = localName(tag);
  if (name === undefined) return undefined;
  return OTHER_FUNCTIONS.has(name) ? longName(name) : longNameForAny(name);
}

/** Name of a local tag: what follows its one `!`. */
export function localName(tag: string): string | undefined {
  return tag.charCodeAt(0) === 0x21 && tag.charCodeAt(1) !== 0x21 ? tag.slice(1) : undefined;
}

function longName(name: string): string {
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}
