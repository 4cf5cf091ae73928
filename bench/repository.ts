import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

export type Files = Readonly<Record<string, string>>;

/** Writes files, relative to `folder`, and returns the folder. */
export function write(folder: string, files: Files): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** A repository with one commit and `staged` in its index. */
export function repository(folder: string, committed: Files, staged: Files): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  write(folder, { ...committed, LICENSE: 'none\n' });
  git('init', '--quiet');
  git('config', 'user.name', 'Bench');
  git('config', 'user.email', 'bench@example.com');
  git('config', 'gc.auto', '0');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  write(folder, staged);
  git('add', '--all');
  return folder;
}
