/*
 * As much of `node:test` as the tests use that mutants run through: one after the other, until the first one fails, which
 * ends the process with 1. It says nothing, and costs a fraction of what the real one does.
 */

let waiting = 0;
let last = Promise.resolve();

// A test that never ends lets Node end early.
process.on('exit', () => {
  if (waiting > 0) process.exitCode = 1;
});

export function test(_title, options, action = options) {
  if (options.skip) return;
  waiting++;
  // Nobody handles a rejection, so Node ends.
  last = last.then(() => run(action)).then(() => void waiting--);
}

export const it = test;

export function describe(_title, options, action = options) {
  if (!options.skip) action();
}

async function run(action) {
  const cleanups = [];
  const context = {
    after: (cleanup) => cleanups.push(cleanup),
    skip: () => {},
    test: (_title, subtest) => run(subtest),
  };
  try {
    await action(context);
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}
