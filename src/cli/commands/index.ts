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
  init: {
    summary: 'install the pre-commit hook in this repository',
    load: async () => (await import('./init.ts')).runInit,
  },
} as const satisfies Record<string, Command>;
