import { parseRules } from '../../language/parser.ts';
import { type Document, jsonDocument, yamlDocument } from '../../reporters/native/index.ts';
import { parseTreeJson } from '../../reporters/parse-tree.ts';
import { type Limits, limitsOf } from '../../source/limits.ts';
import { Source } from '../../source/source.ts';
import type { Io } from '../io.ts';
import { PARSE_TREE } from './commands.ts';
import { Files } from './files.ts';
import { withOutput } from './output-file.ts';
import { failingOnSyntax, isWithoutRules } from './rule-files.ts';
import { guardCommand } from './run.ts';
import { readStdinText } from './stdin.ts';

/** `parse-tree`: prints a rule file as the native tool's parser sees it. */
export const runParseTree = guardCommand(PARSE_TREE, (options, io) =>
  withOutput(options.output, io, async (sink) => {
    const tree = treeOf(await readRules(options.rules, io), limitsOf(io.env));
    sink.write(options['print-json'] ? jsonDocument(tree) : yamlDocument(tree));
    return 0;
  }),
);

async function readRules(path: string | undefined, io: Io): Promise<string> {
  return path === undefined ? readStdinText(io, 'ruleSize') : new Files(io).readText(path, 'ruleSize');
}

/** Rules have no file name here, not even when they come from a file. */
function treeOf(text: string, limits: Limits): Document {
  const source = new Source('', text);
  const file = failingOnSyntax(source, () => parseRules(source, limits));
  return isWithoutRules(file) ? null : parseTreeJson(file, source);
}
