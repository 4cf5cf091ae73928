import { activeRules, type KnownRule, shippedRules } from '../../check/active-rules.ts';
import { rulePages } from '../../check/rule-pages.ts';
import { describeRule } from '../../report/describe-rule.ts';
import { renderDiagnostics } from '../../reporters/diagnostics.ts';
import { renderExplanation } from '../../reporters/explanation.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { nearest } from '../../source/nearest.ts';
import { coloursFor } from '../colour.ts';
import { EXIT } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { describeOptions, type OptionTable, parseOptions } from '../options.ts';
import { chosenRules, RULE_OPTIONS } from './rule-options.ts';

const EXPLAIN_OPTIONS = {
  ...RULE_OPTIONS,
  help: { kind: 'flag', short: 'h', help: 'print this text' },
} as const satisfies OptionTable;

const HELP = `Usage: ecs-guard-staged explain RULE [OPTION…]

Tells what a rule is about: why it is there, how to satisfy it, where it is from, and its Guard text. Looks among the
rules that are active here, then among all packs.

${describeOptions(EXPLAIN_OPTIONS)}`;

/** `explain RULE`: what the rule's file says about it. */
export async function runExplain(argv: readonly string[], io: Io): Promise<number> {
  const { options, operands } = parseOptions(EXPLAIN_OPTIONS, argv);
  if (options.help) {
    io.stdout.write(HELP);
    return EXIT.clean;
  }
  const [name, ...surplus] = operands;
  if (name === undefined || surplus.length > 0)
    throw new DiagnosticError({
      code: 'usage',
      message:
        name === undefined ? '`explain` needs the name of a rule' : '`explain` takes one rule at a time',
      help: 'write `ecs-guard-staged explain RULE`; `ecs-guard-staged rules` lists the rules',
    });
  const { rules, diagnostics } = await activeRules(chosenRules(options, io), io.env);
  const named = (rule: KnownRule) => rule.name === name;
  const active = rules.filter(named);
  const found = active.length > 0 ? active : shippedRules().filter(named);
  if (found.length === 0) {
    io.stderr.write(renderDiagnostics(diagnostics, await coloursFor(io.stderr, io.env)));
    throw unknownRule(name, [...rules, ...shippedRules()]);
  }
  const view = { colours: await coloursFor(io.stdout, io.env), active: active.length > 0 };
  const pages = rulePages();
  const pageOf = (rule: KnownRule) => (rule.pack === null ? null : (pages[rule.name] ?? null));
  io.stdout.write(found.map((rule) => renderExplanation(describeRule(rule), pageOf(rule), view)).join('\n'));
  return EXIT.clean;
}

function unknownRule(given: string, known: readonly KnownRule[]): DiagnosticError {
  const names = [...new Set(known.map(({ name }) => name))];
  const close = nearest(given, names);
  // People remember a word of a name more often than all of it.
  const meant = close === undefined ? names.filter((name) => hasWord(name, given)).slice(0, 3) : [close];
  return new DiagnosticError({
    code: 'usage',
    message: `there is no rule \`${given}\``,
    help:
      meant.length === 0
        ? '`ecs-guard-staged rules` lists the rules'
        : `did you mean ${meant.map((name) => `\`${name}\``).join(' or ')}?`,
  });
}

function hasWord(name: string, part: string): boolean {
  return part !== '' && name.toLowerCase().includes(part.toLowerCase());
}
