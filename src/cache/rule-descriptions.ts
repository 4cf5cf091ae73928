import { sha1 } from '../git/sha1.ts';
import type { ReportRule } from '../report/report.ts';
import type { Store } from './store.ts';

/** Hexadecimal digits by which a description is known among those by one set of rules. */
const ID_LENGTH = 16;

/**
 * What the files of one set of rules say about those rules that verdicts name, known by ids that depend on all of it: a
 * folder of the user may be called as a pack is, with rules of the same names. It is read when the first id is
 * looked up, which clean verdicts have none of.
 */
export class RuleDescriptions {
  readonly #store: Store;
  readonly #set: string;
  readonly #hash: typeof sha1;
  readonly #ids = new Map<ReportRule, string>();
  #loaded: Map<string, ReportRule> | undefined;
  #grew = false;

  /**
   * @param set what `verdictsKey` made of the rules
   * @param hash SHA-1, by whichever means are quicker
   */
  constructor(store: Store, set: string, hash = sha1) {
    this.#store = store;
    this.#set = set;
    this.#hash = hash;
  }

  /** The rules with these ids; undefined when one of them is not known. */
  of(ids: readonly string[]): ReportRule[] | undefined {
    const rules = ids.flatMap((id) => this.#known.get(id) ?? []);
    return rules.length === ids.length ? rules : undefined;
  }

  /** @returns the ids of the rules */
  add(rules: readonly ReportRule[]): string[] {
    return rules.map((rule) => {
      const id = this.#idOf(rule);
      if (!this.#known.has(id)) {
        this.#known.set(id, rule);
        this.#grew = true;
      }
      return id;
    });
  }

  save(): void {
    if (!this.#grew) return;
    this.#store.write(this.#entry, Buffer.from(JSON.stringify([...this.#known])));
  }

  /** Many verdicts name the same rules. */
  #idOf(rule: ReportRule): string {
    const id = this.#ids.get(rule) ?? this.#hash([Buffer.from(JSON.stringify(rule))]).slice(0, ID_LENGTH);
    this.#ids.set(rule, id);
    return id;
  }

  get #entry(): string {
    return `described-${sha1([Buffer.from(this.#set)])}`;
  }

  get #known(): Map<string, ReportRule> {
    this.#loaded ??= rulesIn(this.#store.read(this.#entry));
    return this.#loaded;
  }
}

function rulesIn(entry: Buffer | undefined): Map<string, ReportRule> {
  return new Map(entry === undefined ? [] : (JSON.parse(entry.toString()) as [string, ReportRule][]));
}
