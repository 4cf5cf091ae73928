import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * `npm run oracle`: fetches the native cfn-guard 3.1.1 for Linux x86-64, and the 237 Control Tower rule files, that the
 * differential tests and the benchmarks compare with. Both come in one npm package, which is checked before anything
 * in it is unpacked. Neither becomes part of what this project publishes.
 *
 * `npm run oracle -- --build` also builds cfn-guard 3.2.0, which no npm package has, where Rust's cargo is installed.
 * That takes some minutes, and lets those tests run that 3.1.1 cannot answer.
 */

const PACKAGE = '@cdklabs/cdk-validator-cfnguard@0.0.62';
const INTEGRITY =
  'sha512-Sg2k8067B0AIJ82QFSLhHTUIqxOYTKABvVrTHiyc6j0rE2NHli2diIYqf+w+DkuDKCYYgMIOga3OrYMOHUw0mQ==';
const STORE = fileURLToPath(new URL('../.cache/oracle', import.meta.url));
const BINARY = 'package/bin/ubuntu/x86_64/cfn-guard';

const NEWEST = '3.2.0';
const NEWEST_STORE = fileURLToPath(new URL(`../.cache/cfn-guard-${NEWEST}`, import.meta.url));

/** A reason that the person at the keyboard can act on. */
class Refusal extends Error {}

try {
  console.log(existsSync(join(STORE, BINARY)) ? `already there: ${STORE}` : `stored in ${fetchOracle()}`);
  if (process.argv.includes('--build')) {
    console.log(existsSync(NEWEST_STORE) ? `already there: ${NEWEST_STORE}` : `built in ${buildNewest()}`);
  }
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`The native cfn-guard was not fetched: ${error.message}`);
  process.exitCode = 1;
}

/** Downloads, checks and unpacks the package beside its place, and then moves it there in one step. */
function fetchOracle(): string {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Refusal(
      `the package only has a binary for Linux x86-64, and this is ${process.platform} ${process.arch}. ` +
        'Point CFN_GUARD_BINARY to a cfn-guard of your own instead.',
    );
  }
  mkdirSync(dirname(STORE), { recursive: true });
  const workspace = mkdtempSync(`${STORE}-`);
  try {
    const archive = download(workspace);
    verify(archive);
    const unpacked = join(workspace, 'oracle');
    mkdirSync(unpacked);
    runTool('tar', ['-xzf', archive, '-C', unpacked], workspace);
    chmodSync(join(unpacked, BINARY), 0o755);
    moveInto(unpacked);
    return STORE;
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Builds beside the place of the result and moves it there in one step, so that what is there is whole. */
function buildNewest(): string {
  mkdirSync(dirname(NEWEST_STORE), { recursive: true });
  const workspace = mkdtempSync(`${NEWEST_STORE}-`);
  try {
    const root = join(workspace, 'root');
    runTool('cargo', ['install', 'cfn-guard', '--version', NEWEST, '--locked', '--root', root], workspace);
    renameSync(root, NEWEST_STORE);
    return NEWEST_STORE;
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** @returns path of the package archive */
function download(folder: string): string {
  const report = runTool(
    'npm',
    ['pack', PACKAGE, '--json', '--loglevel=error', '--pack-destination', folder],
    folder,
  );
  const [{ filename }] = JSON.parse(report) as [{ filename: string }];
  return join(folder, filename);
}

function verify(archive: string): void {
  const actual = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (actual === INTEGRITY) return;
  throw new Refusal(`${PACKAGE} is not what it should be: expected ${INTEGRITY}, received ${actual}.`);
}

/** Another run may be faster at the same time; its result is as good. */
function moveInto(unpacked: string): void {
  try {
    if (!existsSync(join(STORE, BINARY))) rmSync(STORE, { recursive: true, force: true });
    renameSync(unpacked, STORE);
  } catch (error) {
    if (!existsSync(join(STORE, BINARY))) throw error;
  }
}

/** @returns what the tool printed */
function runTool(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    const detail =
      code === 'ENOENT' ? `there is no ${command} on the PATH` : (stderr?.trim() ?? String(error));
    throw new Refusal(`\`${command} ${args[0]}\` failed (is there a connection?): ${detail}`);
  }
}
