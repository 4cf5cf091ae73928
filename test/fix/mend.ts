import { judge } from '../../src/check/judge.ts';
import { type Pack, withExtendedPacks } from '../../src/check/pack-names.ts';
import type { Judge } from '../../src/fix/judgement.ts';
import { type Repair, repair } from '../../src/fix/repair.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';
import { programOf, shippedRules } from '../support/rules.ts';

/**
 * What the rules of a pack say about templates.
 *
 * @param counts which of its rules are asked
 */
export function judgeBy(pack: Pack, counts: (rule: string) => boolean = () => true): Judge {
  const packs = withExtendedPacks([pack]);
  const programs = shippedRules()
    .filter((rule) => packs.includes(rule.pack) && counts(rule.name))
    .map(programOf);
  return (bytes) => {
    const [judged] = judge([{ input: { path: 'template', content: bytes }, bytes }], {
      programs,
      intrinsics: true,
      limits: STANDARD_LIMITS,
    });
    const { findings, unknowns } = judged!.verdict;
    return { findings, unknowns, complete: judged!.diagnostics.length === 0 };
  };
}

const BASELINE = judgeBy('baseline');

/** Repairs everything in a text that can be, by the rules of the baseline. */
export function mend(text: string, judgement: Judge = BASELINE): Repair & { readonly text: string } {
  const repaired = repair(Buffer.from(text), { isWanted: () => true }, judgement);
  return { ...repaired, text: repaired.bytes.toString() };
}
