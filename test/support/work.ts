import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Optimised code counts only some of what it does.
setFlagsFromString('--no-opt');

const SOURCE = new URL('../../src/', import.meta.url).href;

/** What our own code did while an action ran, as V8 counted it, so nothing in the program has to know of it. */
export interface Work {
  /** How often a function ran, by its file below `src` and its name, such as `language/parser.ts parseRules`. */
  readonly calls: ReadonlyMap<string, number>;
  /** How often blocks of code ran in all: a measure of work that no clock and no other process disturbs. */
  readonly blocks: number;
}

/** Runs an action and counts. Code that is loaded meanwhile counts too, so run the action once before. */
export async function countWork(action: () => unknown): Promise<Work> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    await action();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const calls = new Map<string, number>();
    let blocks = 0;
    for (const { url, functions } of result) {
      if (!url.startsWith(SOURCE)) continue;
      const file = fileURLToPath(url).slice(fileURLToPath(SOURCE).length).replaceAll('\\', '/');
      for (const { functionName, ranges } of functions) {
        const name = `${file} ${functionName}`;
        calls.set(name, (calls.get(name) ?? 0) + (ranges[0]?.count ?? 0));
        for (const { count } of ranges) blocks += count;
      }
    }
    return { calls, blocks };
  } finally {
    session.disconnect();
  }
}
