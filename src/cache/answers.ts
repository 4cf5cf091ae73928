import type { Totals } from '../report/report.ts';
import type { Store } from './store.ts';

/** What an answer depends on. */
export interface Question {
  /** Digest of all of it, as hexadecimal digits. */
  readonly digest: string;
  /** Digest of what it is about, as hexadecimal digits: questions that it tells apart need not push each other out. */
  readonly subject: string;
}

/** What a check said. */
export interface Answer {
  /** Lines about what was found, as UTF-8. */
  readonly lines: Buffer;
  readonly totals: Totals;
}

/*
 * Whole answers, for large jobs that are run again when nothing has changed, such as on the next push to a branch: then
 * nothing has to be put together from the verdicts on hundreds of files. There are 256 at most, and none is large, so
 * that they leave the verdicts their room. An answer is two lines and then its own: the digest of its question, and the
 * totals as JSON.
 */

/** Bytes of an answer. */
const LARGEST = 1024 * 1024;

const LINE_FEED = 0x0a;

export function recallAnswer(store: Store, question: Question): Answer | undefined {
  const entry = store.read(entryName(question));
  const start = Buffer.from(`${question.digest}\n`);
  if (entry === undefined || !entry.subarray(0, start.length).equals(start)) return undefined;
  const end = entry.indexOf(LINE_FEED, start.length);
  const totals = JSON.parse(entry.toString('utf8', start.length, end)) as Totals;
  return { totals, lines: entry.subarray(end + 1) };
}

export function keepAnswer(store: Store, question: Question, { lines, totals }: Answer): void {
  const { staged, shard, templates, diagnostics, counts } = totals;
  // A report has more than that, which only makes the lines.
  const kept: Totals = { staged, ...(shard && { shard }), templates, diagnostics, counts };
  const payload = Buffer.concat([Buffer.from(`${question.digest}\n${JSON.stringify(kept)}\n`), lines]);
  if (payload.length <= LARGEST) store.write(entryName(question), payload);
}

function entryName({ subject }: Question): string {
  return `answer-${subject.slice(0, 2)}`;
}
