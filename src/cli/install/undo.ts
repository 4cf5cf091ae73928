import { lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { hookFor, isShippedHook, removeFromHook, runsItself } from './hook-text.ts';
import { NEW_HOOK } from './install-hook.ts';
import { replaceText } from './replace-text.ts';

/**
 * What happened to a file. `changed`: it is ours but not as we wrote it, `by-hand`: others made it run us; both stay as
 * they are.
 */
export type Undoing = 'absent' | 'deleted' | 'removed' | 'changed' | 'by-hand';

/**
 * Takes out of a hook, or of the settings of a program that runs hooks, what `init` wrote there, byte for byte; deletes
 * the file when `init` made it and nobody has changed it since.
 *
 * @param shipped the hook of this package
 * @throws for a file that cannot be read or written
 */
export function undoIn(file: string, shipped: string): Undoing {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return 'absent';
  const text = readFileSync(file, 'utf8');
  if (isShippedHook(text)) {
    if (withoutPlace(text) !== withoutPlace(shipped)) return 'changed';
    rmSync(file);
    return 'deleted';
  }
  const rest = removeFromHook(text);
  if (rest === text) return runsItself(text) ? 'by-hand' : 'absent';
  if (rest === NEW_HOOK) {
    rmSync(file);
    removeIfEmpty(dirname(file));
    return 'deleted';
  }
  replaceText(file, text, rest);
  return 'removed';
}

/** The hook without what it was told of the place of the package. */
function withoutPlace(hook: string): string {
  return hookFor(hook, '');
}

function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
