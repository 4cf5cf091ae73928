import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this command belongs to. */
const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** A built package, installed where nothing but the benchmark touches it. */
export interface Build {
  readonly name: string;
  /** Folder of the installed package. */
  readonly root: string;
  /** Shortened id of the commit it was built from. */
  readonly commit: string;
}

/** The build of this checkout as it is, changes included. */
export function buildOfCheckout(scratch: string): Build {
  return { name: 'this checkout', root: install(ROOT, join(scratch, 'checkout')), commit: commitOf('HEAD') };
}

/**
 * Builds a revision beside this checkout, with the development tools that are installed here. Nothing is checked out, so
 * that work in progress and the list of worktrees stay as they are.
 *
 * @throws {Error} when there is no such revision or it cannot be built
 */
export function buildOfRevision(revision: string, scratch: string): Build {
  const commit = commitOf(revision);
  const source = join(scratch, `source-${commit}`);
  mkdirSync(source);
  const archive = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-xf', '-'], { cwd: source, input: archive });
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'), 'junction');
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: source, stdio: ['ignore', 2, 2] });
  return { name: revision, root: install(source, join(scratch, commit)), commit };
}

function commitOf(revision: string): string {
  const args = ['rev-parse', '--verify', '--short=10', `${revision}^{commit}`];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

function install(source: string, folder: string): string {
  const root = join(folder, 'node_modules', 'ecs-guard-staged');
  for (const part of ['dist', 'hooks', 'rules', 'package.json'])
    cpSync(join(source, part), join(root, part), { recursive: true });
  return root;
}
