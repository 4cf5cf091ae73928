import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError } from '../source/diagnostic.ts';
import { type GitPlace, runGit } from './exec.ts';
import { GitError } from './git-error.ts';

/** Three versions of a file. */
export interface Versions {
  readonly base: Uint8Array;
  /** Two that were made from it. */
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
}

/** A hook inherits where its repository is, perhaps relative to a folder that this does not run in. */
const NO_REPOSITORY = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined } as const;

/**
 * Brings both changes together, line by line.
 *
 * @returns null when they are about the same lines, or the files are not text
 * @throws {DiagnosticError} when there is no folder for temporary files
 * @throws {GitError} when git cannot start
 */
export async function mergeFile({ env }: GitPlace, { base, ours, theirs }: Versions): Promise<Buffer | null> {
  const cwd = temporaryFolder();
  try {
    for (const [name, content] of Object.entries({ ours, base, theirs }))
      writeFileSync(join(cwd, name), content);
    return await runGit({ cwd, env: { ...env, ...NO_REPOSITORY } }, [
      'merge-file',
      '-p',
      '-q',
      'ours',
      'base',
      'theirs',
    ]);
  } catch (error) {
    // The exit code is the number of conflicts, or 255.
    if (error instanceof GitError && error.failure.exitCode !== null) return null;
    throw error;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'ecs-guard-staged-'));
  } catch (error) {
    throw new DiagnosticError({
      code: 'git',
      message: `no temporary files can be made in \`${tmpdir()}\`: ${(error as NodeJS.ErrnoException).code}`,
      help: 'let the variable TMPDIR, on Windows TEMP, name a folder that you may write to',
    });
  }
}
