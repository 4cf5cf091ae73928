import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * `npm test`: every test; `npm test -- test/cli test/check/check.test.ts`: the named folders and files. Lists the files
 * itself, because the oldest supported Node does not take patterns.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));

const files = (wanted.length > 0 ? wanted : ['test']).flatMap(testsIn).sort();
const { status, error } = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...flags, ...files], {
  cwd: ROOT,
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;

function testsIn(path) {
  if (!existsSync(join(ROOT, path))) throw new Error(`there is no test ${path}`);
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(path, name));
}
