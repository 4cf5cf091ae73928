import type { Source } from '../source/source.ts';
import type { YamlSyntaxError } from './yaml/syntax-error.ts';

/** A syntax error in the words of someone who edits a template. */
export interface Explanation {
  readonly message: string;
  readonly help: string;
}

/** Advice by what libyaml found wrong. */
const HELP = new Map<string, string>([
  [
    'mapping values are not allowed in this context',
    'quote the text if it contains `: `, or indent it under its key',
  ],
  ["could not find expected ':'", 'write `key: value`, or check the indentation of this line'],
  ['did not find expected key', 'check the indentation: keys of one map start in the same column'],
  [
    "did not find expected '-' indicator",
    'check the indentation: the items of one list start in the same column',
  ],
  ["did not find expected ',' or ']'", 'separate items with commas and close the list with `]`'],
  ["did not find expected ',' or '}'", 'separate entries with commas and close the map with `}`'],
  ['found unexpected end of stream', 'close the quotes'],
  ['found unknown escape character', 'write the backslash twice, or use single quotes'],
  ['block sequence entries are not allowed in this context', 'put the list on the lines below its key'],
  ['did not find expected alphabetic or numeric character', 'quote the text if it begins with `*` or `&`'],
  ['found undefined tag handle', 'use a CloudFormation tag such as `!Ref`'],
  [
    'found invalid Unicode character escape code',
    'write the character itself: surrogate escapes such as `\\ud83d` are not YAML',
  ],
]);

const DEFAULT_HELP = 'check the indentation and the quotes around this line';

/** Says what is wrong at the place of a syntax error, and what to do. */
export function explainSyntaxError(source: Source, error: YamlSyntaxError): Explanation {
  const character = source.text.charAt(error.problemAt);
  if (error.problem === 'found character that cannot start any token')
    return character === '\t'
      ? { message: 'a tab is used for indentation', help: 'indent with spaces' }
      : { message: `a value cannot start with \`${character}\``, help: 'quote the value' };
  if (error.problem.startsWith('found a tab character'))
    return { message: 'a tab is used for indentation', help: 'indent with spaces' };
  return { message: describe(source, error), help: HELP.get(error.problem) ?? DEFAULT_HELP };
}

function describe(source: Source, error: YamlSyntaxError): string {
  if (error.context === '') return error.problem;
  const from = error.contextAt >= 0 ? source.position(error.contextAt) : undefined;
  const since =
    from !== undefined && error.contextAt !== error.problemAt
      ? ` that starts at ${from.line}:${from.column}`
      : '';
  return `${error.problem} ${error.context}${since}`;
}
