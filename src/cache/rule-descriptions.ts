import { sha1 } from '../git/sha1.ts';
import type { ReportRule } from '../report/report.ts';
import { ruleKey } from '../report/rule-key.ts';
import type { NamelessFinding } from '../report/verdict.ts';
import type { Store } from './store.ts';

/** What the files of one set of rules say about those rules that verdicts name. It is read when it is first asked. */
export class RuleDescriptions {
  readonly #store: Store;
  readonly #set: string;
  #loaded: Map<string, ReportRule> | undefined;
  #grew = false;

  /** @param set what `verdictsKey` made of the rules */
  constructor(store: Store, set: string) {
    this.#store = store;
    this.#set = set;
  }

  /** The rules that have findings; undefined when one of them is not known. */
  of(found: readonly Pick<NamelessFinding, 'rule' | 'ruleFile'>[]): ReportRule[] | undefined {
    const rules = new Set<ReportRule>();
    for (const { ruleFile, rule } of found) {
      const known = this.#known.get(ruleKey(ruleFile, rule));
      if (known === undefined) return undefined;
      rules.add(known);
    }
    return [...rules];
  }

  /** @returns false if another rule of the same name is known, as when a folder of the user is called as a pack is */
  add(rules: readonly ReportRule[]): boolean {
    return rules.every((rule) => {
      const key = ruleKey(rule.file, rule.name);
      const known = this.#known.get(key);
      if (known !== undefined) return known.help === rule.help;
      this.#known.set(key, rule);
      this.#grew = true;
      return true;
    });
  }

  save(): void {
    if (!this.#grew) return;
    this.#store.write(this.#entry, Buffer.from(JSON.stringify([...this.#known.values()])));
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
  const rules = entry === undefined ? [] : (JSON.parse(entry.toString()) as ReportRule[]);
  return new Map(rules.map((rule) => [ruleKey(rule.file, rule.name), rule]));
}
