import { sha1 } from '../git/sha1.ts';
import { findingsOf, type KeptVerdict, type VerdictForm, verdictForm } from './kept-verdict.ts';
import { RuleDescriptions } from './rule-descriptions.ts';
import type { Store } from './store.ts';

/** Bytes of one entry of verdicts, beyond which its oldest ones go. There are sixteen. */
const ENTRY_LIMIT = 1024 * 1024;

const LINE_FEED = 0x0a;

/** Verdicts from which on it pays to load Node's cryptography for what their rules say about themselves. */
const MANY = 16;

/**
 * Verdicts by one set of rules, by the id of the content that was judged.
 *
 * Contents whose ids begin with the same digit share an entry of the store: opening a few files is cheaper than opening
 * one for each template of a large run, and how many there are at most is settled. In an entry each verdict is a line,
 * `<id> <rules> <JSON>`, so that one is found without parsing the others. What rule files say about the rules, which is
 * more text than all that they found, is in an entry of its own. Of two runs that write the same entry at the same time,
 * one loses what it learned, and what rests on that is judged again.
 */
export class VerdictCache {
  readonly #store: Store;
  readonly #rules: string;
  readonly #entries = new Map<string, Buffer>();
  readonly #descriptions: RuleDescriptions;

  /** @param rules what `verdictsKey` made of the rules */
  constructor(store: Store, rules: string) {
    this.#store = store;
    this.#rules = rules;
    this.#descriptions = new RuleDescriptions(store, rules);
  }

  recall(id: string): KeptVerdict | undefined {
    const entry = this.#entry(id);
    const head = this.#lineStart(id);
    const start = entry.indexOf(head);
    if (start === -1) return undefined;
    const next = entry.indexOf(LINE_FEED, start + 1);
    const text = entry.toString('utf8', start + head.length, next === -1 ? entry.length : next);
    const form = JSON.parse(text) as VerdictForm;
    const rules = this.#descriptions.of(form.rules);
    return (
      rules && { ...form, rules, findings: findingsOf(form.findings), unknowns: findingsOf(form.unknowns) }
    );
  }

  /** Keeps verdicts that {@link recall} did not know. */
  async keep(verdicts: ReadonlyMap<string, KeptVerdict>): Promise<void> {
    const hash = verdicts.size < MANY ? sha1 : (await import('./digest.ts')).sha1;
    // Read again, for what others have learned meanwhile.
    const descriptions = new RuleDescriptions(this.#store, this.#rules, hash);
    const additions = new Map<string, string[]>();
    for (const [id, verdict] of verdicts) {
      const form = verdictForm(verdict, descriptions.add(verdict.rules));
      const line = this.#lineStart(id) + JSON.stringify(form);
      additions.set(entryName(id), [...(additions.get(entryName(id)) ?? []), line]);
    }
    descriptions.save();
    for (const [name, lines] of additions) {
      const entry = this.#store.read(name) ?? Buffer.alloc(0);
      // A verdict is still there when only what its rules say about themselves was lost.
      const missing = lines.filter((line) => !entry.includes(line));
      this.#store.write(name, withoutOldest(Buffer.concat([entry, Buffer.from(missing.join(''))])));
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
