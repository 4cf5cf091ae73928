import { type FunctionName, isFunctionName } from '../../language/functions.ts';
import { InternalError } from '../../source/invariant.ts';
import type { Value } from '../../value/value.ts';
import type { Argument } from './arguments.ts';
import { count, join } from './collections.ts';
import { toBoolean, toChar, toFloat, toInt, toText } from './converters.ts';
import { now, parseEpoch } from './dates.ts';
import { jsonParse, regexReplace, substring, toLower, toUpper, urlDecode } from './strings.ts';

type Unary = (argument: Argument) => Value[];

function unary(implementation: Unary): Implementation {
  return ([argument = []]) => implementation(argument);
}

type Implementation = (args: readonly Argument[], clock: () => number) => Value[];

const FUNCTIONS: Readonly<Record<FunctionName, Implementation>> = {
  count: unary(count),
  join: ([strings = [], separator = []]) => join(strings, separator),
  json_parse: unary(jsonParse),
  now: (_, clock) => now(clock),
  parse_boolean: unary(toBoolean),
  parse_char: unary(toChar),
  parse_epoch: unary(parseEpoch),
  parse_float: unary(toFloat),
  parse_int: unary(toInt),
  parse_string: unary(toText),
  regex_replace: ([strings = [], pattern = [], replacement = []]) =>
    regexReplace(strings, pattern, replacement),
  substring: ([strings = [], from = [], to = []]) => substring(strings, from, to),
  to_lower: unary(toLower),
  to_upper: unary(toUpper),
  url_decode: unary(urlDecode),
};

/**
 * Calls a built-in function. Each keeps the path and position of the values it works on.
 *
 * @param name a name the parser accepted, with as many arguments as `functionArity` says
 * @param args the results of each argument
 * @param clock milliseconds since the Unix epoch
 * @throws {EvaluationError} with the native tool's text, when a value cannot be converted
 */
export function callFunction(name: string, args: readonly Argument[], clock: () => number): Value[] {
  if (!isFunctionName(name)) throw new InternalError(`the parser accepted the unknown function ${name}`);
  return FUNCTIONS[name](args, clock);
}
