import { describeOptions, type OptionTable } from '../options.ts';
import { COMMANDS } from './index.ts';

/** The text of `--help`. */
export function helpText(options: OptionTable): string {
  const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
  const width = Math.max(...names.map((name) => name.length));
  const commands = names.map((name) => `  ${name.padEnd(width)}  ${COMMANDS[name].summary}\n`).join('');
  return `Judges CloudFormation templates with CloudFormation Guard rules.

Usage: ecs-guard-staged [COMMAND] [OPTION…] [PATH…]

Without PATH, the files staged for the next commit are judged, by their staged content; \`--all\` and \`--base\` judge more.
With PATH, these files and folders are; what is staged of them still counts as staged.

Commands:
${commands}
Options of check:
${describeOptions(options)}
Settings: the nearest of .ecs-guardrc.json, .ecs-guardrc.yaml, .ecs-guardrc.yml and the key "ecs-guard" of package.json,
as it is staged. \`rules\` shows which one counts; ecs-guardrc.schema.json in the package says what may stand in it.

Exit codes: 0 clean · 1 violations · 2 something could not be judged
`;
}
