import { type ChangedFile, nextCommit } from '../git/change.ts';
import type { GitPlace } from '../git/exec.ts';
import { trackedFiles } from '../git/tracked.ts';
import type { Worktree } from '../git/worktree.ts';
import { asBlobs, type Blob } from './inputs.ts';

/** What the files of a worktree were before they were changed. All paths are from its top, with forward slashes. */
export class EarlierVersions {
  readonly #changed: ReadonlyMap<string, ChangedFile>;
  readonly #staged: ReadonlySet<string>;
  readonly #listTracked: () => Promise<Map<string, Blob>>;
  #tracked: Promise<Map<string, Blob>> | undefined;

  /** @throws {GitError} */
  static async find(place: GitPlace, worktree: Worktree): Promise<EarlierVersions> {
    return new EarlierVersions(place, worktree, await nextCommit(place, worktree));
  }

  private constructor(place: GitPlace, worktree: Worktree, changed: readonly ChangedFile[]) {
    this.#changed = new Map(changed.map((file) => [file.path, file]));
    this.#staged = new Set(worktree.staged.map(({ path }) => path));
    this.#listTracked = async () => {
      const files = await trackedFiles(place, worktree.top);
      return new Map(files.map(({ path, blob }) => [path, { blob }]));
    };
  }

  /** Whether a merge brings the file as another parent has it. */
  isTakenOver(path: string): boolean {
    return this.#staged.has(path) && !this.#changed.has(path);
  }

  /** @throws {GitError} */
  async of(path: string): Promise<readonly Blob[]> {
    const file = this.#changed.get(path);
    if (file !== undefined) return asBlobs(await file.before());
    // What the index has of any other file, a parent has too.
    this.#tracked ??= this.#listTracked();
    const unchanged = (await this.#tracked).get(path);
    return unchanged === undefined ? [] : [unchanged];
  }
}
