import type { Diagnostic } from '../source/diagnostic.ts';

/** One file to judge. What is staged is known by its id, and read only when it has to be. */
export interface Input {
  /** As the user knows it; see {@link displayPath}. */
  readonly path: string;
  readonly content: Blob | Buffer;
  /**
   * Finds the versions that the change starts from, one for each parent that has one. It may start git, so it is asked only
   * when the answer makes a difference. Absent: there is nothing to compare with, and whatever is in the file counts as new.
   *
   * @throws {GitError}
   */
  before?(): Promise<readonly Blob[]>;
}

/** A content that git has. */
export interface Blob {
  /** Object id: 40 or 64 hexadecimal digits. */
  readonly blob: string;
}

export interface Inputs {
  readonly files: readonly Input[];
  /** Whether all of them are going to be committed. */
  readonly staged: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export function asBlobs(ids: readonly string[]): Blob[] {
  return ids.map((blob) => ({ blob }));
}
