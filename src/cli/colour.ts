import { type Colours, loadColours } from '../reporters/colours.ts';
import type { Io, Output } from './io.ts';

/** The colours for what goes to `output`. */
export function coloursFor(output: Output, env: Io['env']): Promise<Colours> {
  return loadColours(wantsColour(output, env));
}

/** Whether to colour what goes to `output`: NO_COLOR forbids it, FORCE_COLOR demands it, otherwise a terminal gets it. */
export function wantsColour(output: Output, env: Io['env']): boolean {
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return output.isTTY && env.TERM !== 'dumb';
}
