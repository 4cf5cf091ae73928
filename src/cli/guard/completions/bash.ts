import type { GuardCommand } from '../command.ts';
import { GUARD_COMMANDS } from '../commands.ts';
import { byName, COMMAND_NAMES, namesOf } from './names.ts';

/** The native tool's completion script for bash. */
export function bashScript(): string {
  const sections = [
    section('cfn__guard', `-h -V --help --version ${COMMAND_NAMES.join(' ')}`, 1),
    ...byName([...GUARD_COMMANDS.map((command) => command.name), 'help']).flatMap(commandSections),
  ];
  return `_cfn-guard() {
    local i cur prev opts cmd
    COMPREPLY=()
    cur="\${COMP_WORDS[COMP_CWORD]}"
    prev="\${COMP_WORDS[COMP_CWORD-1]}"
    cmd=""
    opts=""

    for i in \${COMP_WORDS[@]}
    do
        case "\${cmd},\${i}" in
            ",$1")
                cmd="cfn__guard"
                ;;
${transitions('cfn__guard')}${transitions('cfn__guard__help')}            *)
                ;;
        esac
    done

    case "\${cmd}" in
${sections.join('')}    esac
}

if [[ "\${BASH_VERSINFO[0]}" -eq 4 && "\${BASH_VERSINFO[1]}" -ge 4 || "\${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _cfn-guard -o nosort -o bashdefault -o default cfn-guard
else
    complete -F _cfn-guard -o bashdefault -o default cfn-guard
fi
`;
}

function transitions(state: string): string {
  return byName(COMMAND_NAMES)
    .map(
      (name) =>
        `            ${state},${name})\n                cmd="${stateOf(state, name)}"\n                ;;\n`,
    )
    .join('');
}

function stateOf(parent: string, name: string): string {
  return `${parent}__${name.replaceAll('-', '__')}`;
}

function commandSections(name: string): string[] {
  const state = stateOf('cfn__guard', name);
  const command = GUARD_COMMANDS.find((each) => each.name === name);
  if (command !== undefined) return [section(state, optionNames(command), 2, valueCases(command))];
  const topics = byName(COMMAND_NAMES).map((topic) => section(stateOf(state, topic), '', 3));
  return [section(state, COMMAND_NAMES.join(' '), 2), ...topics];
}

function optionNames({ options }: GuardCommand): string {
  const shorts = Object.values(options).map(({ short }) => `-${short}`);
  const longs = Object.keys(options).map((name) => `--${name}`);
  return [...shorts, '-h', ...longs, '--help'].join(' ');
}

/** What to offer behind each option that takes a value. */
function valueCases({ options }: GuardCommand): string {
  return Object.entries(options)
    .flatMap(([name, option]) => {
      if (option.kind === 'flag') return [];
      const words = option.choices === undefined ? '-f' : `-W "${option.choices.join(' ')}" --`;
      return namesOf(name, option).map(
        (spelling) => `                ${spelling})
                    COMPREPLY=($(compgen ${words} "\${cur}"))
                    return 0
                    ;;
`,
      );
    })
    .join('');
}

function section(state: string, words: string, position: number, cases = ''): string {
  return `        ${state})
            opts="${words}"
            if [[ \${cur} == -* || \${COMP_CWORD} -eq ${position} ]] ; then
                COMPREPLY=( $(compgen -W "\${opts}" -- "\${cur}") )
                return 0
            fi
            case "\${prev}" in
${cases}                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "\${opts}" -- "\${cur}") )
            return 0
            ;;
`;
}
