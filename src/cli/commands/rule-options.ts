import type { RuleChoice } from '../../check/selection.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options.ts';
import { CHECK_OPTIONS } from './check.ts';

/** The options by which a check chooses its rules, for other commands about rules. */
export const RULE_OPTIONS = { rules: CHECK_OPTIONS.rules, pack: CHECK_OPTIONS.pack } as const;

/** What the options choose; `none` chooses no pack. */
export function chosenRules(options: Options<typeof RULE_OPTIONS>, io: Io): RuleChoice {
  return {
    cwd: io.cwd,
    packs: options.pack?.filter((name) => name !== 'none'),
    rules: options.rules,
  };
}
