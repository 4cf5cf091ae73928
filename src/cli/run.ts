import { renderDiagnostics } from '../reporters/diagnostics.ts';
import { diagnosticOf } from '../source/diagnostic.ts';
import { coloursFor } from './colour.ts';
import { COMMANDS, type Command, DEFAULT_COMMAND } from './commands/index.ts';
import { EXIT } from './exit-code.ts';
import type { Io } from './io.ts';

/**
 * Runs one command line, without the program's own name.
 *
 * @returns the exit code; this never throws
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    const [first, ...rest] = argv;
    const named = first !== undefined && Object.hasOwn(COMMANDS, first);
    const command: Command = COMMANDS[named ? (first as keyof typeof COMMANDS) : DEFAULT_COMMAND];
    const runCommand = await command.load();
    return await runCommand(named ? rest : argv, io);
  } catch (error) {
    io.stderr.write(await describeFailure(error, io));
    return EXIT.cannotJudge;
  }
}

async function describeFailure(error: unknown, io: Io): Promise<string> {
  const diagnostic = diagnosticOf(error);
  if (diagnostic !== undefined) return renderDiagnostics([diagnostic], await coloursFor(io.stderr, io.env));
  const stack = error instanceof Error ? error.stack : String(error);
  return `ecs-guard-staged failed: this is a bug, please report it with these lines\n${stack}\n`;
}
