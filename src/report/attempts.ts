import type { Status } from '../engine/status.ts';
import { deviating, taken, withDefaults, withOption } from '../intrinsics/deviation.ts';
import { Explainer, optionWords } from '../intrinsics/explanation.ts';
import type { Formulas } from '../intrinsics/formulas.ts';
import type { Trial, Trials } from '../intrinsics/trials.ts';
import type { Option, Variable } from '../intrinsics/variables.ts';
import type { Way } from '../intrinsics/way.ts';
import type { LocatedFinding } from './evaluation.ts';

/** What rules say about something that a template may become. */
export interface Attempt {
  /** By rule, in the order of the file. */
  readonly statuses: readonly (Status | 'UNKNOWN')[];
  readonly findings: readonly Found[];
  readonly unknowns: readonly Found[];
}

export interface Found {
  readonly finding: PossibleFinding;
  /** The same for one defect, whatever values bring it about. */
  readonly defect: () => string;
  /** What may have been asked on the way to it, the least first. */
  readonly ways: () => readonly Way[];
}

export interface PossibleFinding extends LocatedFinding {
  /** `IsProd is false`; absent when the rule fails here in every case. */
  readonly when?: string;
  /** ``User comes from parameter `RunAs`, default 'root' (line 7)``. */
  readonly from?: string;
}

/** What all attempts come to. */
export interface Conclusion {
  /** By rule. */
  readonly statuses: readonly (Status | 'UNKNOWN')[];
  readonly findings: readonly PossibleFinding[];
  readonly unknowns: readonly PossibleFinding[];
}

/** How many more trials may be made to see whether a defect needs several parameters. */
const MOST_REDUCTIONS = 128;

/** Puts together what came of all attempts, and tries more where these do not tell why. */
export class Attempts {
  readonly #rules: readonly string[];
  readonly #trials: Trials<Attempt>;
  readonly #isComplete: boolean;
  readonly #formulas: Formulas;
  readonly #explainer: Explainer<Attempt>;
  readonly #deviating = new Map<Trial<Attempt>, readonly Variable[]>();
  #reductions = 0;

  /**
   * @param rules names, in the order of the file
   * @param isComplete whether all was tried that makes a difference
   */
  constructor(rules: readonly string[], trials: Trials<Attempt>, isComplete: boolean, formulas: Formulas) {
    this.#rules = rules;
    this.#trials = trials;
    this.#isComplete = isComplete;
    this.#formulas = formulas;
    this.#explainer = new Explainer(formulas, trials, isComplete);
  }

  /**
   * A rule fails when it does with at most one parameter changed, whatever the others are. Where several have to be changed, or
   * have to fit each other, it may or may not.
   */
  conclude(): Conclusion {
    const findings: PossibleFinding[] = [];
    const unknowns: PossibleFinding[] = [];
    const combinations = new Map<string, PossibleFinding>();
    const inFindings = new Defects(({ findings }) => findings);
    const inUnknowns = new Defects(({ unknowns }) => unknowns);
    // More trials come up meanwhile.
    for (const trial of this.#trials.possible) {
      for (const { found, happens } of inFindings.newIn(trial)) {
        if (this.#isCommon(happens)) findings.push(this.#explained(found, happens));
        else this.#combine(found, happens, combinations);
      }
      for (const { found, happens } of inUnknowns.newIn(trial))
        unknowns.push(this.#explained(found, happens));
    }
    return {
      statuses: this.#statuses(findings, [...combinations.values()]),
      findings,
      unknowns: [...unknowns, ...combinations.values()],
    };
  }

  /** @param combinations what is not decided although it happens */
  #statuses(
    findings: readonly PossibleFinding[],
    combinations: readonly PossibleFinding[],
  ): readonly (Status | 'UNKNOWN')[] {
    const failing = new Set(findings.map(({ rule }) => rule));
    const open = new Set(combinations.map(({ rule }) => rule));
    return this.#rules.map((rule, at) => {
      const status = worst(
        this.#trials.possible.map((trial) => {
          const status = trial.result.statuses[at] ?? 'SKIP';
          return status === 'FAIL' && !this.#counts(trial) ? 'UNKNOWN' : status;
        }),
      );
      // A rule without findings of its own fails with those that it refers to.
      const isOpen = failing.size === 0 || (open.has(rule) && !failing.has(rule));
      return status === 'FAIL' && isOpen ? 'UNKNOWN' : status;
    });
  }

  #explained({ finding, ways }: Found, happens: Happens): PossibleFinding {
    const when = this.#explainer.when({ happens, ways, counts: (trial) => this.#counts(trial) });
    return when === undefined ? finding : { ...finding, when };
  }

  // --- Parameters ----------------------------------------------------------------------------------------------------

  #deviatingIn(trial: Trial<Attempt>): readonly Variable[] {
    const known = this.#deviating.get(trial) ?? deviating(trial, this.#formulas);
    this.#deviating.set(trial, known);
    return known;
  }

  #counts(trial: Trial<Attempt>): boolean {
    return this.#deviatingIn(trial).length <= 1;
  }

  /** Whether something happens with at most one parameter changed, whatever the others are. */
  #isCommon(happens: Happens): boolean {
    const some = this.#trials.possible.filter(happens);
    return (
      some.some((trial) => this.#isEnough(trial, happens)) ||
      some.some((trial) => this.#isReducible(trial, happens))
    );
  }

  /** Whether nothing but the one parameter that is changed in a trial brings something about. */
  #isEnough(trial: Trial<Attempt>, happens: Happens): boolean {
    const [changed] = this.#deviatingIn(trial);
    if (!this.#counts(trial)) return false;
    return changed === undefined || !this.#dependsOnOthers(trial, changed, happens);
  }

  /** Whether another parameter can be changed as well so that it does not happen any more: the two have to fit each other. */
  #dependsOnOthers(trial: Trial<Attempt>, changed: Variable, happens: Happens): boolean {
    const others = taken(trial, this.#formulas).filter((variable) => variable !== changed);
    return others.some((other) =>
      other.options.some((option) => {
        if (trial.circumstances.optionsOf(other).includes(option)) return false;
        const varied = this.#varied(trial, other, option);
        return varied !== undefined && !happens(varied);
      }),
    );
  }

  /** The trial with one parameter otherwise, if there is one. */
  #varied(trial: Trial<Attempt>, parameter: Variable, option: Option): Trial<Attempt> | undefined {
    if (this.#isComplete)
      return this.#trials.possible.find(({ circumstances }) =>
        circumstances.decisions.every(({ variable }) => {
          const options = circumstances.optionsOf(variable);
          if (variable === parameter) return options.includes(option);
          return options.some((each) => trial.circumstances.optionsOf(variable).includes(each));
        }),
      );
    if (this.#reductions === MOST_REDUCTIONS) return undefined;
    this.#reductions++;
    return this.#trials.make(withOption(trial, parameter, option));
  }

  #isReducible(trial: Trial<Attempt>, happens: Happens): boolean {
    if (this.#isComplete) return false;
    const changed = this.#deviatingIn(trial);
    for (const kept of changed) {
      if (this.#reductions === MOST_REDUCTIONS) return false;
      this.#reductions++;
      const reset = new Set(changed.filter((variable) => variable !== kept));
      const reduced = this.#trials.make(withDefaults(trial, reset));
      if (reduced !== undefined && happens(reduced) && this.#isEnough(reduced, happens)) return true;
    }
    return false;
  }

  /** Notes what several parameters bring about together, as something that is not decided: once for the same parameters. */
  #combine({ finding }: Found, happens: Happens, combinations: Map<string, PossibleFinding>): void {
    const [trial] = this.#trials.possible
      .filter(happens)
      .sort((a, b) => this.#deviatingIn(a).length - this.#deviatingIn(b).length);
    if (trial === undefined) return;
    const deviant = this.#deviatingIn(trial);
    // One that has to fit others says nothing without them.
    const changed = deviant.length > 1 ? deviant : taken(trial, this.#formulas);
    const key = JSON.stringify([finding.rule, changed.map(({ name }) => name).sort()]);
    if (combinations.has(key)) return;
    const words = changed.map((variable) =>
      optionWords(variable, trial.circumstances.optionsOf(variable)[0]!),
    );
    const { from: _, ...located } = finding;
    const message = `some values of parameters fail together, such as ${words.join(' and ')}: ${finding.message}`;
    combinations.set(key, { ...located, message });
  }
}

/** Whether something happens in a trial. */
type Happens = (trial: Trial<Attempt>) => boolean;

/** Keeps the defects of all trials apart. */
class Defects {
  readonly #of: (attempt: Attempt) => readonly Found[];
  readonly #seen = new Set<string>();
  readonly #ofTrials = new Map<Trial<Attempt>, ReadonlySet<string>>();

  constructor(of: (attempt: Attempt) => readonly Found[]) {
    this.#of = of;
  }

  /** Those that no other trial had that this was asked about. */
  newIn(trial: Trial<Attempt>): readonly { readonly found: Found; readonly happens: Happens }[] {
    return this.#of(trial.result).flatMap((found) => {
      const defect = found.defect();
      if (this.#seen.has(defect)) return [];
      this.#seen.add(defect);
      return [{ found, happens: (other) => this.#in(other).has(defect) }];
    });
  }

  #in(trial: Trial<Attempt>): ReadonlySet<string> {
    const defects =
      this.#ofTrials.get(trial) ?? new Set(this.#of(trial.result).map(({ defect }) => defect()));
    this.#ofTrials.set(trial, defects);
    return defects;
  }
}

/** What is said of several cases. */
export function worst(statuses: readonly (Status | 'UNKNOWN')[]): Status | 'UNKNOWN' {
  return (['FAIL', 'UNKNOWN', 'PASS'] as const).find((status) => statuses.includes(status)) ?? 'SKIP';
}
