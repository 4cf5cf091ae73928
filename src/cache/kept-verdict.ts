import { ruleKey } from '../report/rule-key.ts';
import type { FileVerdict, NamelessFinding } from '../report/verdict.ts';

/** What is remembered of a file. */
export interface KeptVerdict extends FileVerdict {
  /** How many rules there were, which a run that loads none has to tell. */
  readonly ruleCount: number;
}

/** A verdict as it is written down. */
export interface VerdictForm extends Omit<KeptVerdict, 'findings' | 'unknowns' | 'rules'> {
  /** Ids of what rule files say about the rules, since many verdicts name the same ones. */
  readonly rules: readonly string[];
  readonly findings: readonly FindingsForm[];
  readonly unknowns: readonly FindingsForm[];
}

/** What one rule says in the same words about some places. Repeated for each of them it would be most of the text. */
export interface FindingsForm extends Pick<NamelessFinding, 'rule' | 'ruleFile' | 'message'> {
  readonly places: PlaceForm[];
}

/** The rest of a finding; its identity is without the key of the rule. */
type PlaceForm = Omit<NamelessFinding, 'rule' | 'ruleFile' | 'message'>;

export function verdictForm(verdict: KeptVerdict, rules: readonly string[]): VerdictForm {
  const { findings, unknowns } = verdict;
  return { ...verdict, rules, findings: findingsForms(findings), unknowns: findingsForms(unknowns) };
}

function findingsForms(findings: readonly NamelessFinding[]): FindingsForm[] {
  const forms: FindingsForm[] = [];
  let last: FindingsForm | undefined;
  let start = 0;
  for (const { rule, ruleFile, message, identity, ...place } of findings) {
    if (last?.rule !== rule || last.ruleFile !== ruleFile || last.message !== message) {
      last = { rule, ruleFile, message, places: [] };
      start = ruleKey(ruleFile, rule).length;
      forms.push(last);
    }
    last.places.push(Object.assign(place, { identity: identity.slice(start) }));
  }
  return forms;
}

/** What {@link verdictForm} made forms of. The places become the findings: a run may recall thousands, and copies take long. */
export function findingsOf(forms: readonly FindingsForm[]): NamelessFinding[] {
  const findings: NamelessFinding[] = [];
  for (const { rule, ruleFile, message, places } of forms) {
    const start = ruleKey(ruleFile, rule);
    for (const place of places) {
      const finding = place as Writable<NamelessFinding>;
      finding.rule = rule;
      finding.ruleFile = ruleFile;
      finding.message = message;
      finding.identity = start + place.identity;
      findings.push(finding);
    }
  }
  return findings;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
