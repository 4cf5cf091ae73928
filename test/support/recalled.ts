import { renameSync } from 'node:fs';
import type { Outcome, Repo } from './repo.ts';

/* What tests of caches have in common: the built package in a repository, with and without its engine. */

export const PACKAGE = 'node_modules/ecs-guard-staged';
export const CLI = `${PACKAGE}/dist/cli.cjs`;
export const CACHE = '.git/ecs-guard';

/** Everything that a run shows, without the time it took. */
export function timeless({ status, stdout, stderr }: Outcome): Outcome {
  return { status, stdout: stdout.replace(/\d+ ms|("elapsed": |time=")[\d.]+/g, '$1n'), stderr };
}

/**
 * Runs something without the parsers and the engine. Only what is known already can be told then; anything else is a
 * bug with a stack.
 */
export function withoutEngine<T>(repo: Repo, action: () => T): T {
  const bundle = repo.at(`${PACKAGE}/dist/engine-bundle.cjs`);
  renameSync(bundle, `${bundle}.away`);
  try {
    return action();
  } finally {
    renameSync(`${bundle}.away`, bundle);
  }
}

/** Whether a run without the engine would have needed it. */
export function neededEngine({ status, stderr }: Outcome): boolean {
  return status === 2 && stderr.includes('engine-bundle.cjs');
}
