import { type FunctionName, isFunctionName } from '../../language/functions.ts';
import { InternalError } from '../../source/invariant.ts';
import type { Limits } from '../../source/limits.ts';
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

/** What functions may take from outside of their arguments. */
export interface FunctionContext {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly limits: Limits;
}

type Implementation = (args: readonly Argument[], context: FunctionContext) => Value[];

const FUNCTIONS: Readonly<Record<FunctionName, Implementation>> = {
  count: unary(count),
  join: ([strings = [], separator = []], { limits }) => join(strings, separator, limits),
  json_parse: ([texts = []], { limits }) => jsonParse(texts, limits),
  now: (_, context) => now(context.now),
  parse_boolean: unary(toBoolean),
  parse_char: unary(toChar),
  parse_epoch: unary(parseEpoch),
  parse_float: unary(toFloat),
  parse_int: unary(toInt),
  parse_string: unary(toText),
  regex_replace: ([strings = [], pattern = [], replacement = []], { limits }) =>
    regexReplace(strings, pattern, replacement, limits),
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
 * @throws {EvaluationError} with the native tool's text, when a value cannot be converted; and when a limit is exceeded
 */
export function callFunction(name: string, args: readonly Argument[], context: FunctionContext): Value[] {
  if (!isFunctionName(name)) throw new InternalError(`the parser accepted the unknown function ${name}`);
  return FUNCTIONS[name](args, context);
}
