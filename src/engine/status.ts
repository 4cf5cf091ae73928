/** Verdict of a clause, block, rule or file. */
export type Status = 'PASS' | 'FAIL' | 'SKIP';
