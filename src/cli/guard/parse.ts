import { type GuardArguments, type GuardCommand, type GuardOptionTable, optionLabel } from './command.ts';
import { Matches } from './matches.ts';
import { mostSimilar } from './similar.ts';
import { bold } from './style.ts';
import { usage, usageOf } from './usage.ts';
import { HelpRequest, similarExists, UsageError, wrong } from './usage-error.ts';

/**
 * Reads the command line of a native command: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-n=value`, bundled
 * flags, several values behind one option, `--`.
 *
 * @throws {UsageError} with the text of the native tool
 * @throws {HelpRequest}
 */
export function parseArguments<T extends GuardOptionTable>(
  command: GuardCommand<T>,
  argv: readonly string[],
): GuardArguments<T> {
  const matches = new Matches(command);
  let operandsOnly = false;
  for (const argument of argv) {
    if (operandsOnly) refuse(command, argument);
    else if (argument === '--') operandsOnly = true;
    else if (argument.startsWith('--')) readLong(command, matches, argument.slice(2));
    else if (argument.startsWith('-') && argument !== '-') readShort(command, matches, argument.slice(1));
    else if (!matches.addValue(argument)) refuse(command, argument);
  }
  return matches.finish() as GuardArguments<T>;
}

function readLong(command: GuardCommand, matches: Matches, argument: string): void {
  const equals = argument.indexOf('=');
  const name = equals === -1 ? argument : argument.slice(0, equals);
  const attached = equals === -1 ? undefined : argument.slice(equals + 1);
  const option = command.options[name];
  if (option === undefined && name !== 'help') unknownLong(command, matches, name);
  if (option !== undefined && option.kind !== 'flag') matches.start(name, attached);
  else if (attached !== undefined) surplusValue(command, matches, name, attached);
  else if (option === undefined) askForHelp(matches);
  else matches.flag(name);
}

function readShort(command: GuardCommand, matches: Matches, bundle: string): void {
  const letters = [...bundle];
  for (const [at, letter] of letters.entries()) {
    const found = Object.entries(command.options).find(([, option]) => option.short === letter);
    if (found === undefined) {
      if (letter === 'h') askForHelp(matches);
      refuse(command, `-${letter}`);
    }
    const [name, option] = found;
    if (option.kind !== 'flag') {
      const attached = letters.slice(at + 1).join('');
      matches.start(name, attached === '' ? undefined : attached.replace(/^=/, ''));
      return;
    }
    matches.flag(name);
  }
}

function askForHelp(matches: Matches): never {
  matches.settle();
  throw new HelpRequest(true);
}

function refuse(command: GuardCommand, argument: string): never {
  throw new UsageError(`unexpected argument ${wrong(argument)} found`, { usage: usage(command) });
}

/** Trouble with the value before is not mentioned beside an unknown option, but the option counts as used. */
function unknownLong(command: GuardCommand, matches: Matches, name: string): never {
  matches.settleQuietly();
  const meant = mostSimilar(name, [...Object.keys(command.options), 'help']);
  const used = meant === undefined ? matches.used : [...new Set([...matches.used, meant])];
  throw new UsageError(`unexpected argument ${wrong(`--${name}`)} found`, {
    tip: meant === undefined ? undefined : similarExists('argument', `--${meant}`),
    usage: usageOf(command, used, true),
  });
}

function surplusValue(command: GuardCommand, matches: Matches, name: string, value: string): never {
  const option = command.options[name];
  const label = option === undefined ? `--${name}` : optionLabel(name, option);
  throw new UsageError(`unexpected value ${wrong(value)} for '${bold(label)}' found; no more were expected`, {
    usage: usageOf(command, [...matches.used, name], matches.used.length > 0),
  });
}
