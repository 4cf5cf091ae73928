import { sha1 } from '../git/sha1.ts';
import type { ReportRule } from '../report/report.ts';
import type { NamelessFinding } from '../report/verdict.ts';
import type { Store } from './store.ts';

/** What the files of one set of rules say about those rules that verdicts name. */
export class RuleDescriptions {
  readonly #store: Store;
  readonly #entry: string;
  readonly #rules = new Map<string, ReportRule>();
  #grew = false;

  /** @param rules what `verdictsKey` made of the rules */
  constructor(store: Store, rules: string) {
    this.#store = store;
    this.#entry = `described-${sha1([Buffer.from(rules)])}`;
    const kept = store.read(this.#entry);
    if (kept !== undefined) this.add(JSON.parse(kept.toString()) as ReportRule[]);
    this.#grew = false;
  }

  /** The rules that have findings; undefined when one of them is not known. */
  of(found: readonly Pick<NamelessFinding, 'rule' | 'ruleFile'>[]): ReportRule[] | undefined {
    const rules = new Set<ReportRule>();
    for (const { ruleFile, rule } of found) {
      const known = this.#rules.get(keyOf(ruleFile, rule));
      if (known === undefined) return undefined;
      rules.add(known);
    }
    return [...rules];
  }

  /** @returns false if another rule of the same name is known, as when a folder of the user is called as a pack is */
  add(rules: readonly ReportRule[]): boolean {
    return rules.every((rule) => {
      const key = keyOf(rule.file, rule.name);
      const known = this.#rules.get(key);
      if (known !== undefined) return known.help === rule.help;
      this.#rules.set(key, rule);
      this.#grew = true;
      return true;
    });
  }

  save(): void {
    if (this.#grew) this.#store.write(this.#entry, Buffer.from(JSON.stringify([...this.#rules.values()])));
  }
}

/** No path has a NUL, so no two rules have one key. */
function keyOf(file: string, name: string): string {
  return `${file}\0${name}`;
}
