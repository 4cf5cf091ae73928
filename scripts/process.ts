import { spawnSync } from 'node:child_process';

/**
 * Runs a program to its end, with its output shown.
 *
 * @throws when it does not end with 0
 */
export function run(command: string, args: readonly string[], options: { readonly cwd: string }): void {
  const { status, error } = spawnSync(command, args, { ...options, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
