/** Number of arguments of each built-in function. A call with another number is read as something else by the parser. */
const ARITY = {
  count: 1,
  join: 2,
  json_parse: 1,
  now: 0,
  parse_boolean: 1,
  parse_char: 1,
  parse_epoch: 1,
  parse_float: 1,
  parse_int: 1,
  parse_string: 1,
  regex_replace: 3,
  substring: 3,
  to_lower: 1,
  to_upper: 1,
  url_decode: 1,
} as const;

export type FunctionName = keyof typeof ARITY;

/** Number of arguments a built-in function takes, or undefined when there is no such function. */
export function functionArity(name: string): number | undefined {
  return isFunctionName(name) ? ARITY[name] : undefined;
}

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(ARITY, name);
}
