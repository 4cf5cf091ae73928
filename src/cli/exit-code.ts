import type { Totals } from '../report/report.ts';

/** Exit codes of the bare command. A run takes the worst that applies. */
export const EXIT = {
  /** Every rule was judged and none is broken. */
  clean: 0,
  /** Every rule was judged and at least one is broken. */
  violations: 1,
  /** Something could not be judged: a gate that cannot read its input has not passed it. */
  cannotJudge: 2,
} as const;

export function exitCodeOf({ diagnostics, counts }: Totals): number {
  if (diagnostics.length > 0) return EXIT.cannotJudge;
  return counts.violations > 0 ? EXIT.violations : EXIT.clean;
}
