import type { RunCommand } from '../commands/index.ts';
import type { Io, Output } from '../io.ts';
import { coloursUsage } from './colour.ts';
import type { GuardArguments, GuardCommand, GuardOptionTable } from './command.ts';
import { Failure } from './failure.ts';
import { helpText } from './help.ts';
import { parseArguments } from './parse.ts';
import { plain } from './style.ts';
import { HelpRequest, UsageError } from './usage-error.ts';

/** What a command does once its command line is understood. Returns the exit code. */
export type Execute<T extends GuardOptionTable> = (options: GuardArguments<T>, io: Io) => Promise<number>;

/** Exit codes that all commands of the native tool share. */
const EXIT = { usage: 2, failure: 255 } as const;

/** A native command as a command of this program: usage trouble, help and failures end as they do there. */
export function guardCommand<T extends GuardOptionTable>(
  command: GuardCommand<T>,
  execute: Execute<T>,
): RunCommand {
  return async (argv, io) => {
    try {
      return await execute(parseArguments(command, argv), io);
    } catch (error) {
      return report(error, command, io);
    }
  };
}

function report(error: unknown, command: GuardCommand, io: Io): number {
  if (error instanceof UsageError) {
    writeStyled(io.stderr, error.message, io);
    return EXIT.usage;
  }
  if (error instanceof HelpRequest) {
    writeStyled(error.wanted ? io.stdout : io.stderr, helpText(command), io);
    return error.wanted ? 0 : EXIT.usage;
  }
  if (error instanceof Failure) {
    io.stderr.write(`Error occurred ${error.message}\n`);
    return EXIT.failure;
  }
  throw error;
}

function writeStyled(output: Output, text: string, { env }: Io): void {
  output.write(coloursUsage(output, env) ? text : plain(text));
}
