import type { SettingsPath } from '../config/mistakes.ts';
import type { Settings } from '../config/settings.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { FoundSettings } from './settings-finder.ts';
import type { UnknownRules } from './unknown-rules.ts';

/** What to say about settings that speak of rules that there are not, once for each of these. */
export async function unknownRuleMistakes(
  unknown: UnknownRules,
  { settings, file, locate }: FoundSettings,
): Promise<Diagnostic[]> {
  const mistakes: Diagnostic[] = [];
  for (const [rule, meant] of unknown) {
    const position = await locate(mentionOf(rule, settings ?? {}));
    mistakes.push({
      code: 'configuration',
      ...(file === null ? {} : { file, ...position }),
      message: `there is no rule \`${rule}\``,
      help: meant === undefined ? '`ecs-guard-staged rules` lists the rules' : `did you mean \`${meant}\`?`,
    });
  }
  return mistakes;
}

function mentionOf(rule: string, { severity = {}, suppressions = [] }: Settings): SettingsPath {
  if (Object.hasOwn(severity, rule)) return ['severity', rule];
  return ['suppressions', suppressions.findIndex((suppression) => suppression.rule === rule), 'rule'];
}
