import { activeRules } from '../../check/active-rules.ts';
import { describeRule } from '../../report/describe-rule.ts';
import { renderDiagnostics } from '../../reporters/diagnostics.ts';
import { renderRuleList, ruleListJson } from '../../reporters/rule-list.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { coloursFor } from '../colour.ts';
import { EXIT } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { describeOptions, type OptionTable, parseOptions } from '../options.ts';
import { chosenRules, RULE_OPTIONS } from './rule-options.ts';

const RULES_OPTIONS = {
  ...RULE_OPTIONS,
  format: {
    kind: 'value',
    short: 'f',
    placeholder: 'NAME',
    choices: ['text', 'json'],
    help: 'text (default) or json',
  },
  help: { kind: 'flag', short: 'h', help: 'print this text' },
} as const satisfies OptionTable;

const HELP = `Usage: ecs-guard-staged rules [OPTION…]

Lists the rules that are active here: what the options choose, else the settings file, else the default.

${describeOptions(RULES_OPTIONS)}`;

/** `rules [options]`: which rules a check would judge by, and where each of them is from. */
export async function runRules(argv: readonly string[], io: Io): Promise<number> {
  const { options, operands } = parseOptions(RULES_OPTIONS, argv);
  if (options.help) {
    io.stdout.write(HELP);
    return EXIT.clean;
  }
  if (operands.length > 0)
    throw new DiagnosticError({
      code: 'usage',
      message: `\`rules\` takes no argument, but was given \`${operands[0]}\``,
      help: 'to explain a rule: `ecs-guard-staged explain RULE`; to judge a folder of this name: `ecs-guard-staged check rules`',
    });
  const { rules, diagnostics } = await activeRules(chosenRules(options, io), io.env);
  const described = rules.map(describeRule);
  io.stdout.write(
    options.format === 'json'
      ? ruleListJson(described)
      : renderRuleList(described, await coloursFor(io.stdout, io.env)),
  );
  io.stderr.write(renderDiagnostics(diagnostics, await coloursFor(io.stderr, io.env)));
  return diagnostics.length > 0 ? EXIT.cannotJudge : EXIT.clean;
}
