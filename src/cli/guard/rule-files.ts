import { compile, type Program } from '../../engine/compile.ts';
import type { RulesFile } from '../../language/ast.ts';
import { nativeParseError } from '../../language/native-parse-error.ts';
import { parseRules } from '../../language/parser.ts';
import { RulesSyntaxError } from '../../language/syntax-error.ts';
import type { Limits } from '../../source/limits.ts';
import { Source } from '../../source/source.ts';
import { Failure } from './failure.ts';
import type { Files, Order } from './files.ts';

const RULE_FILE = /\.(guard|ruleset)$/;

/**
 * Paths of the rule files at and below the given paths. A file that is named itself may have any ending.
 *
 * @throws {Failure} for a path that does not exist
 */
export function findRuleFiles(files: Files, paths: readonly string[], order: Order): string[] {
  return paths.flatMap((given) => {
    files.requireExisting(given);
    if (files.isFile(given)) return [given];
    return [...files.walk(given, order)].filter((path) => RULE_FILE.test(path));
  });
}

/** @throws {Failure} */
export function readRuleFile(files: Files, path: string, name = baseName(path)): Source {
  return new Source(name, files.readText(path, 'ruleSize'));
}

/**
 * @returns null for a file without any rules
 * @throws {Failure} with the text of the native tool's parse error
 */
export function compileRules(source: Source, limits: Limits): Program | null {
  const file = failingOnSyntax(source, () => parseRules(source, limits));
  return isWithoutRules(file) ? null : compile(file, source, limits);
}

/** Whether a rule file holds nothing but comments, which the native tool takes for no rule file. */
export function isWithoutRules({ rules, parameterizedRules, assignments }: RulesFile): boolean {
  return rules.length === 0 && parameterizedRules.length === 0 && assignments.length === 0;
}

/** @throws {Failure} with the text of the native tool's parse error */
export function failingOnSyntax<T>(source: Source, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof RulesSyntaxError)) throw error;
    throw new Failure(nativeParseError(error, source.name));
  }
}

function baseName(path: string): string {
  const trimmed = path.replace(/(\/\.?)+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}
