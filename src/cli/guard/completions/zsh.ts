import type { GuardCommand, GuardOption, GuardOptionTable } from '../command.ts';
import { GUARD_COMMANDS } from '../commands.ts';
import { byName, COMMAND_ABOUTS, COMMAND_NAMES, oneLine, valuesFirst } from './names.ts';

/** The native tool's completion script for zsh. */
export function zshScript(): string {
  return `#compdef cfn-guard

autoload -U is-at-least

_cfn-guard() {
    typeset -A opt_args
    typeset -a _arguments_options
    local ret=1

    if is-at-least 5.2; then
        _arguments_options=(-s -S -C)
    else
        _arguments_options=(-s -C)
    fi

    local context curcontext="$curcontext" state line
    ${argumentsCall([...HELP_ROWS, "'-V[Print version]'", "'--version[Print version]'", ...commandRows('', 'cfn-guard')])}
    case $state in
    (cfn-guard)
        words=($line[1] "\${words[@]}")
        (( CURRENT += 1 ))
        curcontext="\${curcontext%:*:*}:cfn-guard-command-$line[1]:"
        case $line[1] in
            ${[...GUARD_COMMANDS.map(commandCase), helpCase()].join('')}        esac
    ;;
esac
}

${describers()}
if [ "$funcstack[1]" = "_cfn-guard" ]; then
    _cfn-guard "$@"
else
    compdef _cfn-guard cfn-guard
fi
`;
}

const HELP_ROWS = ["'-h[Print help]'", "'--help[Print help]'"];

function argumentsCall(rows: readonly string[]): string {
  const lines = rows.map((row) => `${row} \\\n`).join('');
  return `_arguments "\${_arguments_options[@]}" : \\\n${lines}&& ret=0`;
}

function commandRows(infix: string, state: string): string[] {
  return [`":: :_cfn-guard${infix}_commands"`, `"*::: :->${state}"`];
}

function commandCase({ name, options }: GuardCommand): string {
  const rows = valuesFirst(options).flatMap(([long, option]) => optionRows(long, option, options));
  return `(${name})\n${argumentsCall([...rows, ...HELP_ROWS])}\n;;\n`;
}

function helpCase(): string {
  const topics = COMMAND_NAMES.map((name) => `(${name})\n${argumentsCall([])}\n;;\n`).join('');
  return `(help)
${argumentsCall(commandRows('__help', 'help'))}

    case $state in
    (help)
        words=($line[1] "\${words[@]}")
        (( CURRENT += 1 ))
        curcontext="\${curcontext%:*:*}:cfn-guard-help-command-$line[1]:"
        case $line[1] in
            ${topics}        esac
    ;;
esac
;;
`;
}

function optionRows(name: string, option: GuardOption, options: GuardOptionTable): string[] {
  const conflicts = (option.conflicts ?? []).flatMap((other) => [`-${options[other]?.short}`, `--${other}`]);
  const before = conflicts.length === 0 ? '' : `(${conflicts.join(' ')})`;
  const help = `[${escaped(oneLine(option.help), /[\\[\]:$`]/g)}]`;
  if (option.kind === 'flag') return [`'${before}-${option.short}${help}'`, `'${before}--${name}${help}'`];
  const start = `${before}${option.kind === 'one' ? '' : '*'}`;
  const rest = `${help}${valueSpec(option)}`;
  return [`'${start}-${option.short}+${rest}'`, `'${start}--${name}=${rest}'`];
}

/** Nothing is offered for options whose values may be absent. */
function valueSpec(option: Exclude<GuardOption, { kind: 'flag' }>): string {
  if (option.kind === 'many') return '';
  const words = option.choices === undefined ? '_default' : `(${option.choices.join(' ')})`;
  return `:${option.placeholder}:${words}`;
}

function describers(): string {
  const topics = byName(COMMAND_NAMES).filter((name) => name !== 'help');
  const empty = (path: readonly string[]) => describer(path, []);
  return [
    describer([], COMMAND_ABOUTS),
    ...byName([...topics, 'help']).flatMap((name) =>
      name === 'help'
        ? [
            describer(['help'], COMMAND_ABOUTS),
            ...byName(COMMAND_NAMES).map((topic) => empty(['help', topic])),
          ]
        : [empty([name])],
    ),
  ].join('');
}

/** The function that offers what may follow a command. */
function describer(
  path: readonly string[],
  commands: readonly { readonly name: string; readonly about: string }[],
): string {
  const name = `_cfn-guard${path.map((step) => `__${step}`).join('')}_commands`;
  const rows = commands.map((command) => `'${command.name}:${escaped(command.about, /[\\[\]:$`]/g)}' \\\n`);
  const list = rows.length === 0 ? '()' : `(\n${rows.join('')}    )`;
  return `(( $+functions[${name}] )) ||
${name}() {
    local commands; commands=${list}
    _describe -t commands '${['cfn-guard', ...path].join(' ')} commands' commands "$@"
}
`;
}

function escaped(text: string, special: RegExp): string {
  return text.replaceAll(special, '\\$&').replaceAll("'", "'\\''");
}
