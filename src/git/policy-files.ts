import { invariant } from '../source/invariant.ts';
import { type GitPlace, runGit } from './exec.ts';
import { pathText } from './path-name.ts';

/**
 * Object ids of files in the index that say how to judge, by path from the top of the worktree with forward slashes.
 */
export type PolicyFiles = ReadonlyMap<string, string>;

const LIST = ['ls-files', '--stage', '--full-name', '-z', '--'];

/** Ends of the names of files that say how to judge: settings and rules. */
const ENDS = [
  '.ecs-guardrc.json',
  '.ecs-guardrc.yaml',
  '.ecs-guardrc.yml',
  'package.json',
  '.guard',
  '.ruleset',
];

/** The arguments that make git list them. A star in front also stands for slashes, and git compares ends, which is quick. */
export const LIST_POLICY_FILES: readonly string[] = [...LIST, ...ENDS.map((end) => `:(top)*${end}`)];

/**
 * Settings and rule files in the whole index, wherever in the worktree the place is. Others with names that end alike may
 * be among them.
 *
 * @throws {GitError}
 */
export async function listPolicyFiles(place: GitPlace): Promise<PolicyFiles> {
  return splitIndexList(await runGit(place, LIST_POLICY_FILES, '', 'patterns')).files;
}

/**
 * Those of some files that are in the index, whatever they are called.
 *
 * @param paths absolute, inside of the worktree; nothing in them is a pattern
 * @throws {GitError}
 */
export async function policyFilesAmong(place: GitPlace, paths: readonly string[]): Promise<PolicyFiles> {
  return splitIndexList(await runGit(place, [...LIST, ...paths])).files;
}

const NUL = 0;
const COLON = 0x3a;

/**
 * Parses records such as `100644 2e65efe… 0\tinfra/.ecs-guardrc.json\0`, of which only regular files without conflicts are
 * kept, up to the end or to the first record of a raw difference.
 *
 * @returns the files, and the bytes behind them
 */
export function splitIndexList(output: Buffer): { files: Map<string, string>; rest: Buffer } {
  const files = new Map<string, string>();
  let at = 0;
  while (at < output.length && output[at] !== COLON) {
    const end = output.indexOf(NUL, at);
    const record = output.subarray(at, end);
    const tab = record.indexOf('\t');
    const [mode, id, stage] = record.toString('latin1', 0, tab).split(' ');
    invariant(end !== -1 && tab !== -1 && stage !== undefined, 'git listed its index in an unknown form');
    if ((mode === '100644' || mode === '100755') && stage === '0')
      files.set(pathText(record.subarray(tab + 1)), id!);
    at = end + 1;
  }
  return { files, rest: output.subarray(at) };
}
