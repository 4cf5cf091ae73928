import { globTest } from '../config/glob.ts';
import type { Level, Settings } from '../config/settings.ts';
import type { Excuse, Standards } from './assess.ts';
import type { Input } from './inputs.ts';
import { packLevels } from './pack-levels.ts';
import type { Pack } from './pack-names.ts';
import type { Policy } from './policies.ts';

/**
 * What a policy wants to hear about each of its inputs.
 *
 * @param today the day, as `2027-03-31`
 */
export function standardsOf(policy: Policy, today: string): (input: Input) => Standards {
  const { settings, selection } = policy;
  const { failOn = [] } = settings;
  const levels = levelsOf(settings, selection.packs);
  const standards = {
    levelOf: (rule: string) => {
      const level = levels(rule);
      return level === 'warn' && failOn.includes('warn') ? 'error' : level;
    },
    onlyNew: settings.report === 'new',
    failOnUnknown: failOn.includes('unknown'),
    today,
  };
  const excusesOf = excusesIn(policy);
  return (input) => ({ ...standards, excuses: excusesOf(input) });
}

/** The level of each rule: what the settings say, else the packs; rules of the project are errors. */
export function levelsOf({ severity = {} }: Settings, packs: readonly Pack[]): (rule: string) => Level {
  const byPack = packLevels(packs);
  const own = new Map(Object.entries(severity));
  return (rule) => own.get(rule) ?? byPack.get(rule) ?? 'error';
}

/** What the settings excuse in each of a policy's inputs. */
function excusesIn({ settings, selection, origin, pathOf }: Policy): (input: Input) => Excuse[] {
  const entries = (settings.suppressions ?? []).map(({ file: glob, ...entry }, at) => ({
    glob,
    concerns: globTest([glob]),
    excuse: {
      rule: entry.rule,
      resource: entry.resource ?? null,
      reason: entry.reason,
      until: entry.until ?? null,
      file: origin.file ?? '',
      line: origin.suppressions[at]?.line ?? 0,
      column: origin.suppressions[at]?.column ?? 0,
    },
  }));
  if (entries.length === 0) return () => [];
  return (input) => {
    const path = pathOf(input);
    return entries
      .filter(({ concerns }) => concerns(path))
      .map(({ glob, excuse }) => ({
        ...excuse,
        telling: glob.replace(/^\.?\//, '') === path && selection.mentioned.includes(excuse.rule),
      }));
  };
}
