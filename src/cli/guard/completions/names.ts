import type { GuardOption } from '../command.ts';
import { GUARD_COMMANDS, HELP_COMMAND } from '../commands.ts';

/** Commands in the order of the help. */
export const COMMAND_NAMES: readonly string[] = [
  ...GUARD_COMMANDS.map(({ name }) => name),
  HELP_COMMAND.name,
];

/** Commands with their descriptions on one line. */
export const COMMAND_ABOUTS: readonly { readonly name: string; readonly about: string }[] = [
  ...GUARD_COMMANDS,
  HELP_COMMAND,
].map(({ name, about }) => ({ name, about: oneLine(about) }));

export function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

export function byName(names: readonly string[]): string[] {
  return [...names].sort();
}

/** Both spellings of an option. */
export function namesOf(name: string, option: GuardOption): string[] {
  return [`--${name}`, `-${option.short}`];
}

/** Options with values first, then flags, each in table order. */
export function valuesFirst(
  options: Readonly<Record<string, GuardOption>>,
): (readonly [string, GuardOption])[] {
  const entries = Object.entries(options);
  const isFlag = (option: GuardOption) => option.kind === 'flag';
  return [
    ...entries.filter(([, option]) => !isFlag(option)),
    ...entries.filter(([, option]) => isFlag(option)),
  ];
}
