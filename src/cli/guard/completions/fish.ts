import type { GuardOption } from '../command.ts';
import { GUARD_COMMANDS } from '../commands.ts';
import { COMMAND_ABOUTS, COMMAND_NAMES, oneLine, valuesFirst } from './names.ts';

/** The native tool's completion script for fish. */
export function fishScript(): string {
  const lines = [
    complete(NEEDS_COMMAND, " -s h -l help -d 'Print help'"),
    complete(NEEDS_COMMAND, " -s V -l version -d 'Print version'"),
    ...commandLines(NEEDS_COMMAND),
    ...GUARD_COMMANDS.flatMap(({ name, options }) => {
      const condition = `__fish_cfn_guard_using_subcommand ${name}`;
      const rows = valuesFirst(options).map((entry) => complete(condition, optionText(...entry)));
      return [...rows, complete(condition, " -s h -l help -d 'Print help'")];
    }),
    ...commandLines(
      `__fish_cfn_guard_using_subcommand help; and not __fish_seen_subcommand_from ${COMMAND_NAMES.join(' ')}`,
    ),
  ];
  return PREAMBLE + lines.join('');
}

const NEEDS_COMMAND = '__fish_cfn_guard_needs_command';

const PREAMBLE = `# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cfn_guard_global_optspecs
	string join \\n h/help V/version
end

function __fish_cfn_guard_needs_command
	# Figure out if the current invocation already has a command.
	set -l cmd (commandline -opc)
	set -e cmd[1]
	argparse -s (__fish_cfn_guard_global_optspecs) -- $cmd 2>/dev/null
	or return
	if set -q argv[1]
		# Also print the command, so this can be used to figure out what it is.
		echo $argv[1]
		return 1
	end
	return 0
end

function __fish_cfn_guard_using_subcommand
	set -l cmd (__fish_cfn_guard_needs_command)
	test -z "$cmd"
	and return 1
	contains -- $cmd[1] $argv
end

`;

function complete(condition: string, rest: string): string {
  return `complete -c cfn-guard -n "${condition}"${rest}\n`;
}

function commandLines(condition: string): string[] {
  return COMMAND_ABOUTS.map(({ name, about }) =>
    complete(condition, ` -f -a "${name}" -d '${quoted(about)}'`),
  );
}

function optionText(name: string, option: GuardOption): string {
  const help = option.help === '' ? '' : ` -d '${quoted(oneLine(option.help))}'`;
  const names = ` -s ${option.short} -l ${name}${help}`;
  if (option.kind === 'flag') return names;
  if (option.choices === undefined) return `${names} -r`;
  const choices = option.choices.map((choice) => `${choice}\\t''`).join('\n');
  return `${names} -r -f -a "${choices}"`;
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
