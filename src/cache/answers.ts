import type { Totals } from '../report/report.ts';
import type { Store } from './store.ts';

/** All that an answer depends on. */
export interface Question {
  /** Digest of what it is about, as hexadecimal digits: questions that it tells apart need not push each other out. */
  readonly subject: string;
  /** The question itself, one behind the other. No other question may come to the same bytes. */
  readonly parts: readonly Uint8Array[];
}

/** What a check said, apart from the time that it took. */
export interface Answer {
  /** Lines about what was found, as UTF-8. */
  readonly lines: Buffer;
  readonly totals: TimelessTotals;
}

type TimelessTotals = Omit<Totals, 'elapsed'>;

/*
 * Whole answers, for large jobs that are run again when nothing has changed, such as on the next push to a branch: then
 * nothing has to be put together from the verdicts on hundreds of files. There are a few at most, and none is large, so
 * that they leave the verdicts their room.
 */

const ANSWERS = 4;

/** Bytes of a question and its answer. */
const LARGEST = 8 * 1024 * 1024;

const LINE_FEED = 0x0a;

export function recallAnswer(store: Store, question: Question): Answer | undefined {
  const entry = store.read(entryName(question), question.parts);
  if (entry === undefined) return undefined;
  const end = entry.indexOf(LINE_FEED);
  return {
    totals: JSON.parse(entry.toString('utf8', 0, end)) as TimelessTotals,
    lines: entry.subarray(end + 1),
  };
}

export function keepAnswer(store: Store, question: Question, { lines, totals }: Answer): void {
  const { staged, shard, templates, diagnostics, counts } = totals;
  // Of a whole report the rest is in the lines.
  const kept: TimelessTotals = { staged, ...(shard && { shard }), templates, diagnostics, counts };
  const payload = Buffer.concat([Buffer.from(`${JSON.stringify(kept)}\n`), lines]);
  const size = question.parts.reduce((sum, part) => sum + part.length, 2 * payload.length);
  if (size <= LARGEST) store.write(entryName(question), payload, question.parts);
}

function entryName({ subject }: Question): string {
  return `answer-${Number.parseInt(subject.slice(0, 1), 16) % ANSWERS}`;
}
