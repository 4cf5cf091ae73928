import { isUtf8 } from 'node:buffer';
import { relative, resolve, sep } from 'node:path';
import { NO_STORE } from '../cache/store.ts';
import type { Judge, JudgedViolation } from '../fix/judgement.ts';
import type { Note } from '../fix/note.ts';
import { repair } from '../fix/repair.ts';
import { leavesAlone } from '../fix/untouched.ts';
import type { Report, ReportFinding } from '../report/report.ts';
import { type CheckRequest, check, type Job, prepare } from './check.ts';
import { readContents } from './contents.ts';
import type { Input } from './inputs.ts';
import { judge } from './judge.ts';
import { withoutLinks } from './paths.ts';
import type { Policy } from './policies.ts';
import { findRuleSet } from './rule-set.ts';
import { readRuleTexts } from './rule-texts.ts';
import { compileRuleTexts } from './rules.ts';
import { type Saved, saveToDisk, saveToIndex } from './save-repairs.ts';

/** What became of one file. */
export interface FixedFile {
  /** As the user knows it. */
  readonly path: string;
  readonly before: Buffer;
  /** The same when there was nothing to repair. */
  readonly after: Buffer;
  readonly fixed: readonly Note[];
  /** What is left to people. */
  readonly left: readonly Note[];
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
  const report = await check({ ...asked, worktree: job.surroundings.worktree ?? undefined });
  const repaired: RepairedInput[] = [];
  for (const policy of job.policies) repaired.push(...(await repairPart(policy, report, request.cwd, job)));
  repaired.sort((a, b) => (a.path < b.path ? -1 : 1));
  const changed = repaired.filter(({ before, after }) => !after.equals(before));
  if (dryRun || changed.length === 0)
    return { files: repaired.map((file) => ({ ...file, saved: null })), report };
  const saved = await save(changed, request, job);
  const files = repaired.map((file) => ({ ...file, saved: saved[changed.indexOf(file)] ?? null }));
  // What the index has differently from HEAD is not what it was.
  return { files, report: await check({ ...asked, worktree: undefined }) };
}

interface RepairedInput extends Omit<FixedFile, 'saved'> {
  readonly input: Input;
  /** See {@link StagedRepair}. */
  repairIn(other: Buffer): Buffer | null;
}

async function repairPart(
  { inputs, selection }: Policy,
  report: Report,
  cwd: string,
  { surroundings: { place, worktree } }: Job,
): Promise<RepairedInput[]> {
  const countingIn = (path: string) =>
    new Set(report.findings.filter(({ file }) => file === path).map(keyOf));
  const broken = inputs.filter(({ path }) => countingIn(path).size > 0);
  if (broken.length === 0) return [];
  const texts = await readRuleTexts(place, worktree, await findRuleSet(selection, cwd));
  const { programs } = await compileRuleTexts(texts, NO_STORE);
  const rules = { programs, intrinsics: selection.intrinsics };
  const { files } = await readContents(place, worktree, broken);
  return files.map(({ input, bytes }) => {
    const judgeBytes: Judge = (version) => {
      const [judged] = judge([{ input, bytes: version }], rules);
      const { findings: found, unknowns } = judged!.verdict;
      return { findings: found, unknowns, complete: judged!.diagnostics.length === 0 };
    };
    const counting = countingIn(input.path);
    const isWanted = (found: JudgedViolation) => counting.has(keyOf(found));
    const { bytes: after, fixed, left } = repair(bytes, { isWanted }, judgeBytes);
    const same = new Set(fixed.map(({ identity }) => identity));
    const repairIn = (other: Buffer) => repairAgain(same, bytes, other, judgeBytes);
    return { input, path: input.path, before: bytes, after, fixed, left, repairIn };
  });
}

/** Repairs the same violations in a version of a file that somebody is editing. */
function repairAgain(
  identities: ReadonlySet<string>,
  older: Buffer,
  edited: Buffer,
  judgeBytes: Judge,
): Buffer | null {
  if (!isUtf8(edited) || !judgeBytes(edited).complete) return null;
  const { bytes } = repair(
    edited,
    {
      isWanted: ({ identity }) => identities.has(identity),
      mayEdit: leavesAlone(older.toString(), edited.toString()),
    },
    judgeBytes,
  );
  return judgeBytes(bytes).findings.some(({ identity }) => identities.has(identity)) ? null : bytes;
}

/** Violations that are excused, or old, are nobody's to repair. */
function keyOf({
  rule,
  path,
  line,
  column,
}: Pick<ReportFinding, 'rule' | 'path' | 'line' | 'column'>): string {
  return JSON.stringify([rule, path, line, column]);
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
