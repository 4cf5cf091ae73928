import { relative, resolve, sep } from 'node:path';
import type { Report } from '../report/report.ts';
import { carryOut, check } from './check.ts';
import type { Input } from './inputs.ts';
import { type CheckRequest, type Job, prepare } from './job.ts';
import { withoutLinks } from './paths.ts';
import { type RepairedInput, repairInputs } from './repair-inputs.ts';
import { type Saved, saveToDisk, saveToIndex } from './save-repairs.ts';

/** What became of one file. */
export interface FixedFile extends RepairedInput {
  /** How saving went; null: there was nothing to save, or it was not asked for. */
  readonly saved: Saved | null;
}

export interface FixOutcome {
  /** Those with violations, by path. */
  readonly files: readonly FixedFile[];
  /** On what there is now. */
  readonly report: Report;
}

/**
 * Checks, repairs what has one safe answer, and checks again. Without paths what is staged is repaired, in the index and in
 * the working tree; files that are named are repaired on disk, where whoever named them expects it.
 *
 * @param dryRun whether nothing is to be written
 * @throws {DiagnosticError} when nothing at all can be judged, or git fails
 */
export async function fix(request: CheckRequest, dryRun: boolean): Promise<FixOutcome> {
  const asked = { ...request, onDisk: true };
  const job = await prepare(asked);
  const { report } = await carryOut(job);
  const repaired: RepairedInput[] = [];
  for (const policy of job.policies) repaired.push(...(await repairInputs(policy, report, job.surroundings)));
  repaired.sort((a, b) => (a.input.path < b.input.path ? -1 : 1));
  const changed = repaired.filter(({ before, after }) => !after.equals(before));
  if (dryRun || changed.length === 0)
    return { files: repaired.map((file) => ({ ...file, saved: null })), report };
  const saved = await save(changed, request, job);
  const files = repaired.map((file) => ({ ...file, saved: saved[changed.indexOf(file)] ?? null }));
  // What the index has differently from HEAD is not what it was.
  return { files, report: await check({ ...asked, worktree: undefined }) };
}

async function save(
  changed: readonly RepairedInput[],
  { cwd, paths }: CheckRequest,
  { surroundings: { place, worktree } }: Job,
): Promise<Saved[]> {
  const base = withoutLinks(cwd);
  const fileOf = ({ path }: Input) => resolve(base, path);
  const onDisk = changed.map(({ input, before, after }) => ({ file: fileOf(input), before, after }));
  if (worktree === null || paths.length > 0) return saveToDisk(onDisk);
  const staged = changed.map(({ input, before, after, repairIn }) => ({
    file: fileOf(input),
    before,
    after,
    path: relative(worktree.top, fileOf(input)).split(sep).join('/'),
    blob: 'blob' in input.content ? input.content.blob : '',
    repairIn,
  }));
  return saveToIndex(place, worktree.top, staged);
}
