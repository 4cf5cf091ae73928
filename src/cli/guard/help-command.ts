import { COMMANDS, type RunCommand } from '../commands/index.ts';
import type { Io } from '../io.ts';
import { coloursUsage } from './colour.ts';
import { GUARD_COMMANDS } from './commands.ts';
import { helpText } from './help.ts';
import { bold, heading, plain } from './style.ts';
import { usage } from './usage.ts';
import { UsageError, wrong } from './usage-error.ts';

/** `help`: for a native command as the native tool prints it, otherwise the help of this program. */
export const runHelp: RunCommand = async (topics, io) => {
  const [topic, surplus] = topics;
  if (topic === undefined || isOwn(topic)) return (await COMMANDS.check.load())(['--help'], io);
  const command = GUARD_COMMANDS.find(({ name }) => name === topic);
  if (command !== undefined && surplus === undefined) return say('stdout', helpText(command), io);
  const line = command === undefined ? `${heading('Usage:')} ${bold('cfn-guard')} <COMMAND>` : usage(command);
  const error = new UsageError(`unrecognized subcommand ${wrong(surplus ?? topic)}`, { usage: line });
  return say('stderr', error.message, io);
};

function isOwn(topic: string): boolean {
  return Object.hasOwn(COMMANDS, topic) && !GUARD_COMMANDS.some(({ name }) => name === topic);
}

function say(stream: 'stdout' | 'stderr', text: string, io: Io): number {
  const output = io[stream];
  output.write(coloursUsage(output, io.env) ? text : plain(text));
  return stream === 'stdout' ? 0 : 2;
}
