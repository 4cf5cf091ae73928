/* The commands of the native tool. They are a bundle of their own, which a commit never loads. */

export { runCompletions } from './completions/index.ts';
export { runHelp } from './help-command.ts';
export { runParseTree } from './parse-tree.ts';
export { runRulegen } from './rulegen.ts';
export { runTest } from './test.ts';
export { runValidate } from './validate.ts';
