import type { Io } from '../io.ts';

/** Runs one command and returns its exit code. `argv` is what follows the command's name. */
export type RunCommand = (argv: readonly string[], io: Io) => Promise<number>;

export interface Command {
  /** One line for the help. */
  readonly summary: string;
  /** Loads the command's code, which no other command pays for. */
  load(): Promise<RunCommand>;
}

/** The command that runs when none is named. */
export const DEFAULT_COMMAND = 'check';

export const COMMANDS = {
  check: {
    summary: 'judge the staged templates, or the given files and folders (default)',
    load: async () => (await import('./check.ts')).runCheck,
  },
  hook: {
    summary: 'what the pre-commit hook runs; standard input is what it has asked git',
    load: async () => (await import('./check.ts')).runHook,
  },
  rules: {
    summary: 'list the rules that are active here, how severe, and where they are from',
    load: async () => (await import('./rules.ts')).runRules,
  },
  explain: {
    summary: 'explain a rule: why it is there and how to satisfy it',
    load: async () => (await import('./explain.ts')).runExplain,
  },
  init: {
    summary: 'install the hooks in this repository, and count what is wrong already; `--undo` removes them',
    load: async () => (await import('./init.ts')).runInit,
  },
  validate: {
    summary: 'as `cfn-guard validate`',
    load: async () => (await import('../guard/index.ts')).runValidate,
  },
  test: {
    summary: 'as `cfn-guard test`: run unit tests of rules',
    load: async () => (await import('../guard/index.ts')).runTest,
  },
  'parse-tree': {
    summary: 'as `cfn-guard parse-tree`',
    load: async () => (await import('../guard/index.ts')).runParseTree,
  },
  rulegen: {
    summary: 'as `cfn-guard rulegen`',
    load: async () => (await import('../guard/index.ts')).runRulegen,
  },
  completions: {
    summary: 'as `cfn-guard completions`',
    load: async () => (await import('../guard/index.ts')).runCompletions,
  },
  help: {
    summary: 'print this help, or that of a command that is as in `cfn-guard`',
    load: async () => (await import('../guard/index.ts')).runHelp,
  },
} as const satisfies Record<string, Command>;
