import type { Remark, ReportFinding } from '../report/report.ts';

/** What people and SARIF call the levels. */
export const LEVEL_NAMES = { error: 'error', warn: 'warning', info: 'note' } as const satisfies Record<
  ReportFinding['level'],
  string
>;

/** An excuse that somebody counts on, and that does not count, is worth more attention than the rest. */
export function remarkLevel({ kind }: Remark): 'warn' | 'info' {
  return kind === 'suppression-expired' || kind === 'suppression-ignored' ? 'warn' : 'info';
}
