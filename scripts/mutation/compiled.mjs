import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/*
 * Lets Node load `.ts` files that hold JavaScript already, with our own test runner in the place of Node's. What else
 * could load and run them takes several times longer, and each change is a run.
 */

if (isMainThread) register(import.meta.url);

const TEST = new URL('plain-test.mjs', import.meta.url).href;

export function resolve(specifier, context, next) {
  return specifier === 'node:test' ? { url: TEST, shortCircuit: true } : next(specifier, context);
}

export async function load(url, context, next) {
  if (!/^file:.*\.ts$/.test(url)) return next(url, context);
  return { format: 'module', source: await readFile(new URL(url)), shortCircuit: true };
}
