import { parseRules } from '../language/parser.ts';
import { type Limits, STANDARD_LIMITS } from '../source/limits.ts';
import { Source } from '../source/source.ts';
import { compile, type Program } from './compile.ts';

/**
 * Parses and compiles the text of a rule file. The result can judge any number of templates.
 *
 * @param name path or label, as messages name the file
 * @throws {RulesSyntaxError} when the text does not follow the grammar of Guard; its `diagnostic` says where and why
 */
export function compileRules(name: string, text: string, limits: Limits = STANDARD_LIMITS): Program {
  const source = new Source(name, text);
  return compile(parseRules(source, limits), source, limits);
}
