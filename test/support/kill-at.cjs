/*
 * Loaded into a program before it starts, by `node --require`: kills it, as `kill -9` does, before it changes anything on
 * disk for the KILL_AT-th time, or with KILL_WHEN=started when it has just started a process that does.
 */

const childProcess = require('node:child_process');
const fs = require('node:fs');

const CHANGES = [
  'openSync',
  'writeFileSync',
  'fchmodSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'rmSync',
  'mkdtempSync',
];
const CHANGING_COMMANDS = ['hash-object', 'merge-file', 'update-index'];
const { KILL_AT, KILL_WHEN } = process.env;
let step = 0;

/** Whether this is the moment. */
function isTime() {
  step++;
  return step === Number(KILL_AT);
}

if (KILL_WHEN !== 'started')
  for (const name of CHANGES) {
    const original = fs[name];
    fs[name] = (...args) => {
      // Node opens files for reading all the time.
      if ((name !== 'openSync' || args[1] === 'wx') && isTime()) process.kill(process.pid, 'SIGKILL');
      return original(...args);
    };
  }

const { spawn } = childProcess;
childProcess.spawn = (command, args, options) => {
  const isLast = args.some((argument) => CHANGING_COMMANDS.includes(argument)) && isTime();
  if (isLast && KILL_WHEN !== 'started') process.kill(process.pid, 'SIGKILL');
  const child = spawn(command, args, options);
  if (isLast) process.kill(process.pid, 'SIGKILL');
  return child;
};
