import { type GuardCommand, optionLabel, styledLabel } from './command.ts';
import { bold, heading } from './style.ts';

/** The usage line of a command in general. */
export function usage(command: GuardCommand): string {
  return usageLine([bold(`cfn-guard ${command.name}`), ...optionsTag(command), ...requiredParts(command)]);
}

/**
 * The usage line of a command for the options used, as messages about them show it.
 *
 * @param used long names
 * @param withGroups whether to list the groups of those options instead of the options themselves
 */
export function usageOf(command: GuardCommand, used: readonly string[], withGroups: boolean): string {
  if (used.length === 0) return usage(command);
  const groups = withGroups ? groupsOf(command, used) : [];
  const covered = new Set([...groups, command.exactlyOneOf ?? []].flat());
  const labels = [...requiredNames(command), ...used]
    .filter((name) => !covered.has(name))
    .map((name) => labelOf(command, name));
  const group = command.exactlyOneOf === undefined ? [] : [command.exactlyOneOf];
  const groupLabels = [...group, ...groups].map((names) => groupLabel(command, names));
  return usageLine([bold(`cfn-guard ${command.name}`), ...new Set(labels), ...new Set(groupLabels)]);
}

/** `<--this|--that <THAT>>` */
export function groupLabel(command: GuardCommand, names: readonly string[]): string {
  const labels = names.map((name) => {
    const option = command.options[name];
    return option === undefined ? `--${name}` : optionLabel(name, option);
  });
  return `<${labels.join('|')}>`;
}

export function requiredNames(command: GuardCommand): string[] {
  return Object.entries(command.options)
    .filter(([, option]) => option.kind !== 'flag' && option.required)
    .map(([name]) => name);
}

function usageLine(parts: readonly string[]): string {
  return `${heading('Usage:')} ${parts.join(' ')}`;
}

function optionsTag(command: GuardCommand): string[] {
  const optional = Object.keys(command.options).length - requiredNames(command).length;
  return optional > 0 ? ['[OPTIONS]'] : [];
}

function requiredParts(command: GuardCommand): string[] {
  const labels = requiredNames(command).map((name) => labelOf(command, name));
  return command.exactlyOneOf === undefined ? labels : [...labels, groupLabel(command, command.exactlyOneOf)];
}

/** `--help` belongs to every command without being in its table. */
function labelOf(command: GuardCommand, name: string): string {
  const option = command.options[name];
  return option === undefined ? bold(`--${name}`) : styledLabel(name, option);
}

/** The set of all options counts as a group, as soon as one of them is used. */
function groupsOf(command: GuardCommand, used: readonly string[]): (readonly string[])[] {
  const all = Object.keys(command.options);
  return [all, ...(command.groups ?? [])].filter((group) => used.some((name) => group.includes(name)));
}
