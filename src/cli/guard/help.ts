import { type GuardCommand, type GuardOption, valueLabel } from './command.ts';
import { bold, heading, plain } from './style.ts';
import { usage } from './usage.ts';

const HELP: GuardOption = { kind: 'flag', short: 'h', help: 'Print help' };

/** The help of one command, styled. */
export function helpText(command: GuardCommand): string {
  const rows = Object.entries({ ...command.options, help: HELP }).map(([name, option]) => ({
    usage: `  ${bold(`-${option.short}`)}, ${bold(`--${name}`)}${valueLabel(option)}`,
    description: describe(option),
  }));
  const width = Math.max(...rows.map((row) => plain(row.usage).length));
  const lines = rows.map(({ usage: left, description }) =>
    command.longHelp
      ? `${left}\n${' '.repeat(10)}${description.replaceAll('\n', `\n${' '.repeat(10)}`)}\n`
      : `${left}${' '.repeat(width - plain(left).length)}  ${description}\n`,
  );
  return `${command.about}\n\n${usage(command)}\n\n${heading('Options:')}\n${lines.join('')}`;
}

function describe(option: GuardOption): string {
  const parts = option.help === '' ? [] : [option.help];
  if (option.kind !== 'flag') {
    if (option.standard !== undefined) parts.push(`[default: ${option.standard}]`);
    if (option.choices !== undefined) parts.push(`[possible values: ${option.choices.join(', ')}]`);
  }
  return parts.join(' ');
}
