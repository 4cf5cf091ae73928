import { isDay } from '../source/day.ts';
import type { Mistake } from './claim.ts';

/** What a comment that excuses something begins with. */
export const MARKER = 'ecs-guard-ignore';

/** What a comment excuses. */
export interface Marker {
  /** Whether it is about the whole file, wherever it stands. */
  readonly wholeFile: boolean;
  readonly rules: readonly string[];
  /** Null: none is given. */
  readonly reason: string | null;
  /** A day as `2027-03-31`; null: none is given. */
  readonly until: string | null;
}

export const UNREADABLE_DAY = 'the day cannot be read; write it as `until 2027-03-31`';
const HOW = `write \`# ${MARKER} RULE: reason, until 2027-03-31\``;

/**
 * Reads a comment in the form `# ecs-guard-ignore RULE, RULE: reason, until 2027-03-31`; the last part may be left out.
 *
 * @param comment from its `#` to the end of the line
 * @returns undefined for a comment that has nothing to do with it
 */
export function readMarker(comment: string): Marker | Mistake | undefined {
  if (!comment.includes(MARKER)) return undefined;
  const [, suffix, names, text] =
    /^#+\s*ecs-guard-ignore(-file)?(?:\s+([^:]*))?(?::(.*))?$/s.exec(comment) ?? [];
  if (names === undefined) return { mistake: `it cannot be read; ${HOW}, and nothing before it` };
  const rules = names.split(',').map((name) => name.trim());
  const wrong = rules.find((name) => !/^\w+$/.test(name));
  if (wrong === '') return { mistake: `the name of the rule is missing; ${HOW}` };
  if (wrong !== undefined) return { mistake: `\`${wrong}\` is no name of a rule; ${HOW}` };
  const terms = readTerms(text ?? '');
  return 'mistake' in terms ? terms : { wholeFile: suffix !== undefined, rules, ...terms };
}

/** The last `until` of a text, with what stands before and behind it. */
const EXPIRY = /^(|.*[^\p{L}\p{N}])until\b[\s:=]*(.*?)[\s.)]*$/isu;

/** Takes a reason and a day apart. */
function readTerms(text: string): Pick<Marker, 'reason' | 'until'> | Mistake {
  const [, before, day] = EXPIRY.exec(text) ?? [];
  if (before === undefined || day === undefined) return { reason: reasonOf(text), until: null };
  if (isDay(day)) return { reason: reasonOf(before), until: day };
  // In a sentence the word may mean something else, but no excuse must last for ever because of a spelling.
  const meantAsDay = /\d/.test(day) || /(?:^|[,;(])\s*$/.test(before);
  return meantAsDay ? { mistake: UNREADABLE_DAY } : { reason: reasonOf(text), until: null };
}

/** Null unless there is a letter or digit in it. */
export function reasonOf(text: string): string | null {
  const reason = text.trim().replace(/[\s,;(]+$/, '');
  return /[\p{L}\p{N}]/u.test(reason) ? reason : null;
}
