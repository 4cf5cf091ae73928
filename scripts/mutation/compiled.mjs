import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/*
 * Lets Node load `.ts` files that hold JavaScript already. What else could load them takes several times longer to start,
 * and each change is a start.
 */

if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  if (!/^file:.*\.ts$/.test(url)) return next(url, context);
  return { format: 'module', source: await readFile(new URL(url)), shortCircuit: true };
}
