import type { CheckReport, ClauseReport, FileReport } from '../../report/native-report.ts';
import { orderStrings } from '../../value/compare.ts';
import { pathOf } from '../../value/path.ts';
import type { Value } from '../../value/value.ts';

/** A failed test under one of the paths that it names. */
export interface Attributed {
  readonly clause: ClauseReport;
  /** Names of the rules that the test stands in and kinds of what lies between: `/rule/Or[/C[`. */
  readonly ruleTrail: string;
}

/** What a console report says about one resource. */
export interface ResourceFailures {
  readonly name: string;
  readonly type: string;
  readonly cdkPath: string;
  readonly clauses: Set<ClauseReport>;
  readonly ruleTrails: Set<string>;
}

/** All failed tests by the paths of the values they name, both in byte order of the path. */
export function failuresByPath(report: FileReport): [path: string, failures: Attributed[]][] {
  const byPath = new Map<string, Attributed[]>();
  const visit = (check: CheckReport, trail: string): void => {
    if (check.kind === 'rule' || check.kind === 'disjunction') {
      const inner = check.kind === 'rule' ? `${trail}/${check.name}` : `${trail}/Or[`;
      for (const child of check.checks) visit(child, inner);
      return;
    }
    const attributed = { clause: check, ruleTrail: `${trail}/${check.kind === 'block' ? 'B' : 'C'}[` };
    for (const value of namedValues(check)) {
      const path = pathOf(value);
      const failures = byPath.get(path);
      if (failures === undefined) byPath.set(path, [attributed]);
      else failures.push(attributed);
    }
  };
  for (const rule of report.failures) visit(rule, '');
  return [...byPath].sort(([a], [b]) => orderStrings(a, b));
}

function namedValues(clause: ClauseReport): readonly Value[] {
  switch (clause.kind) {
    case 'unary':
      return [clause.value];
    case 'binary':
      return [clause.from, clause.to];
    case 'membership':
      return [clause.from];
    case 'unary-missing':
    case 'binary-missing':
      return [clause.missing.at];
    case 'block':
      return clause.missing === null ? [] : [clause.missing.at];
    default:
      return [];
  }
}

/** Resources with failures, in the order in which they were first attributed. */
export class ResourceTable {
  readonly #resources = new Map<string, ResourceFailures>();

  get resources(): readonly ResourceFailures[] {
    return [...this.#resources.values()];
  }

  /** @param describe looks up type and CDK path of a resource that is new */
  add(
    name: string,
    failures: readonly Attributed[],
    describe: () => Pick<ResourceFailures, 'type' | 'cdkPath'>,
  ): void {
    let resource = this.#resources.get(name);
    if (resource === undefined) {
      resource = { name, ...describe(), clauses: new Set(), ruleTrails: new Set() };
      this.#resources.set(name, resource);
    }
    for (const { clause, ruleTrail } of failures) {
      resource.clauses.add(clause);
      resource.ruleTrails.add(ruleTrail);
    }
  }
}
