import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FirstLook } from '../../check/first-look.ts';
import { SETTINGS_FILES } from '../../config/settings-file.ts';
import type { Outcome } from './add.ts';
import { withFile } from './file-trouble.ts';

/** The settings that `init --new` makes, and `init --undo` knows again. */
const SETTINGS = '{ "report": "new" }\n';
const FILE = SETTINGS_FILES[0];
const LINE = '`"report": "new"`';

/** What to say to people whose templates violate something already: how not to be stopped for that. */
export function proposal({ settings, onlyNew, ...look }: FirstLook): string[] {
  if (look.incomplete)
    return ['Not everything that is here can be judged: `npx ecs-guard-staged --all` says why.'];
  if (onlyNew || look.violations === 0) return [];
  return [
    `Rules are violated already in ${look.failedTemplates} of ${look.templates} templates, ${look.violations} times in all, which stops commits that touch them.`,
    settings === null
      ? `To be stopped for new violations only, run \`npx ecs-guard-staged init --new\`, which writes ${LINE} to ${FILE}.`
      : `To be stopped for new violations only, add ${LINE} to ${settings}.`,
  ];
}

/**
 * Makes only new violations count, unless there are settings already.
 *
 * @param top of the worktree
 * @throws {DiagnosticError} when the file cannot be written
 */
export function countOnlyNew(top: string, { settings, onlyNew }: FirstLook): Outcome {
  if (onlyNew)
    return { done: true, said: [`Nothing to do: by ${settings} only new violations count already.`] };
  if (settings !== null)
    return { done: false, said: [`${settings} is yours and was not changed: add ${LINE} to it.`] };
  withFile(FILE, 'the settings', () => writeFileSync(join(top, FILE), SETTINGS, { flag: 'wx' }));
  return {
    done: true,
    said: [`Created ${FILE}: only new violations stop a commit. Commit it with the rest.`],
  };
}

/**
 * Takes back what {@link countOnlyNew} did, unless the settings were changed since.
 *
 * @returns what to say
 */
export function countAllAgain(top: string): string[] {
  const file = join(top, FILE);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== SETTINGS) return [];
  withFile(FILE, 'the settings', () => rmSync(file));
  return [`Deleted ${FILE}.`];
}
