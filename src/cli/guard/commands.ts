import type { GuardArguments, GuardCommand, GuardOptionTable } from './command.ts';
import { OUTPUT_FORMAT } from './formats.ts';

/*
 * The native tool's commands, in its own words: names, order and texts of options are part of what scripts see.
 */

const FOLDERS = 'scanning is only supported for files with following extensions:';
const DATA_EXTENSIONS = '.yaml, .yml, .json, .jsn, .template';
const REPEAT = 'Supports passing multiple values by using this option repeatedly.';

/** A command whose argument types follow from its table. */
function command<const T extends GuardOptionTable>(definition: GuardCommand<T>): GuardCommand<T> {
  return definition;
}

export type ValidateArguments = GuardArguments<(typeof VALIDATE)['options']>;
export const VALIDATE = command({
  name: 'validate',
  about: `Evaluates rules against the data files to determine success or failure.
You can point rules flag to a rules directory and point data flag to a data directory.
When pointed to a directory it will read all rules in the directory file and evaluate
them against the data files found in the directory. The command can also point to a
single file and it would work as well.
Note - When pointing the command to a directory, the directory may not contain a mix of
rules and data files. The directory being pointed to must contain only data files,
or rules files.
`,
  longHelp: true,
  exactlyOneOf: ['rules', 'payload'],
  options: {
    rules: {
      kind: 'many',
      short: 'r',
      placeholder: 'RULES',
      help: `Provide a rules file or a directory of rules files. ${REPEAT}
Example:
 --rules rule1.guard --rules ./rules-dir1 --rules rule2.guard
For directory arguments such as \`rules-dir1\` above, ${FOLDERS} .guard, .ruleset`,
      conflicts: ['payload'],
    },
    data: {
      kind: 'many',
      short: 'd',
      placeholder: 'DATA',
      help: `Provide a data file or directory of data files in JSON or YAML. ${REPEAT}
Example:
 --data template1.yaml --data ./data-dir1 --data template2.yaml
For directory arguments such as \`data-dir1\` above, ${FOLDERS} ${DATA_EXTENSIONS}`,
      conflicts: ['payload'],
    },
    'input-params': {
      kind: 'many',
      short: 'i',
      placeholder: 'INPUT_PARAMS',
      help: `Provide a parameter file or directory of parameter files in JSON or YAML that specifies any additional parameters to use along with data files to be used as a combined context. All the parameter files passed as input get merged and this combined context is again merged with each file passed as an argument for \`data\`. Due to this, every file is expected to contain mutually exclusive properties, without any overlap. ${REPEAT}
Example:
 --input-parameters param1.yaml --input-parameters ./param-dir1 --input-parameters param2.yaml
For directory arguments such as \`param-dir1\` above, ${FOLDERS} ${DATA_EXTENSIONS}`,
    },
    type: {
      kind: 'one',
      short: 't',
      placeholder: 'type',
      help: 'Specify the type of data file used for improved messaging - ex: CFNTemplate',
      choices: ['CFNTemplate'],
    },
    'output-format': OUTPUT_FORMAT,
    'show-summary': {
      kind: 'list',
      short: 'S',
      placeholder: 'SHOW_SUMMARY',
      help: 'Controls if the summary table needs to be displayed. --show-summary fail (default) or --show-summary pass,fail (only show rules that did pass/fail) or --show-summary none (to turn it off) or --show-summary all (to show all the rules that pass, fail or skip)',
      choices: ['all', 'pass', 'fail', 'skip', 'none'],
      standard: 'fail',
    },
    alphabetical: {
      kind: 'flag',
      short: 'a',
      help: 'Validate files in a directory ordered alphabetically',
      conflicts: ['last-modified'],
    },
    'last-modified': {
      kind: 'flag',
      short: 'm',
      help: 'Validate files in a directory ordered by last modified times',
      conflicts: ['alphabetical'],
    },
    verbose: { kind: 'flag', short: 'v', help: 'Verbose logging' },
    'print-json': {
      kind: 'flag',
      short: 'p',
      help: 'Print the parse tree in a json format. This can be used to get more details on how the clauses were evaluated',
    },
    payload: {
      kind: 'flag',
      short: 'P',
      help: `Provide rules and data in the following JSON format via STDIN,
{"rules":["<rules 1>", "<rules 2>", ...], "data":["<data 1>", "<data 2>", ...]}, where,
- "rules" takes a list of string version of rules files as its value and
- "data" takes a list of string version of data files as it value.
When --payload is specified --rules and --data cannot be specified.`,
    },
    structured: {
      kind: 'flag',
      short: 'z',
      help: [
        'Print out a list of structured and valid JSON/YAML. This argument conflicts with the following arguments: ',
        'verbose ',
        ' print-json ',
        ' show-summary: all/fail/pass/skip ',
        'output-format: single-line-summary',
      ].join('\n'),
      conflicts: ['print-json', 'verbose'],
    },
  },
});

export type TestArguments = GuardArguments<(typeof TEST)['options']>;
export const TEST = command({
  name: 'test',
  about: `Built in unit testing capability to validate a Guard rules file against
unit tests specified in YAML format to determine each individual rule's success
or failure testing.
`,
  groups: [['dir']],
  options: {
    'rules-file': { kind: 'one', short: 'r', placeholder: 'rules-file', help: 'Provide a rules file' },
    'test-data': {
      kind: 'one',
      short: 't',
      placeholder: 'test-data',
      help: 'Provide a file or dir for data files in JSON or YAML',
    },
    dir: { kind: 'one', short: 'd', placeholder: 'dir', help: 'Provide the root directory for rules' },
    alphabetical: {
      kind: 'flag',
      short: 'a',
      help: 'Sort alphabetically inside a directory',
      conflicts: ['last-modified'],
    },
    'last-modified': {
      kind: 'flag',
      short: 'm',
      help: 'Sort by last modified times within a directory',
      conflicts: ['alphabetical'],
    },
    verbose: { kind: 'flag', short: 'v', help: 'Verbose logging' },
    'output-format': OUTPUT_FORMAT,
  },
});

export const PARSE_TREE = command({
  name: 'parse-tree',
  about: 'Prints out the parse tree for the rules defined in the file.',
  options: {
    rules: { kind: 'one', short: 'r', placeholder: 'RULES', help: 'Provide a rules file' },
    output: { kind: 'one', short: 'o', placeholder: 'OUTPUT', help: 'Write to output file' },
    'print-json': {
      kind: 'flag',
      short: 'p',
      help: 'Print output in JSON format. Use -p as the short flag',
    },
    'print-yaml': { kind: 'flag', short: 'y', help: 'Print output in YAML format' },
  },
});

export const RULEGEN = command({
  name: 'rulegen',
  about:
    'Autogenerate rules from an existing JSON- or YAML- formatted data. (Currently works with only CloudFormation templates)',
  options: {
    output: { kind: 'one', short: 'o', placeholder: 'OUTPUT', help: 'Write to output file' },
    template: {
      kind: 'one',
      short: 't',
      placeholder: 'TEMPLATE',
      help: 'Provide path to a CloudFormation template file in JSON or YAML',
      required: true,
    },
  },
});

export const COMPLETIONS = command({
  name: 'completions',
  about: 'Generate auto-completions for all the sub-commands in shell.',
  options: {
    shell: {
      kind: 'one',
      short: 's',
      placeholder: 'SHELL',
      help: '',
      choices: ['bash', 'zsh', 'fish'],
      required: true,
    },
  },
});

/** In the order of the native tool's help. */
export const GUARD_COMMANDS = [VALIDATE, TEST, PARSE_TREE, RULEGEN, COMPLETIONS] as const;

/** The command that explains the others. */
export const HELP_COMMAND = {
  name: 'help',
  about: 'Print this message or the help of the given subcommand(s)',
} as const;
