import { type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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

const HELP = `Usage: ecs-guard-staged rules [OPTION…] [PATH]

Lists the rules that are active for a file or folder, by default here, with their levels: what the options choose, else
the nearest settings file, else the default.

${describeOptions(RULES_OPTIONS)}`;

/** `rules [options]`: which rules a check would judge by, and where each of them is from. */
export async function runRules(argv: readonly string[], io: Io): Promise<number> {
  const { options, operands } = parseOptions(RULES_OPTIONS, argv);
  if (options.help) {
    io.stdout.write(HELP);
    return EXIT.clean;
  }
  const folder = folderOf(operands, io.cwd);
  const { rules, settings, levelOf, diagnostics } = await activeRules(
    chosenRules(options, io),
    io.env,
    folder,
  );
  const list = {
    settings,
    rules: rules.map((rule) => ({ ...describeRule(rule), level: levelOf(rule.name) })),
  };
  io.stdout.write(
    options.format === 'json'
      ? ruleListJson(list)
      : renderRuleList(list, await coloursFor(io.stdout, io.env)),
  );
  io.stderr.write(renderDiagnostics(diagnostics, await coloursFor(io.stderr, io.env)));
  return diagnostics.length > 0 ? EXIT.cannotJudge : EXIT.clean;
}

/** The folder whose rules are asked for. */
function folderOf([path, ...surplus]: readonly string[], cwd: string): string {
  if (path === undefined) return cwd;
  const absolute = resolve(cwd, path);
  const facts = surplus.length > 0 ? undefined : factsAbout(absolute);
  if (facts === undefined)
    throw new DiagnosticError({
      code: 'usage',
      message:
        surplus.length > 0
          ? '`rules` takes one file or folder at a time'
          : `there is no file or folder \`${path}\``,
      help: 'to explain a rule: `ecs-guard-staged explain RULE`; to judge a folder that is called `rules`: `ecs-guard-staged check rules`',
    });
  return facts.isDirectory() ? absolute : dirname(absolute);
}

/** Undefined for what is not there, or cannot be looked at. */
function factsAbout(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
