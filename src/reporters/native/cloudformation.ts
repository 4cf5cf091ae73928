import type { FileReport } from '../../report/native-report.ts';
import { orderStrings } from '../../value/compare.ts';
import { locatedPathOf, locationOf } from '../../value/path.ts';
import type { Value } from '../../value/value.ts';
import { failuresByPath, ResourceTable } from './attribution.ts';
import { CodeExcerpts } from './code-excerpt.ts';
import { paint } from './colours.ts';
import { valueAt } from './data-path.ts';
import { ReportError } from './report-error.ts';
import { type ResourceWording, resourceReport } from './resource-report.ts';

/**
 * Failures by CloudFormation resource, with excerpts of the template.
 *
 * @param root the data, input parameters included
 * @param text the data file
 * @returns null when a failure belongs to no resource and another report has to be chosen
 * @throws {ReportError} where the native tool crashes: see {@link resourceName}
 */
export function cloudFormationReport(
  report: FileReport,
  rulesName: string,
  root: Value,
  text: string,
  colours: boolean,
): string | null {
  if (report.failures.length === 0) return '';
  const table = new ResourceTable();
  for (const [path, failures] of failuresByPath(report)) {
    if (orderStrings(path, '/Resources') < 0) continue;
    const name = resourceName(path, root);
    if (name === null) return null;
    table.add(name, failures, () => ({
      type: textAt(root, `/Resources/${name}/Type`) ?? '',
      cdkPath: textAt(root, `/Resources/${name}/Metadata/aws:cdk:path`) ?? '',
    }));
  }
  return resourceReport(report, rulesName, table.resources, wording(text, colours), colours);
}

/**
 * The resource that a failing path belongs to: the longest beginning of it that has a `Type`, so names may contain
 * slashes, and a map with a `Type` inside a resource is taken for one (fixtures/reports/resource-names).
 *
 * @returns null for a path of at most two segments outside of `Resources`
 * @throws {ReportError} for a deeper path outside of `Resources`, and for a resource without a `Type`
 */
function resourceName(path: string, root: Value): string | null {
  const segments = path.split('/').slice(1);
  if (segments.length <= 2) {
    const name = /^\/Resources\/([^/]+)/.exec(path)?.[1];
    if (name === undefined) return null;
    if (textAt(root, `/Resources/${name}/Type`) === undefined) throw unattributable(path);
    return name;
  }
  if (segments[0] !== 'Resources') throw unattributable(path);
  for (let end = segments.length - 1; end >= 2; end--) {
    const name = segments.slice(1, end).join('/');
    if (textAt(root, `/Resources/${name}/Type`) !== undefined) return name;
  }
  throw unattributable(path);
}

function unattributable(path: string): ReportError {
  return new ReportError(
    `The failure at ${path} cannot be reported, because no resource with a Type contains it`,
  );
}

function textAt(root: Value, path: string): string | undefined {
  const value = valueAt(root, path);
  if (value === undefined) return undefined;
  if (value.kind === 'string') return value.value;
  throw new ReportError(
    `A failure cannot be reported, because the value at ${locatedPathOf(value)} is not a string`,
  );
}

function wording(text: string, colours: boolean): ResourceWording {
  const excerpts = new CodeExcerpts(text);
  return {
    propertyPath: (clause) => locatedPathOf(clause.kind === 'unary' ? clause.value : clause.from),
    excerpt: (value) => [
      'Code:',
      ...excerpts.around(locationOf(value).line).map(({ number, text: line }) => {
        const numbered = `${String(number).padStart(5)}.${line}`;
        return `  ${paint(numbered, 'brightGreen', colours)}`;
      }),
    ],
  };
}
