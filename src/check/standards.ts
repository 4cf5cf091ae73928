import type { Settings } from '../config/settings.ts';
import type { Standards } from './assess.ts';
import { packLevels } from './pack-levels.ts';
import type { Pack } from './pack-names.ts';

/** What the settings want to hear about a file. */
export function standardsOf(settings: Settings, packs: readonly Pack[], today: string): Standards {
  const levels = packLevels(packs);
  const failOn = settings.failOn ?? [];
  const warning = failOn.includes('warn') ? 'error' : 'warn';
  return {
    levelOf: (rule) => {
      const level = settings.severity?.[rule] ?? levels.get(rule) ?? 'error';
      return level === 'warn' ? warning : level;
    },
    excuses: [],
    onlyNew: settings.report === 'new',
    failOnUnknown: failOn.includes('unknown'),
    today,
  };
}
