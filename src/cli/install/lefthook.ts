import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../../git/repository.ts';
import { addToLefthook } from './lefthook-text.ts';
import { replaceText } from './replace-text.ts';

const NAMES = ['lefthook', '.lefthook', join('.config', 'lefthook')];
const ENDINGS = ['yml', 'yaml', 'toml', 'json', 'jsonc'];

/** The settings of lefthook at the top of a worktree, as a path from there; undefined when it is not used. */
export function findLefthook(top: string): string | undefined {
  const candidates = NAMES.flatMap((name) => ENDINGS.map((ending) => `${name}.${ending}`));
  return candidates.find((name) => existsSync(join(top, name)));
}

/** Whether the hook that git runs now is that of lefthook. */
export function runsLefthook({ hooks }: Repository): boolean {
  const hook = join(hooks, 'pre-commit');
  return existsSync(hook) && /\blefthook\b/.test(readFileSync(hook, 'utf8'));
}

/**
 * Adds our command to the settings of lefthook, unless they have it.
 *
 * @param run a line of shell
 * @returns `impossible` when the settings are not written in a way that lines can be added to; they are left as they are
 * @throws for a file that cannot be read or written
 */
export function installInLefthook(file: string, run: string): 'added' | 'unchanged' | 'impossible' {
  const text = readFileSync(file, 'utf8');
  if (/^[^#\n]*ecs-guard-staged/m.test(text)) return 'unchanged';
  const changed = /\.ya?ml$/.test(file) ? addToLefthook(text, run) : null;
  if (changed === null) return 'impossible';
  replaceText(file, text, changed);
  return 'added';
}
