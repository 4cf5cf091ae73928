import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary folder that {@link Workspace.remove} takes away. */
export interface Workspace {
  readonly path: string;
  remove(): void;
}

export function workspace(): Workspace {
  const path = mkdtempSync(join(tmpdir(), 'ecs-guard-staged-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes files, relative to `folder`. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** A repository with one commit, the built package in `node_modules`, and `staged` in its index. */
export function repository(
  folder: string,
  packageRoot: string,
  committed: Readonly<Record<string, string>>,
  staged: Readonly<Record<string, string>>,
): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  mkdirSync(folder, { recursive: true });
  git('init', '--quiet');
  git('config', 'user.name', 'Bench');
  git('config', 'user.email', 'bench@example.com');
  write(folder, { ...committed, '.gitignore': 'node_modules\n' });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  write(folder, staged);
  git('add', '--all');
  const installed = join(folder, 'node_modules', 'ecs-guard-staged');
  for (const part of ['dist', 'hooks', 'rules', 'package.json']) {
    cpSync(join(packageRoot, part), join(installed, part), { recursive: true });
  }
  return folder;
}
