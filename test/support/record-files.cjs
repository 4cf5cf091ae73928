/*
 * Loaded into a program before it starts, by `node --require`: notes which files the program itself reads, writes and
 * looks for, one JSON line each, in the file that RECORD_FILES names. What Node does to load the program is not noted.
 */

const fs = require('node:fs');

const READ = [
  'openSync',
  'readFileSync',
  'readdirSync',
  'statSync',
  'existsSync',
  'accessSync',
  'readFile',
  'open',
];
const WRITE = [
  'writeFileSync',
  'renameSync',
  'mkdirSync',
  'rmSync',
  'unlinkSync',
  'writeFile',
  'createWriteStream',
];
const record = fs.openSync(process.env.RECORD_FILES, 'a');

for (const name of [...READ, ...WRITE]) {
  const original = fs[name];
  fs[name] = (path, ...rest) => {
    if (typeof path === 'string' || path instanceof URL)
      fs.writeSync(record, `${JSON.stringify([name, String(path)])}\n`);
    return original(path, ...rest);
  };
}
