import { COMPLETIONS } from '../commands.ts';
import { guardCommand } from '../run.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `completions`: prints a script that completes the native tool's commands in a shell. */
export const runCompletions = guardCommand(COMPLETIONS, async ({ shell }, io) => {
  io.stdout.write(SCRIPTS[shell]());
  return 0;
});
