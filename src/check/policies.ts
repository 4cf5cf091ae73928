import type { Settings } from '../config/settings.ts';
import type { Worktree } from '../git/worktree.ts';
import type { Input } from './inputs.ts';
import type { RuleSelection } from './rule-set.ts';
import { type RuleChoice, selectRules } from './selection.ts';

/** The inputs that the same settings count for. */
export interface Policy {
  readonly settings: Settings;
  readonly selection: RuleSelection;
  readonly inputs: readonly Input[];
}

/**
 * Finds out which settings count for each of the inputs. There is one policy at least, so that rules are read and found
 * usable even when nothing is to be judged.
 *
 * @throws {DiagnosticError} for settings that cannot be used
 */
export async function policiesFor(
  choice: RuleChoice,
  worktree: Worktree | null,
  inputs: readonly Input[],
): Promise<Policy[]> {
  const selection = await selectRules(choice, worktree?.top ?? choice.cwd);
  return [{ settings: {}, selection, inputs }];
}
