import type { GitPlace } from './exec.ts';
import { renamedFiles, type StagedFile, stagedFiles } from './staged.ts';
import type { Worktree } from './worktree.ts';

/** A file in the index that a change adds or changes. */
export interface ChangedFile {
  /** From the top of the worktree, with forward slashes. */
  readonly path: string;
  /** Object id of its content. */
  readonly blob: string;
  /**
   * Object ids of the versions that the change starts from, one for each parent that has one. A file may have had another
   * name there: for one that seems new this starts git, once for all files.
   *
   * @throws {GitError}
   */
  before(): Promise<readonly string[]>;
}

/**
 * What the next commit changes. Of a merge that is only what differs from all its parents: a file that is taken over as
 * another parent has it was judged there.
 *
 * @throws {GitError}
 */
export async function nextCommit(place: GitPlace, { staged, mergeHeads }: Worktree): Promise<ChangedFile[]> {
  const others = mergeHeads.map(async (since) => parentOf(place, since, await stagedFiles(place, since)));
  return commonChanges([parentOf(place, undefined, staged), ...(await Promise.all(others))]);
}

/**
 * What HEAD and the index have changed since the commits at which HEAD left a branch.
 *
 * @param bases one commit at least
 * @throws {GitError}
 */
export async function changesSince(place: GitPlace, bases: readonly string[]): Promise<ChangedFile[]> {
  const parents = bases.map(async (since) => parentOf(place, since, await stagedFiles(place, since)));
  return commonChanges(await Promise.all(parents));
}

/** A commit that a change starts from. */
interface Parent {
  /** What the index has differently, by path. */
  readonly files: ReadonlyMap<string, StagedFile>;
  /** Object id of what became a file under another name, if anything did. */
  renamedTo(path: string): Promise<string | null>;
}

function parentOf(place: GitPlace, since: string | undefined, files: readonly StagedFile[]): Parent {
  let renamed: Promise<Map<string, string | null>> | undefined;
  const findRenamed = async () =>
    new Map((await renamedFiles(place, since)).map(({ path, before }) => [path, before]));
  return {
    files: new Map(files.map((file) => [file.path, file])),
    renamedTo: async (path) => {
      renamed ??= findRenamed();
      return (await renamed).get(path) ?? null;
    },
  };
}

function commonChanges(parents: readonly Parent[]): ChangedFile[] {
  const [first, ...others] = parents;
  const files = [...(first?.files.values() ?? [])];
  return files
    .filter(({ path }) => others.every((parent) => parent.files.has(path)))
    .map(({ path, blob }) => ({
      path,
      blob,
      before: async () => {
        const versions = parents.map(
          async (parent) => parent.files.get(path)?.before ?? (await parent.renamedTo(path)),
        );
        return (await Promise.all(versions)).filter((version) => version !== null);
      },
    }));
}
