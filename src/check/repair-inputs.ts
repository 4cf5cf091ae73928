import { isUtf8 } from 'node:buffer';
import { NO_STORE } from '../cache/store.ts';
import type { Judge, JudgedViolation } from '../fix/judgement.ts';
import type { Note } from '../fix/note.ts';
import { repair } from '../fix/repair.ts';
import { leavesAlone } from '../fix/untouched.ts';
import type { Report, ReportFinding } from '../report/report.ts';
import { readContents } from './contents.ts';
import type { Input } from './inputs.ts';
import type { PolicyWithRules } from './job.ts';
import { judge } from './judge.ts';
import { readRuleTexts } from './rule-texts.ts';
import { compileRuleTexts } from './rules.ts';
import type { Surroundings } from './verdicts.ts';

/** A file with its repair, which is not saved. */
export interface RepairedInput {
  readonly input: Input;
  readonly before: Buffer;
  /** The same when there was nothing to repair. */
  readonly after: Buffer;
  readonly fixed: readonly Note[];
  /** What is left to people. */
  readonly left: readonly Note[];
  /**
   * Repairs the same things in a version with other edits, and leaves what these have touched; null when that is not
   * possible.
   */
  repairIn(other: Buffer): Buffer | null;
}

/** Repairs those violations of a report that stand in the inputs of one policy. */
export async function repairInputs(
  { inputs, ruleSet }: PolicyWithRules,
  report: Report,
  { place, worktree, limits }: Surroundings,
): Promise<RepairedInput[]> {
  const countingIn = (path: string) =>
    new Set(report.findings.filter(({ file }) => file === path).map(keyOf));
  const broken = inputs.filter(({ path }) => countingIn(path).size > 0);
  if (broken.length === 0) return [];
  const texts = await readRuleTexts(place, worktree, ruleSet, limits);
  const { programs } = await compileRuleTexts(texts, NO_STORE, limits);
  const rules = { programs, intrinsics: ruleSet.intrinsics, limits };
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
    return { input, before: bytes, after, fixed, left, repairIn };
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
