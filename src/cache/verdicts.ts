import type { ReportRule } from '../report/report.ts';
import type { FileVerdict } from '../report/verdict.ts';
import type { Store } from './store.ts';

/** What is remembered of a file. */
export interface KeptVerdict extends FileVerdict {
  /** How many rules there were, which a run that loads none has to tell. */
  readonly ruleCount: number;
}

/** Bytes of one entry of the store, beyond which its oldest verdicts go. There are sixteen. */
const ENTRY_LIMIT = 1024 * 1024;

const LINE_FEED = 0x0a;
const TAB = 0x09;

/**
 * Verdicts by one set of rules, by the id of the content that was judged.
 *
 * Contents whose ids begin with the same digit share an entry of the store: opening a few files is cheaper than opening
 * one for each template of a large run, and how many there are at most is settled. In an entry each verdict is a line,
 * `<id> <rules> <JSON>`, so that one is found without parsing the others, and behind a tab is what rule files say about
 * their rules: two thirds of it, for which most reports have no place. Of two runs that write the same entry at the
 * same time, one loses what it learned, and only that.
 */
export class VerdictCache {
  readonly #store: Store;
  readonly #rules: string;
  readonly #entries = new Map<string, Buffer>();

  /** @param rules what `verdictsKey` made of the rules */
  constructor(store: Store, rules: string) {
    this.#store = store;
    this.#rules = rules;
  }

  recall(id: string): KeptVerdict | undefined {
    const entry = this.#entry(id);
    const head = this.#lineStart(id);
    const start = entry.indexOf(head);
    if (start === -1) return undefined;
    const next = entry.indexOf(LINE_FEED, start + 1);
    const end = next === -1 ? entry.length : next;
    const tab = entry.indexOf(TAB, start);
    const textOf = (from: number, to: number) => entry.toString('utf8', from, to);
    const verdict = JSON.parse(textOf(start + head.length, tab)) as Omit<KeptVerdict, 'rules'>;
    let rules: readonly ReportRule[] | undefined;
    return {
      ...verdict,
      get rules() {
        rules ??= JSON.parse(textOf(tab + 1, end)) as readonly ReportRule[];
        return rules;
      },
    };
  }

  /** Keeps verdicts that {@link recall} did not know. */
  keep(verdicts: ReadonlyMap<string, KeptVerdict>): void {
    const additions = new Map<string, string[]>();
    // Many templates break the same rules.
    const texts = new Map<ReportRule, string>();
    const textOf = (rule: ReportRule): string => {
      const text = texts.get(rule) ?? JSON.stringify(rule);
      texts.set(rule, text);
      return text;
    };
    for (const [id, { rules, ...verdict }] of verdicts) {
      const line = `${this.#lineStart(id)}${JSON.stringify(verdict)}\t[${rules.map(textOf).join()}]`;
      additions.set(entryName(id), [...(additions.get(entryName(id)) ?? []), line]);
    }
    for (const [name, lines] of additions) {
      // Read again, for what others have learned meanwhile.
      const entry = this.#store.read(name) ?? Buffer.alloc(0);
      this.#store.write(name, withoutOldest(Buffer.concat([entry, Buffer.from(lines.join(''))])));
    }
  }

  #entry(id: string): Buffer {
    const name = entryName(id);
    const entry = this.#entries.get(name) ?? this.#store.read(name) ?? Buffer.alloc(0);
    this.#entries.set(name, entry);
    return entry;
  }

  #lineStart(id: string): string {
    return `\n${id} ${this.#rules} `;
  }
}

function entryName(id: string): string {
  return `verdicts-${id.charAt(0)}`;
}

/** The end of an entry, from the first line on with which it is not too long. */
function withoutOldest(entry: Buffer): Buffer {
  if (entry.length <= ENTRY_LIMIT) return entry;
  const start = entry.indexOf(LINE_FEED, entry.length - ENTRY_LIMIT);
  return start === -1 ? Buffer.alloc(0) : entry.subarray(start);
}
