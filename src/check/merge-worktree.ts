import type { GitPlace } from '../git/exec.ts';
import { mergeFile } from '../git/merge-file.ts';

/** A repair of what is staged, and what stands in the working tree. */
export interface WorktreeState {
  readonly staged: Buffer;
  readonly repaired: Buffer;
  readonly worktree: Buffer;
}

/**
 * What the file in the working tree has to become so that it is repaired too and keeps every edit that is not staged.
 *
 * @returns null when somebody has edited the same lines
 * @throws {GitError} when git cannot start
 */
export async function mergeIntoWorktree(place: GitPlace, state: WorktreeState): Promise<Buffer | null> {
  const { staged, repaired, worktree } = state;
  if (worktree.equals(staged)) return repaired;
  if (worktree.equals(repaired)) return worktree;
  // Git may be set to check out CRLF where the repository has LF.
  if (hasOnlyCrlf(worktree) && !staged.includes('\r')) {
    const merged = await mergeIntoWorktree(place, { staged, repaired, worktree: toLf(worktree) });
    return merged && toCrlf(merged);
  }
  return mergeFile(place, { base: staged, ours: worktree, theirs: repaired });
}

/** Whether every line ends with CRLF, so that nothing is lost on the way to LF and back. */
function hasOnlyCrlf(bytes: Buffer): boolean {
  return bytes.includes('\r\n') && toCrlf(toLf(bytes)).equals(bytes);
}

function toLf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

function toCrlf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
