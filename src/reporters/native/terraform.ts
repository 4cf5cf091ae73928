import type { ClauseReport, FileReport } from '../../report/native-report.ts';
import { orderStrings } from '../../value/compare.ts';
import { pathOf } from '../../value/path.ts';
import type { Value } from '../../value/value.ts';
import { failuresByPath, ResourceTable } from './attribution.ts';
import { valueAt } from './data-path.ts';
import { ReportError } from './report-error.ts';
import { type ResourceWording, resourceReport } from './resource-report.ts';

/**
 * Failures by resource of a Terraform plan.
 *
 * @param root the plan, input parameters included
 * @throws {ReportError} where the native tool crashes: for failures outside of what a change leads to, and of `in`
 */
export function terraformReport(
  report: FileReport,
  rulesName: string,
  root: Value,
  colours: boolean,
): string {
  if (report.failures.length === 0) return '';
  const table = new ResourceTable();
  for (const [path, failures] of failuresByPath(report)) {
    if (orderStrings(path, '/resource_changes/') < 0) continue;
    const { type, name } = addressOf(path, root);
    table.add(name, failures, () => ({ type, cdkPath: '' }));
  }
  return resourceReport(report, rulesName, table.resources, WORDING, colours);
}

/** Type and name of the changed resource, which its address joins with a dot. */
function addressOf(path: string, root: Value): { readonly type: string; readonly name: string } {
  const change = /\/resource_changes\/([^/]+)\/change\/after\//.exec(path)?.[1];
  const address = change === undefined ? undefined : valueAt(root, `/resource_changes/${change}/address`);
  const text = address?.kind === 'string' ? address.value : '';
  const dot = text.indexOf('.');
  if (dot === -1) {
    throw new ReportError(
      `The failure at ${path} cannot be reported, because no changed resource contains it`,
    );
  }
  return { type: text.slice(0, dot), name: text.slice(dot + 1) };
}

const AFTER = 'change/after/';

const WORDING: ResourceWording = {
  propertyPath: (clause) => {
    if (clause.kind === 'binary') return propertyOf(clause);
    // Of a unary test the native tool looks for the property in the wrong place and finds nothing.
    if (clause.kind === 'unary') return '';
    throw new ReportError(`The failed check${clause.context} cannot be reported for a Terraform plan`);
  },
  excerpt: () => [],
};

function propertyOf({ from, to }: Extract<ClauseReport, { kind: 'binary' }>): string {
  const path = pathOf(from).startsWith('/resource_changes') ? pathOf(from) : pathOf(to);
  const at = path.indexOf(AFTER);
  if (at === -1) throw new ReportError(`The failure at ${path} names no property of a changed resource`);
  return path.slice(at + AFTER.length).replaceAll('/', '.');
}
