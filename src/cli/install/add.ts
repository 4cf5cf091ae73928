import { extname, join, relative, sep } from 'node:path';
import { configuredHookCommands, configureHook } from '../../git/configured-hook.ts';
import type { GitPlace } from '../../git/exec.ts';
import type { Repository } from '../../git/repository.ts';
import { gitVersion, runsConfiguredHooks } from '../../git/version.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { withFile } from './file-trouble.ts';
import type { HookEvent } from './hook-event.ts';
import { findHookPlace } from './hook-place.ts';
import { hookCommand, shellWord } from './hook-text.ts';
import { ForeignHookError, type Installation, installHook } from './install-hook.ts';
import type { InstalledPackage } from './installed-package.ts';
import { findLefthook, installInLefthook, runsLefthook } from './lefthook.ts';
import { lefthookSnippet } from './lefthook-text.ts';
import { LINT_STAGED_SNIPPET, lintStagedOf } from './lint-staged.ts';
import { FRAMEWORK_SETTINGS, frameworkOf, frameworkSnippet } from './pre-commit-framework.ts';

/** A repository and the package that is installed for it. */
export interface Target {
  readonly place: GitPlace;
  readonly repository: Repository;
  readonly installed: InstalledPackage;
}

/** What was done, or is left to do. */
export interface Outcome {
  /** False when people have to do the rest. */
  readonly done: boolean;
  /** Lines for people. */
  readonly said: readonly string[];
}

/**
 * Makes whatever runs the hooks of a repository run the check: what git is configured to run first, then the program
 * that has settings here, then git's own hook. What is there already stays.
 *
 * @throws {DiagnosticError} when that is not possible without harm; then nothing is changed
 */
export async function add(target: Target): Promise<Outcome> {
  const { place, repository } = target;
  const { top } = repository;
  if (lintStagedOf(top) === 'runs-us') return nothingToDo('lint-staged');
  const configurable = runsConfiguredHooks(await gitVersion(place));
  if (configurable && (await configuredHookCommands(place)).some((command) => command.includes(NAME)))
    return nothingToDo('the configuration of git');
  const { owner, active } = findHookPlace(repository, 'pre-commit');
  if (owner === 'husky' && active) return addToHooks(target, configurable);
  const lefthook = findLefthook(top);
  if (lefthook !== undefined) return addToLefthookSettings(target, lefthook);
  const framework = frameworkOf(top);
  if (framework === 'runs-us') return nothingToDo(FRAMEWORK_SETTINGS);
  if (framework === 'present') return byHand(target);
  return addToHooks(target, configurable);
}

const NAME = 'ecs-guard-staged';
const PROMISE = 'it checks the staged templates before each commit.';
const PROMISE_FOR_MERGES = 'it checks what a merge puts together.';

function nothingToDo(who: string): Outcome {
  return { done: true, said: [`Nothing to do: ${who} already runs ${NAME}.`] };
}

function addToLefthookSettings({ repository, installed }: Target, settings: string): Outcome {
  const shown = settings.split(sep).join('/');
  const run = `sh ${shellWord(`${installed.fromTop}/hooks/pre-commit`)}`;
  const result = withFile(shown, 'the settings', () =>
    installInLefthook(join(repository.top, settings), run),
  );
  if (result === 'unchanged') return nothingToDo(shown);
  if (result === 'impossible')
    return {
      done: false,
      said: [
        `Nothing was changed: ${shown} is not written in a way that lines can safely be added to. Add this by hand:`,
        ...indented(lefthookSnippet(run, extname(settings).slice(1))),
      ],
    };
  const hint = 'Git does not run lefthook in this clone yet: `lefthook install` turns it on.';
  return {
    done: true,
    said: [`Added ${NAME} to ${shown}: ${PROMISE}`, ...(runsLefthook(repository) ? [] : [hint])],
  };
}

function byHand({ installed }: Target): Outcome {
  return {
    done: false,
    said: [
      `Nothing was changed: the hooks here are run by pre-commit. Add this to \`repos\` in ${FRAMEWORK_SETTINGS}:`,
      ...indented(frameworkSnippet(installed.fromTop)),
    ],
  };
}

async function addToHooks(target: Target, configurable: boolean): Promise<Outcome> {
  const { top } = target.repository;
  const commits = await addToHook(target, 'pre-commit', configurable);
  const merges = await addToHook(target, 'pre-merge-commit', configurable).catch(mergesByHand);
  const { active } = findHookPlace(target.repository, 'pre-commit');
  const hint = "Git does not run husky's hooks in this clone yet: `npx husky` turns them on.";
  return {
    done: merges.done,
    said: [...commits.said, ...merges.said, ...(active ? [] : [hint]), ...lintStagedOffer(top)],
  };
}

async function addToHook(
  { place, repository, installed }: Target,
  event: HookEvent,
  configurable: boolean,
): Promise<Outcome> {
  const hook = findHookPlace(repository, event);
  const shown = relative(repository.top, hook.file).split(sep).join('/');
  const promise = event === 'pre-commit' ? PROMISE : PROMISE_FOR_MERGES;
  try {
    return { done: true, said: [DONE[installHook(hook, installed, shown)](shown, promise)] };
  } catch (error) {
    if (!configurable || !(error instanceof ForeignHookError)) throw error;
    await configureHook(place, event, hookCommand(installed.fromTop));
    return {
      done: true,
      said: [
        `Added ${NAME} to the configuration of git in this clone, since ${shown} is not ours to change: ${promise}`,
      ],
    };
  }
}

/** Commits are guarded by then, so what cannot be done for merges is left to people. */
function mergesByHand(error: unknown): Outcome {
  if (!(error instanceof DiagnosticError)) throw error;
  const { message, help } = error.diagnostic;
  return { done: false, said: [`Merges are not checked yet: ${message}.`, ...indented(help ? [help] : [])] };
}

const DONE = {
  created: (file: string, promise: string) => `Created ${file}: ${promise}`,
  added: (file: string, promise: string) => `Added ${NAME} to ${file}: ${promise}`,
  updated: (file: string) => `Updated ${file} to the hook of this version.`,
  unchanged: (file: string) => `Nothing to do: ${file} already runs ${NAME}.`,
} as const satisfies Record<Installation, (file: string, promise: string) => string>;

function lintStagedOffer(top: string): string[] {
  if (lintStagedOf(top) === 'absent') return [];
  return [
    'To run it through lint-staged instead, run `ecs-guard-staged init --undo` and add this to package.json:',
    ...indented([LINT_STAGED_SNIPPET]),
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
