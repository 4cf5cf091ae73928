import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createFile } from '../../check/replace-file.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { withFile } from './file-trouble.ts';
import type { HookPlace } from './hook-place.ts';
import {
  addToHook,
  hookBlock,
  hookFor,
  hookLine,
  isShellScript,
  isShippedHook,
  runsCommitHook,
  runsItself,
} from './hook-text.ts';
import type { InstalledPackage } from './installed-package.ts';
import { replaceText } from './replace-text.ts';

/** A hook for husky, without the line that makes it one. The comment tells it from a hook that was there before. */
export const NEW_HOOK = '#!/bin/sh\n# Created by `ecs-guard-staged init`.\n';

/** The hook is one that we must not write to, but others of git's ways to run us are open. */
export class ForeignHookError extends DiagnosticError {}

/** What happened to the hook file. */
export type Installation = 'created' | 'added' | 'updated' | 'unchanged';

/**
 * Makes a hook file run the package's hook. Lines of others in it stay as they are.
 *
 * @param shown how to call the file in messages
 * @throws {ForeignHookError} when that is not possible without harm to a hook of others; then nothing is changed
 * @throws {DiagnosticError} when the hook is switched off, or cannot be written
 */
export function installHook(place: HookPlace, installed: InstalledPackage, shown: string): Installation {
  return withFile(shown, 'the hook', () => install(place, installed, shown));
}

function install(place: HookPlace, installed: InstalledPackage, shown: string): Installation {
  const line = hookLine(installed.fromTop);
  if (place.owner === 'elsewhere')
    throw refusal(
      `git is told to use the hooks in \`${dirname(place.file)}\`, outside of this repository`,
      line,
    );
  const shipped = hookFor(
    readFileSync(join(installed.folder, 'hooks', 'pre-commit'), 'utf8'),
    installed.fromTop,
  );
  const status = lstatSync(place.file, { throwIfNoEntry: false });
  if (status === undefined) {
    const text = place.owner === 'husky' ? addToHook(NEW_HOOK, [line]) : shipped;
    mkdirSync(dirname(place.file), { recursive: true });
    createFile(place.file, Buffer.from(text), EXECUTABLE);
    return 'created';
  }
  if (!status.isFile()) throw refusal(`\`${shown}\` is not a plain file`, line);
  const present = readFileSync(place.file, 'utf8');
  if (!isShippedHook(present)) return addTo({ place, present, shown }, installed.fromTop);
  if (present === shipped && isExecutable(place.file)) return 'unchanged';
  replaceText(place.file, present, shipped);
  chmodSync(place.file, EXECUTABLE);
  return 'updated';
}

/** A hook with content that is not ours. */
interface ForeignHook {
  readonly place: HookPlace;
  readonly present: string;
  readonly shown: string;
}

function addTo({ place, present, shown }: ForeignHook, packageFromTop: string): Installation {
  const line = hookLine(packageFromTop);
  if (runsItself(present) || (place.event !== 'pre-commit' && runsCommitHook(present))) return 'unchanged';
  if (!isShellScript(present)) throw refusal(`\`${shown}\` is not a shell script`, line);
  // Git ignores a hook that it may not execute; husky reads its hooks with sh, whatever their mode.
  if (place.owner === 'git' && !isExecutable(place.file))
    throw new DiagnosticError({
      code: 'configuration',
      message: `\`${shown}\` is not executable, so git ignores it, and nothing was changed`,
      help: `run \`chmod +x ${shown}\` if it should run, or remove it; then run \`ecs-guard-staged init\` again`,
    });
  const text = addToHook(present, place.owner === 'husky' ? [line] : hookBlock(packageFromTop));
  if (text === present) return 'unchanged';
  replaceText(place.file, present, text);
  return 'added';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const EXECUTABLE = 0o755;

function refusal(message: string, line: string): ForeignHookError {
  return new ForeignHookError({
    code: 'configuration',
    message: `${message}, so nothing was changed`,
    help: `let your hook run this line: ${line}`,
  });
}
