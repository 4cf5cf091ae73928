import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/* `npm start`: the demonstration; `npm start -- PATH…`: the command itself, from the folder that npm was called in. */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const operands = process.argv.slice(2);
const args =
  operands.length > 0 ? [`${ROOT}dist/cli.cjs`, ...operands] : ['--import', 'tsx', `${ROOT}scripts/demo.ts`];

const { status, error } = spawnSync(process.execPath, args, {
  cwd: operands.length > 0 ? (process.env.INIT_CWD ?? process.cwd()) : ROOT,
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;
