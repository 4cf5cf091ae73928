import type { Io, Output } from '../io.ts';

/**
 * Whether the native tool colours its reports: it asks standard output only, also for what goes to standard error, and
 * CLICOLOR_FORCE beats NO_COLOR.
 */
export function coloursReports({ stdout, env }: Io): boolean {
  if (env.CLICOLOR_FORCE !== undefined && env.CLICOLOR_FORCE !== '0') return true;
  if (env.NO_COLOR !== undefined) return false;
  return stdout.isTTY && env.CLICOLOR !== '0';
}

/** Whether it colours usage messages and help on `output`: here NO_COLOR beats CLICOLOR_FORCE. */
export function coloursUsage(output: Output, env: Io['env']): boolean {
  if (env.NO_COLOR) return false;
  if (env.CLICOLOR_FORCE) return true;
  if (env.CLICOLOR === '0' || !output.isTTY) return false;
  const capable = env.TERM !== undefined && env.TERM !== 'dumb';
  return capable || env.CLICOLOR !== undefined || env.CI !== undefined;
}
