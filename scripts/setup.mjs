import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * Makes a checkout ready to use: installs what is missing and builds what is out of date. Plain JavaScript without
 * dependencies, since it runs before anything is installed.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));

if (!isInstalled()) {
  npm('ci', '--include=dev');
  // Not by a script of npm's: it warns of packages that have one.
  if (existsSync(`${ROOT}.git`)) npm('exec', '--no', 'husky');
}
if (isStale()) npm('run', 'build', '--silent');

function isInstalled() {
  const { devDependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  return Object.keys(devDependencies).every((name) => existsSync(`${ROOT}node_modules/${name}/package.json`));
}

/** Whether a source file, or a rule of a pack, is newer than what was built last. */
function isStale() {
  const built = statSync(`${ROOT}dist/THIRD-PARTY-LICENSES.txt`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // Folders are listed as well: they are newer when something in them is gone.
  const sources = ['src', 'rules'].flatMap((folder) => [
    ROOT + folder,
    ...readdirSync(ROOT + folder, { recursive: true }).map((name) => `${ROOT}${folder}/${name}`),
  ]);
  return [...sources, `${ROOT}scripts/build.ts`, `${ROOT}package-lock.json`].some(
    (path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > built,
  );
}

function npm(...args) {
  // On Windows npm is a command script, which only a shell can start.
  const { status, error } = spawnSync('npm', args, {
    cwd: ROOT,
    // Who installs a package globally from its repository prepares it with the same settings, but its own tools are local.
    env: { ...process.env, npm_config_global: 'false' },
    // Not stdout: that belongs to the command that follows.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
