import { resolve } from 'node:path';
import { type Blobs, missingBlob, readBlobs } from '../git/blobs.ts';
import type { GitPlace } from '../git/exec.ts';
import type { Worktree } from '../git/worktree.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Input } from './inputs.ts';
import { withoutLinks } from './paths.ts';

/** One file with its content. */
export interface InputFile {
  readonly input: Input;
  readonly bytes: Buffer;
}

export interface Contents {
  readonly files: readonly InputFile[];
  /** Files whose content the repository has lost. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads what has not been read yet.
 *
 * @param worktree what staged files are staged in
 * @throws {GitError}
 */
export async function readContents(
  place: GitPlace,
  worktree: Worktree | null,
  inputs: readonly Input[],
): Promise<Contents> {
  const base = withoutLinks(place.cwd);
  const wanted = inputs.flatMap(({ path, content }) =>
    Buffer.isBuffer(content) ? [] : [{ ...content, copy: resolve(base, path) }],
  );
  const blobs: Blobs = worktree === null ? new Map() : await readBlobs(place, worktree.objects, wanted);
  const files: InputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const input of inputs) {
    const { path, content } = input;
    const bytes = Buffer.isBuffer(content) ? content : blobs.get(content.blob);
    if (bytes !== undefined) files.push({ input, bytes });
    else if (!Buffer.isBuffer(content)) diagnostics.push(missingBlob(path, content.blob));
  }
  return { files, diagnostics };
}
